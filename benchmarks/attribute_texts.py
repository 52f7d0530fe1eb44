"""The texts of `benchmarks/attributes` go in; their documents, and which passages state one attribute, come out.

A file is a company: its documents, each behind a line `<<<< NAME`. What another document states as well is written
`{attribute:value}` or `{attribute/side:words}`, where one side agrees; everything else is of an attribute of its own.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Document
from knowledge.sandbox import load_folder

HERE = Path(__file__).parent / "attributes"
_DOCUMENT = re.compile(r"^<<<< (\S+)\n", re.MULTILINE)
_MARK = re.compile(r"\{(\w+)(?:/([^:{}]+))?:([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` of the document `document` states `attribute`; `side` is "" where none is named."""

    document: str
    attribute: str
    side: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    documents: tuple[Document, ...]
    marks: tuple[Mark, ...]


def companies(folder: Path = HERE) -> list[Company]:
    return [company(path) for path in sorted(folder.glob("*.md"))]


def company(path: Path) -> Company:
    """Raises ValueError, naming the words, where what is marked does not stand in what was loaded."""
    parts = _DOCUMENT.split(path.read_text(encoding="utf-8"))[1:]
    written = dict(zip(parts[::2], parts[1::2], strict=True))
    with tempfile.TemporaryDirectory() as name:
        for file, text in written.items():
            (Path(name) / file).write_text(_MARK.sub(r"\3", text), encoding="utf-8")
        documents = tuple(load_folder(Path(name)).documents)
    return Company(path.stem, documents, tuple(mark for one in documents for mark in _marks(one, written[one.name])))


def _marks(document: Document, marked: str) -> Iterator[Mark]:
    """The n-th time that words are written is the n-th time that they stand in the text that was loaded, with other spaces."""
    for match in _MARK.finditer(marked):
        attribute, side, words = match.groups()
        written = re.compile(r"\s+".join(map(re.escape, words.split())))
        times = len(written.findall(_MARK.sub(r"\3", marked[: match.start()])))
        places = list(written.finditer(document.text))
        if len(places) <= times:
            raise ValueError(f"{document.name}: {words!r} does not stand in what was loaded")
        yield Mark(document.name, attribute, side or "", places[times].start(), places[times].end())
