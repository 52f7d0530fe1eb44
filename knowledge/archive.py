"""Documents with their passages go in, a folder of read-only files comes out, read as one release's `Contents`.

    documents.bin      zlib JSON of each document          passages.bin      JSON of each passage
    documents.npy      its start there: int64[n + 1]       passages.npy      its start there: int64[m + 1]
    first.npy          the number of each document's first passage: int64[n + 1]
    documents.json     their ids, names, hashes, languages manifest.json     SHA-256 of every file

What is in memory grows with the number of documents, not of passages; texts are decoded when they are asked for. A document
that another archive holds is taken over as it is written there.
"""

import json
import mmap
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.codec import LEVEL, digest, dump, passage_from_row, passage_to_row
from knowledge.documents import Document, Passage, document_from_json, document_to_json
from knowledge.manifest import FileDamaged, check_manifest, write_manifest
from knowledge.recent import Recent

KIND = "archive"
VERSION = 3
LISTING = "documents.json"
KEPT_CHARACTERS = 16_000_000  # of decoded texts, so that a large release stays within some 100 MB
KEPT_PASSAGES = 50_000

Parsed = tuple[Document, tuple[Passage, ...]]
Offsets = npt.NDArray[np.int64]


class ArchiveCorrupt(FileDamaged):
    """A file of an archive is not what was written. `path` names it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A document with its passages as archives hold it. `hash` is the one that `knowledge.codec.pack_document` gives it."""

    id: str
    name: str
    hash: str
    lang: str
    document: bytes
    passages: tuple[bytes, ...]


def record_of(document: Document, passages: tuple[Passage, ...]) -> Record:
    text, rows = dump(document_to_json(document)), tuple(dump(passage_to_row(passage)) for passage in passages)
    hashed = digest(b"[%b,[%b]]" % (text, b",".join(rows)))
    return Record(document.id, document.name, hashed, document.lang, zlib.compress(text, LEVEL), rows)


def write_archive(folder: Path, release_id: str, records: Iterable[Record]) -> int:
    """Writes the files into an empty folder, one document at a time; the number of passages."""
    listed: list[tuple[str, str, str, str]] = []
    document_starts, passage_starts, first = [0], [0], [0]
    with (folder / "documents.bin").open("wb") as texts, (folder / "passages.bin").open("wb") as rows:
        for record in records:
            listed.append((record.id, record.name, record.hash, record.lang))
            document_starts.append(document_starts[-1] + texts.write(record.document))
            for passage in record.passages:
                passage_starts.append(passage_starts[-1] + rows.write(passage))
            first.append(first[-1] + len(record.passages))
    for name, values in (("documents", document_starts), ("passages", passage_starts), ("first", first)):
        np.save(folder / f"{name}.npy", np.array(values, dtype=np.int64), allow_pickle=False)
    columns = zip(*listed, strict=True) if listed else ((), (), (), ())
    listing = dict(zip(("ids", "names", "hashes", "langs"), columns, strict=True))
    (folder / LISTING).write_bytes(dump({"release": release_id, **listing}))
    write_manifest(folder, KIND, VERSION)
    return first[-1]


def open_archive(folder: Path, *, read: bool = True) -> "Archive":
    """Raises ArchiveCorrupt, naming the file, where anything in `folder` is not what `write_archive` wrote.

    Without `read` only the files' sizes are compared, for files that were read before and have not changed since.
    """
    try:
        check_manifest(folder, KIND, VERSION, read=read)
        return Archive(folder)
    except FileDamaged as error:
        raise ArchiveCorrupt(error.path, error.problem) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveCorrupt(folder, f"cannot be read: {error}") from error


class Archive:
    """`knowledge.releases.Contents` over the files of a folder. Immutable and safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        value = json.loads((folder / LISTING).read_bytes())
        self._release = str(value["release"])
        self._ids: list[str] = value["ids"]
        self._numbers: dict[str, int] = {name: number for number, name in enumerate(self._ids)}
        self._names: list[str] = value["names"]
        self._named: dict[str, int] = {name: number for number, name in enumerate(self._names)}
        self.hashes: tuple[str, ...] = tuple(value["hashes"])
        self.langs: tuple[str, ...] = tuple(value["langs"])
        self._texts = _Records(folder, "documents")
        self._rows = _Records(folder, "passages")
        self._first: list[int] = np.load(folder / "first.npy", allow_pickle=False).tolist()
        self._documents = Recent[Document](KEPT_CHARACTERS)
        self._passages = Recent[Passage](KEPT_PASSAGES)

    @property
    def release(self) -> str:
        return self._release

    @property
    def document_count(self) -> int:
        return len(self._first) - 1

    @property
    def passage_count(self) -> int:
        return self._first[-1]

    def passage(self, position: int) -> tuple[Document, Passage]:
        """Raises IndexError outside `range(passage_count)`."""
        if not 0 <= position < self.passage_count:
            raise IndexError(f"there is no passage {position}")
        number = bisect_right(self._first, position) - 1
        return self._document(number), self._passage(position)

    def documents(self) -> Iterator[Parsed]:
        """All of them in order, each decoded when its turn comes and not kept."""
        return map(self.parsed, range(self.document_count))

    def parsed(self, number: int) -> Parsed:
        """The document of this number, decoded and not kept."""
        return self._decode(number), tuple(self._decode_passage(position) for position in self.positions(number))

    def record(self, number: int) -> Record:
        passages = tuple(self._rows[position] for position in self.positions(number))
        return Record(
            self._ids[number], self._names[number], self.hashes[number], self.langs[number], self._texts[number], passages
        )

    def document(self, document_id: str) -> Parsed | None:
        return self._held(self._numbers.get(document_id))

    def named(self, name: str) -> Parsed | None:
        return self._held(self._named.get(name))

    def text(self, document_id: str) -> str | None:
        number = self._numbers.get(document_id)
        return None if number is None else self._document(number).text

    def positions(self, number: int) -> range:
        """The passages of the document of this number."""
        return range(self._first[number], self._first[number + 1])

    def _held(self, number: int | None) -> Parsed | None:
        if number is None:
            return None
        return self._document(number), tuple(self._passage(position) for position in self.positions(number))

    def _document(self, number: int) -> Document:
        return self._documents.get(number, self._decode, lambda document: len(document.text) + 1000)

    def _passage(self, position: int) -> Passage:
        return self._passages.get(position, self._decode_passage, lambda _passage: 1)

    def _decode(self, number: int) -> Document:
        return document_from_json(json.loads(zlib.decompress(self._texts[number])))

    def _decode_passage(self, position: int) -> Passage:
        return passage_from_row(json.loads(self._rows[position]))


class _Records:
    """Byte strings one after another in a memory-mapped file, found by number."""

    def __init__(self, folder: Path, name: str) -> None:
        self._starts: Offsets = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        with (folder / f"{name}.bin").open("rb") as file:
            # An empty file cannot be mapped.
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self._starts[-1] else b""

    def __getitem__(self, number: int) -> bytes:
        return self._data[self._starts[number] : self._starts[number + 1]]
