"""Documents with their passages go in, a folder of index files named by its content comes out, whole or not at all."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.edition import ARCHIVE, INDEX
from bot.publishing.earlier import Earlier, earlier
from bot.publishing.fingerprints import indexer
from bot.retrieval import Entry, embedded
from bot.retrieval.assembly import Run
from bot.retrieval.entries import entry
from bot.retrieval.meaning import OwnEncoder
from knowledge.archive import Archive, Record, open_archive, record_of, write_archive
from knowledge.documents import Document, Passage, content_hash
from knowledge.locks import folder_held, hold_folder
from knowledge.manifest import sync, sync_tree
from knowledge.stamps import sweep_stamps

UNFINISHED = ".tmp"

Parsed = tuple[Document, tuple[Passage, ...]]
Progress = Callable[[str, int, int], None]  # what is being done, how much is done, how much there is


@dataclass(frozen=True, slots=True)
class Indexing:
    """How documents are indexed: what else goes into the index files than the documents themselves."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    encoder: OwnEncoder | None = None  # None: the shipped word vectors


PLAIN = Indexing()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The documents of a release by their hashes, and how those of some hashes are read, in order."""

    hashes: Sequence[str]
    read: Callable[[Sequence[str]], Iterable[Parsed]]


@dataclass(frozen=True, slots=True)
class Sources:
    """What a release is made of. The analysis of what an earlier one holds is taken over from it."""

    records: Iterable[Record]
    known: Earlier | None = None


def silent(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def releases_folder(data: Path) -> Path:
    """Where the data directory keeps the index files of releases."""
    return data / "releases"


def files_name(hashes: Iterable[str], indexing: Indexing = PLAIN) -> str:
    """The content hash that names the index files of these documents, made by this version of the program."""
    synonyms = [list(group) for group in indexing.synonyms]
    return content_hash([list(hashes), synonyms, embedded.fingerprint_of(indexing.encoder), indexer()])


def build_files(folder: Path, wanted: Wanted, indexing: Indexing = PLAIN, progress: Progress = silent) -> None:
    """Writes archive and index to `folder`; what stands there already is left as it is.

    What an earlier release beside it holds of the documents is taken over: only the others are read and analysed. Raises
    OSError where the disk is full or fails; then nothing is left behind.
    """
    if not folder.is_dir():
        with unfinished(folder) as beside, earlier(finished(folder.parent), wanted.hashes) as known:
            write_files(beside, folder.name, Sources(_records(wanted, known), known), indexing, progress)


def write_files(folder: Path, name: str, sources: Sources, indexing: Indexing = PLAIN, progress: Progress = silent) -> None:
    """Writes archive and index, which bear `name`, into an empty folder."""
    (folder / ARCHIVE).mkdir()
    write_archive(folder / ARCHIVE, name, sources.records)
    contents = open_archive(folder / ARCHIVE)
    lang = _main_language(contents)
    embedded.build(
        _items(contents, sources.known, indexing.encoder, lang),
        folder / INDEX,
        release=name,
        lang=lang,
        synonyms=indexing.synonyms,
        encoder=indexing.encoder,
        maker=indexer(),
        progress=lambda done: progress("indexing passages", done, contents.passage_count),
    )


def _records(wanted: Wanted, known: Earlier | None) -> Iterator[Record]:
    missing = iter(wanted.read([name for name in wanted.hashes if known is None or name not in known]))
    for name in wanted.hashes:
        yield record_of(*next(missing)) if known is None or name not in known else known.record(name)


def _items(contents: Archive, known: Earlier | None, encoder: OwnEncoder | None, lang: str) -> Iterator[Entry | Run]:
    analysis = known.analysis(encoder, lang) if known else None
    for number, name in enumerate(contents.hashes):
        if known and analysis and name in known:
            yield known.run(name, analysis)
        else:
            document, passages = contents.parsed(number)
            yield from (entry(document, passage) for passage in passages)


def _main_language(contents: Archive) -> str:
    """The language that most passages are in; English where there are none."""
    counts: Counter[str] = Counter()
    for number, lang in enumerate(contents.langs):
        counts[lang] += len(contents.positions(number))
    return min(counts, key=lambda lang: (-counts[lang], lang), default="en")


def sweep(folder: Path) -> None:
    """Removes what publishers that were killed left in `folder`; what one is still writing stays."""
    for path in folder.glob(f"*{UNFINISHED}"):
        _remove_unheld(path)


def prune(folder: Path, wanted: Collection[str]) -> None:
    """Removes the folders of index files in `folder` that are not `wanted` and that nobody has open."""
    for path in finished(folder):
        if path.name not in wanted:
            _remove_unheld(path)
    sweep_stamps(folder)


def finished(folder: Path) -> list[Path]:
    """The folders of index files in `folder` that are there whole."""
    return [path for path in (folder.iterdir() if folder.is_dir() else ()) if path.is_dir() and path.suffix != UNFINISHED]


def discard(folder: Path) -> None:
    """Moves damaged files out of the way, whoever has them open."""
    beside, descriptor = _fresh(folder)
    try:
        folder.rename(beside / "damaged")
        shutil.rmtree(beside)
    finally:
        os.close(descriptor)


def _remove_unheld(path: Path) -> None:
    with suppress(FileNotFoundError), folder_held(path) as free:  # somebody else may be sweeping as well
        if free:
            shutil.rmtree(path)


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, held while it is written; on leaving it is synced and takes its name."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside, descriptor = _fresh(folder)
    try:
        yield beside
        sync_tree(beside)
        _take_place(beside, folder)
    finally:
        os.close(descriptor)
        shutil.rmtree(beside, ignore_errors=True)  # what cannot be removed now, the next sweep removes


def _fresh(folder: Path) -> tuple[Path, int]:
    """A new folder beside `folder`, and the descriptor that holds it."""
    while True:
        beside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=UNFINISHED, dir=folder.parent))
        try:
            return beside, hold_folder(beside)
        except FileNotFoundError:
            continue  # swept before it was held


def _take_place(beside: Path, folder: Path) -> None:
    try:
        beside.rename(folder)
    except OSError:
        if not folder.is_dir():  # else somebody else has made the same files meanwhile
            raise
    sync(folder.parent)
