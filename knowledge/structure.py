"""A document goes in, its blocks come out in reading order: those of its markup, or those that its plain text shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.boilerplate import is_boilerplate, is_label
from knowledge.documents import Block, BlockKind, Document
from knowledge.headings import is_capitals, is_labelled, is_question, is_title, run_in, states_value
from knowledge.levels import levelled
from knowledge.lines import Line, bullet, clause_depth, join_wrapped, margin, number, ordinal, raw_lines
from knowledge.sentences import is_finished
from knowledge.tables import table_rows

BELOW_MARKUP = 7  # the level of a heading that markup does not mark: under all that it does
LONGEST_STEP = 40  # words; a numbered item that is longer is a clause of its own
PROSE = 40  # characters; a finished line this long is content
LONGEST_BARE_ITEM = 80  # characters of a list item without a bullet
LONGEST_RUN = 3  # title-like lines, one under the other; more are a list or a menu

_ASKED = re.compile(r"(?:Q|Question|Frage|F|Pregunta|P)\s*\d{0,3}\s*[:.)]\s+(?=\S)")
_REPLIED = re.compile(r"(?:A|Answer|Antwort|Respuesta|R|Réponse)\s*\d{0,3}\s*[:.)]\s+(?=\S)")


def outline(document: Document) -> tuple[Block, ...]:
    """Blocks that do not overlap; what they leave out holds no letter and no digit but bullets, list numbers and "Q:"."""
    text = document.text
    if not document.blocks:
        return levelled(text, list(_Reader(list(_plain_rows(text)), loose=True).blocks()))
    rows = [row for block in document.blocks for row in _marked_rows(text, block)]
    headings = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    return tuple(_Reader(rows, loose=headings < 2).blocks())


@dataclass(frozen=True, slots=True)
class _Row:
    """One line that is to be told what it is; `fixed` is what markup or columns already said."""

    start: int
    end: int
    text: str
    gap: bool
    indent: int = 0
    fixed: BlockKind | None = None
    level: int = 0


def _plain_rows(text: str) -> Iterator[_Row]:
    lines = raw_lines(text, 0, len(text))
    width = margin(text, lines)
    cells = table_rows(text, lines)
    loose: list[Line] = []
    for position, line in enumerate(lines):
        if position not in cells:
            loose.append(line)
            continue
        yield from _parted(_rows(text, join_wrapped(text, loose, width)))
        loose.clear()
        yield _Row(line.start, line.end, line.of(text), line.gap, fixed=cells[position])
    yield from _parted(_rows(text, join_wrapped(text, loose, width)))


def _parted(rows: Iterator[_Row]) -> Iterator[_Row]:
    """A heading that its text follows on the same line becomes a row of its own."""
    for row in rows:
        length = run_in(row.text)
        if length:
            heading = row.text[:length].rstrip()
            yield replace(row, end=row.start + len(heading), text=heading, fixed=BlockKind.HEADING, level=BELOW_MARKUP)
            yield replace(row, start=row.start + length, text=row.text[length:], gap=False)
        else:
            yield row


def _marked_rows(text: str, block: Block) -> Iterator[_Row]:
    if block.kind is BlockKind.PARAGRAPH:
        yield from _rows(text, join_wrapped(text, raw_lines(text, block.start, block.end), 0))
    elif text[block.start : block.end].strip():
        yield _Row(block.start, block.end, text[block.start : block.end], True, fixed=block.kind, level=block.level)


def _rows(text: str, lines: Sequence[Line]) -> Iterator[_Row]:
    for line in lines:
        yield _Row(line.start, line.end, line.of(text), line.gap, line.indent)


class _Reader:
    """Tells rows what they are, in order. `loose`: short lines and capitals may be headings, not only questions."""

    def __init__(self, rows: Sequence[_Row], *, loose: bool) -> None:
        self._rows = rows
        self._loose = loose
        self._titles = [row.fixed is None and _reads_like_title(row.text) for row in rows]
        self._done: list[Block] = []
        self._indents: list[int] = []  # of the list that is open, outermost first
        self._bare = False  # whether the last block is a list item without a bullet

    def blocks(self) -> Iterator[Block]:
        for position, row in enumerate(self._rows):
            if not any(character.isalnum() for character in row.text):
                continue
            block = self._block(position, row)
            if block.kind is not BlockKind.LIST_ITEM:
                self._indents.clear()
            self._done.append(block)
            yield block

    def _block(self, position: int, row: _Row) -> Block:
        was_bare, self._bare = self._bare, False
        if row.fixed is not None:
            return Block(row.fixed, row.start, row.end, row.level)
        if is_boilerplate(row.text) and not is_label(row.text):
            return Block(BlockKind.PARAGRAPH, row.start, row.end)
        if bullet(row.text):
            return self._item(row, bullet(row.text))
        if self._is_bare_item(position, was_bare):
            self._bare = True
            return self._item(row, 0)
        if self._is_step(position):
            return self._item(row, number(row.text))
        return self._heading_or_paragraph(position, row)

    def _heading_or_paragraph(self, position: int, row: _Row) -> Block:
        asked, replied = _ASKED.match(row.text), _REPLIED.match(row.text)
        if asked and self._next(position):
            return Block(BlockKind.HEADING, row.start + asked.end(), row.end, BELOW_MARKUP)
        if self._is_heading(position):
            return Block(BlockKind.HEADING, row.start, row.end, BELOW_MARKUP)
        start = row.start + replied.end() if replied and self._follows_heading() else row.start
        return Block(BlockKind.PARAGRAPH, start, row.end)

    def _item(self, row: _Row, marker: int) -> Block:
        while self._indents and self._indents[-1] > row.indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < row.indent:
            self._indents.append(row.indent)
        return Block(BlockKind.LIST_ITEM, row.start + marker, row.end, len(self._indents))

    def _next(self, position: int) -> _Row | None:
        return self._rows[position + 1] if position + 1 < len(self._rows) else None

    def _follows_heading(self) -> bool:
        return bool(self._done) and self._done[-1].kind is BlockKind.HEADING

    def _is_bare_item(self, position: int, was_bare: bool) -> bool:
        """A short line in a row of such after "...:", where the bullets were lost."""
        if not (was_bare or self._follows_lead_in(position)) or not _may_be_bare(self._rows[position]):
            return False
        row, above, below = self._rows[position], self._rows[position - 1], self._next(position)
        if was_bare:
            return row.gap == above.gap or (below is not None and below.gap == row.gap and _may_be_bare(below))
        return below is not None and _may_be_bare(below)

    def _follows_lead_in(self, position: int) -> bool:
        is_paragraph = bool(self._done) and self._done[-1].kind is BlockKind.PARAGRAPH
        return is_paragraph and self._rows[position - 1].text.endswith(":")

    def _is_heading(self, position: int) -> bool:
        row, below = self._rows[position], self._next(position)
        if below is None or below.fixed is BlockKind.HEADING:
            return False
        title = row.text[number(row.text) :]
        if is_question(title) or not self._loose:
            return is_question(title)
        if is_capitals(title):
            return self._leads_to_content(position)
        return is_title(title) and self._stands_out(position, row, below)

    def _counts_on(self, position: int, counted: int) -> bool:
        is_item = bool(self._done) and self._done[-1].kind is BlockKind.LIST_ITEM
        return is_item and ordinal(self._rows[position - 1].text) == counted - 1

    def _stands_out(self, position: int, row: _Row, below: _Row) -> bool:
        if row.text.endswith(":"):
            return row.gap and below.gap and _is_prose(below)
        if row.gap and below.gap:
            return self._leads_to_content(position)
        if row.gap:
            return _is_content(below)
        return is_finished(self._rows[position - 1].text) and _is_prose(below)

    def _leads_to_content(self, position: int) -> bool:
        """Not so in a menu: there only the first line, or the last one above prose, is a heading."""
        above = below = 0
        while above <= LONGEST_RUN and position - above - 1 >= 0 and self._titles[position - above - 1]:
            above += 1
        while below <= LONGEST_RUN and position + below + 1 < len(self._rows) and self._titles[position + below + 1]:
            below += 1
        if above + below < LONGEST_RUN:
            return position + below + 1 < len(self._rows)
        following = self._next(position)
        return above == 0 or (below == 0 and following is not None and _is_prose(following))

    def _is_step(self, position: int) -> bool:
        """Numbered, short, and counted on from or to a neighbour; a number above other text is a heading's or a clause's."""
        row, below = self._rows[position], self._next(position)
        if not number(row.text) or clause_depth(row.text) or len(row.text.split()) > LONGEST_STEP:
            return False
        counted = ordinal(row.text)
        if counted is None:
            return True
        return self._counts_on(position, counted) or (below is not None and ordinal(below.text) == counted + 1)


def _reads_like_title(line: str) -> bool:
    return (
        not bullet(line)
        and not number(line)
        and (is_title(line) or is_capitals(line))
        and (is_label(line) or not is_boilerplate(line))
    )


def _may_be_bare(row: _Row) -> bool:
    plain = row.fixed is None and len(row.text) <= LONGEST_BARE_ITEM and not bullet(row.text) and not number(row.text)
    return plain and not is_finished(row.text) and not states_value(row.text) and not row.text.endswith(":")


def _is_prose(row: _Row) -> bool:
    return row.fixed is None and len(row.text) >= PROSE and is_finished(row.text)


def _is_content(row: _Row) -> bool:
    if row.fixed is not None or bullet(row.text) or number(row.text):
        return True
    return _is_prose(row) or states_value(row.text) or is_labelled(row.text)
