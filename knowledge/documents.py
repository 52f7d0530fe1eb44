"""Spans over the stored text: what a document says, and where. Offsets count characters from 0, end exclusive."""

import hashlib
import json
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Literal

Audience = Literal["public", "staff"]


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEAD = "table_head"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """A structural piece that the loader recognised in the markup.

    `level` is 1-6 for a heading and the nesting depth (from 1) for a list item, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One text as a reader would read it.

    `name` is the path relative to the published folder, with forward slashes. `blocks` is empty where the format has no
    markup (plain text, PDF): then the structure is read off the text itself. `pages` holds the start offset of each page,
    or is empty. `date` is ISO 8601. `url` is http(s) or None.
    """

    name: str
    text: str
    title: str
    blocks: tuple[Block, ...] = ()
    pages: tuple[int, ...] = ()
    url: str | None = None
    date: str | None = None
    lang: str = "en"
    audience: Audience = "public"
    id: str = field(init=False, compare=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", content_hash(_fields(self)))

    def page(self, offset: int) -> int | None:
        """The number (from 1) of the page that holds `offset`, None where the format has no pages."""
        if not self.pages:
            return None
        return max(1, sum(start <= offset for start in self.pages))


class SentenceKind(StrEnum):
    SENTENCE = "sentence"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    LINE = "line"  # a line that stands alone and is no full sentence: a price line, an address


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest thing that is quoted. `lead` is the list's lead-in that it depends on."""

    start: int
    end: int
    kind: SentenceKind = SentenceKind.SENTENCE
    lead: Span | None = None
    quotable: bool = True  # False for boilerplate ("Share by:", an image file's name)

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """What retrieval returns: a span with its context, every part a slice of the document's text.

    `heading` is the nearest heading or question; `context` holds the other spans that say what the passage is about,
    outermost first: outer headings, the list's lead-in, column heads. `id` is a hash of the document's name and the
    passage's words, so it survives a re-publish that leaves the passage as it is.
    """

    id: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    heading: Span | None = None
    context: tuple[Span, ...] = ()

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def content_hash(value: Any) -> str:
    """128 bits of SHA-256 over canonical JSON, as 32 hexadecimal digits."""
    data = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(data.encode("ascii")).hexdigest()[:32]


_NAMES = tuple(part.name for part in fields(Document) if part.init)


def _fields(document: Document) -> dict[str, Any]:
    """What `asdict` gives but for the id, at a tenth of its time: every document goes through here whenever it is read."""
    found = {name: getattr(document, name) for name in _NAMES}
    found["blocks"] = [{"kind": b.kind.value, "start": b.start, "end": b.end, "level": b.level} for b in document.blocks]
    return found


def document_to_json(document: Document) -> dict[str, Any]:
    return _fields(document)


def document_from_json(value: dict[str, Any]) -> Document:
    """Raises KeyError, TypeError or ValueError where `value` was not made by `document_to_json`."""
    blocks = tuple(Block(BlockKind(b["kind"]), b["start"], b["end"], b["level"]) for b in value["blocks"])
    return Document(**{**value, "blocks": blocks, "pages": tuple(value["pages"])})
