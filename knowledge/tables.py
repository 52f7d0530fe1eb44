"""Lines of plain text go in; those that stand in columns come out as a table's head or rows."""

import re
from collections.abc import Sequence

from knowledge.documents import BlockKind
from knowledge.lines import Line, opens_item

FEWEST_ROWS = {"|": 2, "\t": 2, " ": 3}  # by what parts the cells; spaces alone are the weakest sign
_GAP = re.compile(r"(?<=[^\s.!?:;])[ \u00a0]{2,}(?=\S)")


def table_rows(text: str, lines: Sequence[Line]) -> dict[int, BlockKind]:
    """The positions in `lines` that belong to a table. A table has at least two columns and no blank line in it."""
    found: dict[int, BlockKind] = {}
    start = 0
    while start < len(lines):
        parted = _parted_by(lines[start].of(text))
        stop = start + 1
        while parted and stop < len(lines) and not lines[stop].gap and _continues(lines[stop].of(text), parted):
            stop += 1
        rows = [i for i in range(start, stop) if _holds_words(lines[i].of(text))]
        if parted and len(rows) >= FEWEST_ROWS[parted]:
            found.update(dict.fromkeys(rows, BlockKind.TABLE_ROW))
            if _is_head(text, lines, rows):
                found[rows[0]] = BlockKind.TABLE_HEAD
        start = stop
    return found


def _parted_by(line: str) -> str | None:
    """What parts the cells of a line, None where it has but one."""
    if opens_item(line) or not _holds_words(line):
        return None
    if "|" in line.strip("| "):
        return "|"
    if "\t" in line:
        return "\t"
    return " " if _GAP.search(line) else None


def _continues(line: str, parted: str) -> bool:
    return _parted_by(line) == parted or not _holds_words(line)


def _holds_words(line: str) -> bool:
    return any(character.isalnum() for character in line)


def _is_head(text: str, lines: Sequence[Line], rows: Sequence[int]) -> bool:
    """A rule below it, or no figure in it where rows below have some."""
    if rows[1] > rows[0] + 1:
        return True
    figures = [any(c.isdigit() for c in lines[row].of(text)) for row in rows]
    return not figures[0] and any(figures)
