"""A folder and the documents that are live go in, the list of documents of the next release comes out, all of them stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.publishing.fingerprints import reader
from bot.publishing.publications import FolderEmpty, StaffOverwritten, Terms
from bot.publishing.release_files import Parsed, Progress, silent
from knowledge.documents import Document, content_hash
from knowledge.passages import split
from knowledge.records import Listed, Unread
from knowledge.sandbox import FolderContents, load_folder
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Gathered:
    """`listed` is in the order of the names. `console_only` names the live documents that the folder does not hold and that
    staff put up, `overwritten` those that it holds otherwise. `gone` is how many are live where the folder holds none. `folder`
    is the content hash of the folder's documents; `skipped` are files of kinds that are not read."""

    listed: tuple[Listed, ...]
    folder: str
    unread: tuple[Unread, ...] = ()
    skipped: tuple[Unread, ...] = ()
    console_only: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()
    gone: int = 0

    def check(self, terms: Terms) -> None:
        """Raises FolderEmpty or StaffOverwritten where the terms do not allow it."""
        if self.gone and not terms.empty:
            raise FolderEmpty(self.gone)
        if self.overwritten and not terms.overwrite:
            raise StaffOverwritten(self.overwritten)


def gather(
    store: Store, folder: Path, live: Sequence[Listed], *, replace: bool = False, progress: Progress = silent
) -> Gathered:
    """Parses what changed and keeps what staff put up through the console, unless `replace` drops it.

    Raises NotADirectoryError, MetadataError, ChildError.
    """
    memory = _Memory(store)
    contents = load_folder(folder, parsed=memory.parsed, progress=lambda done, total: progress("reading files", done, total))
    listed = memory.stored(contents, progress)
    hashes = {item.name: item.hash for item in listed}
    theirs = [item for item in live if item.origin == "console"]
    console_only = tuple(item for item in theirs if item.name not in hashes)
    kept = () if replace else console_only
    return Gathered(
        listed=tuple(sorted((*listed, *kept), key=lambda item: item.name)),
        folder=content_hash([[item.name, item.hash] for item in listed]),
        unread=tuple(Unread(failure.name, failure.reason) for failure in contents.failures),
        skipped=tuple(Unread(failure.name, failure.reason) for failure in contents.skipped),
        console_only=tuple(item.name for item in console_only),
        overwritten=tuple(item.name for item in theirs if hashes.get(item.name, item.hash) != item.hash),
        gone=0 if listed else len(live),
    )


class _Memory:
    """What was parsed and split before, by the same code, is taken from the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}  # hashes of stored documents, by the key of their parse

    def parsed(self, key: str) -> Document | None:
        found = self._store.parse(_salted(key))
        if found is None:
            return None
        self._known[key], document = found
        return document

    def stored(self, contents: FolderContents, progress: Progress) -> list[Listed]:
        fresh = [pair for pair in zip(contents.documents, contents.parsed_keys, strict=True) if pair[1] not in self._known]
        hashes = self._store.keep(
            _told((document, split(document)), done, len(fresh), progress) for done, (document, _) in enumerate(fresh, 1)
        )
        made = {key: name for (_, key), name in zip(fresh, hashes, strict=True)}
        self._store.remember_parses({_salted(key): name for key, name in made.items()})
        self._known.update(made)
        return [
            Listed(document.name, self._known[key], "folder")
            for document, key in zip(contents.documents, contents.parsed_keys, strict=True)
        ]


def _salted(key: str) -> str:
    return content_hash([key, reader()])


def _told(parsed: Parsed, done: int, total: int, progress: Progress) -> Parsed:
    progress("splitting into passages", done, total)
    return parsed
