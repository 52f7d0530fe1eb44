"""A folder of checked files and a release's editorial layer go in, an edition comes out: all that answers are made from."""

import os
import weakref
from dataclasses import dataclass, field
from pathlib import Path

from bot.retrieval import Retriever
from bot.retrieval.embedded import OtherEncoder, open_retriever
from bot.retrieval.index import IndexCorrupt, IndexFiles
from bot.retrieval.meaning import OwnEncoder
from knowledge.archive import open_archive
from knowledge.locks import hold_folder
from knowledge.manifest import FileDamaged
from knowledge.records import Unread
from knowledge.releases import Contents, Editorial
from knowledge.stamps import is_stamped, stamp, state_of, unstamp

ARCHIVE = "archive"
INDEX = "index"


@dataclass(frozen=True, eq=False)
class Edition:
    """One release, opened. A turn takes one and keeps it to its end; a switch gives later turns another one.

    `release` is the id that replies carry. `contents` and `retriever` bear the name of the files that they were read from,
    which releases that differ in editorial words only have in common. `unread` are the files that no loader could read.
    """

    release: str
    contents: Contents
    retriever: Retriever
    editorial: Editorial = field(default_factory=Editorial)
    unread: tuple[Unread, ...] = ()


class EditionUnusable(Exception):
    """The files of a release are missing or damaged."""

    def __init__(self, release: str, problem: str) -> None:
        self.release = release
        self.problem = problem
        super().__init__(f"release {release} cannot be opened: {problem}")


class FilesMissing(EditionUnusable):
    """There is no folder with the files of a release: the database came here without them."""


class EncodedOtherwise(EditionUnusable):
    """The files of a release are sound, but of another encoder than is used now."""


class NothingPublished(Exception):
    """There is no live release."""

    def __init__(self) -> None:
        super().__init__("nothing is published yet; run: faqtual publish DIR")


def open_files(
    folder: Path, release: str, editorial: Editorial, unread: tuple[Unread, ...] = (), encoder: OwnEncoder | None = None
) -> Edition:
    """Holds the folder until the edition is gone, so that nobody prunes it meanwhile. Every file in it is checked; its bytes
    are not read again where they were before and nothing has changed since.

    `encoder` is the one that the files were built with. Raises EditionUnusable, FilesMissing, EncodedOtherwise.
    """
    try:
        descriptor = hold_folder(folder)
    except OSError:
        raise FilesMissing(release, f"{folder} is missing") from None
    try:
        contents, retriever = _opened(folder, encoder)
    except OtherEncoder as error:
        os.close(descriptor)
        raise EncodedOtherwise(release, str(error)) from error
    except (FileDamaged, IndexCorrupt, OSError, ValueError, KeyError) as error:
        os.close(descriptor)
        raise EditionUnusable(release, str(error)) from error
    edition = Edition(release, contents, retriever, editorial, unread)
    weakref.finalize(edition, os.close, descriptor)
    return edition


def _opened(folder: Path, encoder: OwnEncoder | None) -> tuple[Contents, Retriever]:
    state = state_of(folder)
    read = not is_stamped(folder, state)
    opened = open_archive(folder / ARCHIVE, read=read), open_retriever(folder / INDEX, encoder, read=read)
    if read:
        stamp(folder, state)
    return opened


def read_files(folder: Path, release: str) -> None:
    """Reads every byte again, whatever is known of the files. Raises EditionUnusable; then nobody trusts them any more."""
    try:
        open_archive(folder / ARCHIVE)
        IndexFiles(folder / INDEX)
    except (FileDamaged, IndexCorrupt, OSError) as error:
        unstamp(folder)
        raise EditionUnusable(release, str(error)) from error
