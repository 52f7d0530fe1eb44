"""A folder and the documents that are live go in, the list of documents of the next release comes out, all of them stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.release_files import Parsed, Progress, silent
from knowledge.documents import content_hash
from knowledge.passages import split
from knowledge.records import Listed, Unread
from knowledge.sandbox import FolderContents, load_folder
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Gathered:
    """`listed` is in the order of the names. `console_only` names the live documents that the folder does not hold and that
    staff put up; `folder` is the content hash of the folder's documents; `skipped` are files of kinds that are not read."""

    listed: tuple[Listed, ...]
    folder: str
    unread: tuple[Unread, ...] = ()
    skipped: tuple[Unread, ...] = ()
    console_only: tuple[str, ...] = ()


def gather(
    store: Store, folder: Path, live: Sequence[Listed], *, replace: bool = False, progress: Progress = silent
) -> Gathered:
    """Parses what changed and keeps what staff put up through the console, unless `replace` drops it.

    Raises NotADirectoryError, MetadataError, ChildError.
    """
    contents = load_folder(folder, parsed=store.parse, progress=lambda done, total: progress("reading files", done, total))
    listed = _stored(store, contents, progress)
    names = {item.name for item in listed}
    console_only = tuple(item for item in live if item.origin == "console" and item.name not in names)
    kept = () if replace else console_only
    return Gathered(
        listed=tuple(sorted((*listed, *kept), key=lambda item: item.name)),
        folder=content_hash([[item.name, item.hash] for item in listed]),
        unread=tuple(Unread(failure.name, failure.reason) for failure in contents.failures),
        skipped=tuple(Unread(failure.name, failure.reason) for failure in contents.skipped),
        console_only=tuple(item.name for item in console_only),
    )


def _stored(store: Store, contents: FolderContents, progress: Progress) -> list[Listed]:
    total = len(contents.documents)
    hashes = store.keep(
        _told((document, split(document)), done, total, progress) for done, document in enumerate(contents.documents, 1)
    )
    store.remember_parses(dict(zip(contents.parsed_keys, hashes, strict=True)))
    return [Listed(document.name, name, "folder") for document, name in zip(contents.documents, hashes, strict=True)]


def _told(parsed: Parsed, done: int, total: int, progress: Progress) -> Parsed:
    progress("splitting into passages", done, total)
    return parsed
