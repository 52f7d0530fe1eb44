"""A document goes in, its sections come out: a heading, the headings around it, and the blocks below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents import Block, BlockKind, Document, Span
from knowledge.lines import clause_depth
from knowledge.structure import outline


@dataclass(frozen=True, slots=True)
class Section:
    """`outer` holds the headings around `heading`, outermost first. `blocks` is not empty and holds no heading.
    `numbered`: the document numbers its clauses, so a number that opens a paragraph is no part of its sentence."""

    heading: Span | None
    outer: tuple[Span, ...]
    blocks: tuple[Block, ...]
    numbered: bool = False

    @property
    def headings(self) -> tuple[Span, ...]:
        return self.outer if self.heading is None else (*self.outer, self.heading)


def sections(document: Document) -> Iterator[Section]:
    blocks = outline(document)
    numbered = _is_numbered(document.text, blocks)
    open_headings: list[Block] = []
    below: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            below.append(block)
            continue
        if below:
            yield _section(open_headings, below, numbered)
            below.clear()
        while open_headings and open_headings[-1].level >= block.level:
            open_headings.pop()
        open_headings.append(block)
    if below:
        yield _section(open_headings, below, numbered)


def _section(open_headings: list[Block], below: list[Block], numbered: bool) -> Section:
    spans = [Span(block.start, block.end) for block in open_headings]
    return Section(spans[-1] if spans else None, tuple(spans[:-1]), tuple(below), numbered)


def _is_numbered(text: str, blocks: tuple[Block, ...]) -> bool:
    """More than one paragraph opens with "4.1 " or the like; a single one may open with a decimal."""
    openings = (text[block.start : block.start + 20] for block in blocks if block.kind is BlockKind.PARAGRAPH)
    return sum(clause_depth(opening) > 0 for opening in openings) > 1
