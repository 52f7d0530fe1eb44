"""A document goes in, its blocks come out in reading order: those of its markup, or those that its plain text shows."""

from collections.abc import Iterator, Sequence

from knowledge.boilerplate import is_boilerplate, is_label
from knowledge.documents import Block, BlockKind, Document
from knowledge.headings import is_capitals, is_labelled, is_question, is_title, states_value
from knowledge.levels import levelled
from knowledge.lines import bullet, clause_depth, number, ordinal
from knowledge.rows import BELOW_MARKUP, Row, rows
from knowledge.sentences import is_finished

LONGEST_STEP = 40  # words; a numbered item that is longer is a clause of its own
PROSE = 40  # characters; a finished line this long is content
LONGEST_BARE_ITEM = 80  # characters of a list item without a bullet
LONGEST_GROUP = 6  # lines of an address below its heading
LONGEST_RUN = 3  # title-like lines, one under the other; more are a list or a menu


def outline(document: Document) -> tuple[Block, ...]:
    """Blocks that do not overlap; what they leave out holds no letter and no digit but bullets, list numbers and "Q:"."""
    marked = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    blocks = list(_Reader(rows(document), loose=marked < 2).blocks())
    return tuple(blocks) if marked else levelled(document.text, blocks)


class _Reader:
    """Tells rows what they are, in order. `loose`: short lines and capitals may be headings, not only questions."""

    def __init__(self, rows: Sequence[Row], *, loose: bool) -> None:
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

    def _block(self, position: int, row: Row) -> Block:
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

    def _heading_or_paragraph(self, position: int, row: Row) -> Block:
        if self._is_heading(position):
            return Block(BlockKind.HEADING, row.start, row.end, BELOW_MARKUP)
        return Block(BlockKind.PARAGRAPH, row.start, row.end)

    def _item(self, row: Row, marker: int) -> Block:
        while self._indents and self._indents[-1] > row.indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < row.indent:
            self._indents.append(row.indent)
        return Block(BlockKind.LIST_ITEM, row.start + marker, row.end, len(self._indents))

    def _next(self, position: int) -> Row | None:
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
        if position <= 1 and self._is_top(position, row, below):
            return True
        return is_title(title) and self._stands_out(position, row, below)

    def _counts_on(self, position: int, counted: int) -> bool:
        is_item = bool(self._done) and self._done[-1].kind is BlockKind.LIST_ITEM
        return is_item and ordinal(self._rows[position - 1].text) == counted - 1

    def _is_top(self, position: int, row: Row, below: Row) -> bool:
        """The document's first line, and a second one right below it: a title may hold a colon, "Bread: an introduction"."""
        if len(self._rows) <= 2 or not is_title(row.text.replace(":", "", 1)) or row.text.endswith(":"):
            return False
        return position == 0 or (not row.gap and below.gap and self._follows_heading())

    def _heads_group(self, position: int) -> bool:
        """Whether one of the lines right below, up to the next blank line, holds more than a name."""
        for below in self._rows[position + 1 : position + 1 + LONGEST_GROUP]:
            if below.gap:
                return False
            if _is_content(below):
                return True
        return False

    def _stands_out(self, position: int, row: Row, below: Row) -> bool:
        if row.text.endswith(":"):
            return row.gap and below.gap and _is_prose(below)
        if row.gap and below.gap:
            return self._leads_to_content(position)
        if row.gap:
            return self._heads_group(position)
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


def _may_be_bare(row: Row) -> bool:
    plain = row.fixed is None and len(row.text) <= LONGEST_BARE_ITEM and not bullet(row.text) and not number(row.text)
    return plain and not is_finished(row.text) and not states_value(row.text) and not row.text.endswith(":")


def _is_prose(row: Row) -> bool:
    return row.fixed is None and len(row.text) >= PROSE and is_finished(row.text)


def _is_content(row: Row) -> bool:
    if row.fixed is not None or bullet(row.text) or number(row.text):
        return True
    return _is_prose(row) or states_value(row.text) or is_labelled(row.text) or row.text.endswith(":")
