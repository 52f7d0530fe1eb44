"""CSV in; out come questions as headings with their answers, or a table's head and rows."""

import csv
import io
import re

from knowledge.documents import BlockKind
from knowledge.encoding import decode
from knowledge.formats.draft import Draft
from knowledge.formats.loaded import Loaded, Unreadable

DELIMITERS = ",;\t|"  # a tie goes to the first
LONGEST_CELL = 10_000_000  # characters
_EMPTY_LINE = re.compile(r"\n\s*\n")


def load(data: bytes) -> Loaded:
    """Of a file with the columns `question` and `answer` these two are read; any other file is read as a table."""
    head, *rows = _rows(decode(data))
    draft = Draft()
    names = [name.strip().casefold() for name in head]
    if "question" in names and "answer" in names:
        _add_answers(draft, rows, names.index("question"), names.index("answer"))
    else:
        _add_table(draft, head, rows)
    return Loaded(draft.text, draft.blocks)


def _rows(text: str) -> list[list[str]]:
    """Raises Unreadable where there is no row or a quoted cell never ends."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True, skipinitialspace=True))
    except csv.Error as error:
        raise Unreadable(f"is not a well-formed CSV file: {error}") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise Unreadable("holds no text")
    return rows


def _delimiter(text: str) -> str:
    """The one that cuts the first line into the most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))


def _add_answers(draft: Draft, rows: list[list[str]], question: int, answer: int) -> None:
    for row in rows:
        cells = [*row, *[""] * (max(question, answer) + 1 - len(row))]
        if cells[answer].strip():  # a question that nobody has answered yet says nothing
            draft.add(BlockKind.HEADING, cells[question], level=2)
            for paragraph in _EMPTY_LINE.split(cells[answer]):
                draft.add(BlockKind.PARAGRAPH, paragraph)


def _add_table(draft: Draft, head: list[str], rows: list[list[str]]) -> None:
    draft.add(BlockKind.TABLE_HEAD, _line(head))
    for row in rows:
        draft.add(BlockKind.TABLE_ROW, _line(row))


def _line(cells: list[str]) -> str:
    return " ".join(" ".join(cell.split()) for cell in cells if cell.strip())
