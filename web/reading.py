"""A document and a quoted span in, what the source viewer shows out: sections of plain data, in reading order.

Where the loader knew the markup its blocks are followed, else the empty lines of the text. No character is left out but
the white space between two blocks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from knowledge.documents import Block, BlockKind, Document, Passage, Span

_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|\f")


class Shape(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    PAGE = "page"  # where a page begins


SHAPES = {
    BlockKind.HEADING: Shape.HEADING,
    BlockKind.PARAGRAPH: Shape.PARAGRAPH,
    BlockKind.LIST_ITEM: Shape.LIST,
    BlockKind.TABLE_HEAD: Shape.TABLE,
    BlockKind.TABLE_ROW: Shape.TABLE,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is quoted or not; `first` is the quotation's beginning, where the page scrolls to."""

    text: str
    quoted: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One heading, paragraph, list item or table row; `is_head` of a row of column heads, `level` as in Block."""

    pieces: tuple[Piece, ...]
    level: int = 0
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one shape that stand together; `page` is the number of the page that begins."""

    shape: Shape
    lines: tuple[Line, ...] = ()
    page: int = 0


def sections(document: Document, passages: tuple[Passage, ...], quote: Span) -> Iterator[Section]:
    blocks = document.blocks or tuple(_read_off(document, passages))
    whole = [part for block in _without_gaps(document.text, blocks) for part in _cut_at_pages(block, document.pages)]
    page = 0
    for (shape, number), group in groupby(whole, key=lambda block: (SHAPES[block.kind], document.page(block.start) or 0)):
        if number != page:
            yield Section(Shape.PAGE, page=number)
            page = number
        lines = tuple(Line(_pieces(document.text, b, quote), b.level, b.kind is BlockKind.TABLE_HEAD) for b in group)
        if shape in (Shape.LIST, Shape.TABLE):
            yield Section(shape, lines)
        else:
            yield from (Section(shape, (line,)) for line in lines)


def _read_off(document: Document, passages: tuple[Passage, ...]) -> Iterator[Block]:
    """Paragraphs between empty lines; those that a passage has as its heading are headings."""
    headings = {passage.heading for passage in passages if passage.heading} | {c for p in passages for c in p.context}
    edges = sorted({edge for span in headings for edge in (span.start, span.end)})
    start = 0
    for gap in [*_EMPTY_LINES.finditer(document.text), None]:
        end = gap.start() if gap else len(document.text)
        for left, right in _between(start, end, edges):
            kind = (
                BlockKind.HEADING
                if Span(left, right) in headings and _is_line(document.text, left, right)
                else BlockKind.PARAGRAPH
            )
            yield Block(kind, left, right, 1 if kind is BlockKind.HEADING else 0)
        start = gap.end() if gap else end


def _between(start: int, end: int, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pieces from `start` to `end`, cut at the edges, which stand in order."""
    cuts = [start, *edges[bisect_right(edges, start) : bisect_left(edges, end)], end]
    return ((left, right) for left, right in pairwise(cuts) if left < right)


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether the span stands alone on its line."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip() and not text[end : end + 1].strip()


def _without_gaps(text: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks in order, and as paragraphs whatever stands between them; each without white space at its ends."""
    reached = 0
    for block in sorted(blocks, key=lambda block: (block.start, block.end)):
        yield from _trimmed(text, Block(BlockKind.PARAGRAPH, reached, block.start))
        start = max(reached, block.start)
        yield from _trimmed(text, Block(block.kind, start, block.end, block.level))
        reached = max(reached, block.end)
    yield from _trimmed(text, Block(BlockKind.PARAGRAPH, reached, len(text)))


def _trimmed(text: str, block: Block) -> Iterator[Block]:
    words = text[block.start : block.end]
    if words.strip():
        start = block.start + len(words) - len(words.lstrip())
        yield Block(block.kind, start, start + len(words.strip()), block.level)


def _cut_at_pages(block: Block, pages: tuple[int, ...]) -> Iterator[Block]:
    for left, right in _between(block.start, block.end, pages):
        yield Block(block.kind, left, right, block.level)


def _pieces(text: str, block: Block, quote: Span) -> tuple[Piece, ...]:
    """The block's text, cut where the quotation begins and ends."""
    cuts = [edge for edge in (quote.start, quote.end) if block.start < edge < block.end]
    edges = [block.start, *cuts, block.end]
    found = []
    for left, right in pairwise(edges):
        quoted = quote.start <= left and right <= quote.end and left < right
        first = quoted and (left == quote.start or not text[quote.start : left].strip())
        found.append(Piece(text[left:right], quoted, first))
    return tuple(found)
