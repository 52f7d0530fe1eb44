"""The texts of `benchmarks/attributes` go in; their documents, and which passages state one attribute, come out.

A file is a company: its documents, each behind a line `<<<< NAME`. A value that another document states as well is written
`{attribute:value}`; everything else is of an attribute of its own.
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
_MARK = re.compile(r"\{(\w+):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` of the document `document` is a value of `attribute`."""

    document: str
    attribute: str
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
    parts = _DOCUMENT.split(path.read_text(encoding="utf-8"))[1:]
    written = dict(zip(parts[::2], parts[1::2], strict=True))
    with tempfile.TemporaryDirectory() as name:
        for file, text in written.items():
            (Path(name) / file).write_text(_MARK.sub(r"\2", text), encoding="utf-8")
        documents = tuple(load_folder(Path(name)).documents)
    return Company(path.stem, documents, tuple(mark for one in documents for mark in _marks(one, written[one.name])))


def _marks(document: Document, marked: str) -> Iterator[Mark]:
    """The n-th time that a value is written is the n-th time that it stands in the text that was loaded."""
    for match in _MARK.finditer(marked):
        attribute, value = match.groups()
        times = _MARK.sub(r"\2", marked[: match.start()]).count(value)
        start = -1
        for _ in range(times + 1):
            start = document.text.index(value, start + 1)
        yield Mark(document.name, attribute, start, start + len(value))
