"""A folder in; the files that a loader is for, those of another kind and those that must not be read, by name, out."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.loaders import LOADERS
from knowledge.metadata import FILE_NAME

LOCK_FILE = "~$"  # what Word puts beside a file that somebody has open
OF_NO_KIND = f"is of a kind that is not read; kinds are {' '.join(LOADERS)}"


class Refused(Exception):
    """The file cannot or must not be read; the message is the reason."""


@dataclass(frozen=True, slots=True)
class FolderFile:
    """`name` is relative to the folder, with forward slashes."""

    name: str
    path: Path

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    def read(self, limit: int) -> bytes:
        """Raises Refused for more than `limit` bytes, for what is no regular file, and where reading fails."""
        try:
            # Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
            with os.fdopen(os.open(self.path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise Refused("is not a regular file")
                data = stream.read(limit + 1)
        except OSError as error:
            raise Refused(f"cannot be opened: {error.strerror}") from error
        if len(data) > limit:
            raise Refused(too_large(limit))
        return data


def too_large(limit: int) -> str:
    """Completes the sentence "<name> ..."; `limit` is in bytes."""
    return f"is larger than {limit / 1_000_000:g} MB"


@dataclass(frozen=True, slots=True)
class Listing:
    """`refused` and `skipped` are pairs of name and reason: the first are failures, the second are just no documents."""

    files: tuple[FolderFile, ...]
    refused: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (*(file.name for file in self.files), *(name for name, _ in (*self.refused, *self.skipped)))


def list_files(folder: Path) -> Listing:
    """Sorted by name, through all folders below. Hidden files, documents.toml and lock files are passed over.

    Raises NotADirectoryError.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    files, refused, skipped = [], [], []
    unreadable: list[OSError] = []
    for path in sorted(_paths(folder, unreadable.append)):
        name = path.relative_to(folder).as_posix()
        file = FolderFile(name, path)
        if name == FILE_NAME:
            continue
        if not name.isprintable():  # also what is not UTF-8
            refused.append((ascii(name)[1:-1], "has a name with characters that cannot be shown; rename it"))
        elif _leads_outside(folder, path):
            refused.append((name, "is a link to a place outside of the folder"))
        elif path.is_dir():
            skipped.append((name, "is a link to a folder, which is not followed"))
        elif file.suffix not in LOADERS:
            skipped.append((name, OF_NO_KIND))
        else:
            files.append(file)
    refused += [(_below(folder, error), f"cannot be read: {error.strerror}") for error in unreadable]
    return Listing(tuple(files), tuple(refused), tuple(skipped))


def _below(folder: Path, error: OSError) -> str:
    return Path(str(error.filename)).relative_to(folder).as_posix()


def _paths(folder: Path, failed: Callable[[OSError], None]) -> Iterator[Path]:
    """Files and links to folders; `failed` hears of every folder that cannot be read."""
    for parent, folders, files in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in (*links, *files):
            if not name.startswith((".", LOCK_FILE)):
                yield Path(parent, name)


def _leads_outside(folder: Path, path: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
