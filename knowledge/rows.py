"""A document goes in, its rows come out: logical lines that are to be told what they are, or that markup already told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.documents import BlockKind, Document
from knowledge.headings import run_in
from knowledge.lines import Line, join_wrapped, margin, raw_lines
from knowledge.tables import table_rows

BELOW_MARKUP = 7  # the level of a heading that markup does not mark: under all that it does
FEWEST_QUESTIONS = 3  # paragraphs that open with a question, before such questions are taken for headings
SHARE_OF_QUESTIONS = 0.25  # of all paragraphs

_ASKED = re.compile(r"(?:Q\s*\d{0,3}\s*[:.)]|(?:Question|Frage|F|Pregunta|P)\s*\d{0,3}\s*:)\s+(?=\S)")
_LETTER = r"(?:A\s*\d{0,3}\s*[:.)]|(?:Answer|Antwort|Respuesta|R|Réponse)\s*\d{0,3}\s*:)"
_REPLIED = re.compile(rf"{_LETTER}\s+(?=\S)")
_REPLIES = re.compile(rf"(?<=[?.!…])\s+(?=(?P<letter>{_LETTER}\s+)\S)")
_OPENING_QUESTION = re.compile(r"[^.!?？؟:]{6,150}[?？؟][\"'”’»)]*\s+(?=[^\Wa-z])")


@dataclass(frozen=True, slots=True)
class Row:
    """`text[start:end]`. `gap`: a blank line stands before it. `indent`: characters before it on its line.
    `fixed` is what markup or columns say it is, with a heading's or an item's `level`."""

    start: int
    end: int
    text: str
    gap: bool
    indent: int = 0
    fixed: BlockKind | None = None
    level: int = 0


def rows(document: Document) -> list[Row]:
    found = list(_marked_rows(document) if document.blocks else _plain_rows(document.text))
    return _opened_by_questions(list(_answered(found)))


def _plain_rows(text: str) -> Iterator[Row]:
    lines = raw_lines(text, 0, len(text))
    width = margin(text, lines)
    cells = table_rows(text, lines)
    loose: list[Line] = []
    for position, line in enumerate(lines):
        if position not in cells:
            loose.append(line)
            continue
        yield from _joined(text, loose, width)
        loose.clear()
        yield Row(line.start, line.end, line.of(text), line.gap, fixed=cells[position])
    yield from _joined(text, loose, width)


def _joined(text: str, lines: Sequence[Line], width: int) -> Iterator[Row]:
    for line in join_wrapped(text, lines, width):
        row = Row(line.start, line.end, line.of(text), line.gap, line.indent)
        yield from _split(row, run_in(row.text))


def _marked_rows(document: Document) -> Iterator[Row]:
    text = document.text
    for block in document.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            for line in join_wrapped(text, raw_lines(text, block.start, block.end), 0):
                yield Row(line.start, line.end, line.of(text), line.gap, line.indent)
        elif text[block.start : block.end].strip():
            yield Row(block.start, block.end, text[block.start : block.end], True, fixed=block.kind, level=block.level)


def _split(row: Row, length: int) -> Iterator[Row]:
    """The first `length` characters as a heading, the rest as what stands below it; the row itself where it is 0."""
    if not length:
        yield row
        return
    heading, body = row.text[:length].rstrip(), row.text[length:]
    yield replace(row, end=row.start + len(heading), text=heading, fixed=BlockKind.HEADING, level=BELOW_MARKUP)
    yield replace(row, start=row.start + length, text=body, gap=False)


def _answered(found: Sequence[Row]) -> Iterator[Row]:
    """ "Q: Where?" above "A: Here.", or both on one line, become the heading "Where?" and the text "Here."."""
    was_asked = False
    for row, below in zip(found, [*found[1:], None], strict=False):  # one longer where there is none
        asked = _ASKED.match(row.text) if row.fixed is None else None
        replied = _REPLIED.match(row.text) if was_asked and row.fixed is None else None
        same_line = _REPLIES.search(row.text) if asked else None
        was_asked = False
        if asked and same_line:
            heading, body = _split(row, same_line.end())
            yield _behind(heading, asked.end())
            yield _behind(body, len(same_line["letter"]))
        elif asked and below and _REPLIED.match(below.text):
            was_asked = True
            yield replace(_behind(row, asked.end()), fixed=BlockKind.HEADING, level=BELOW_MARKUP)
        else:
            yield _behind(row, replied.end() if replied else 0)


def _opened_by_questions(found: Sequence[Row]) -> list[Row]:
    """Where many paragraphs open with a question, the question is the heading of the rest."""
    opening = {
        i: match.end() for i, row in enumerate(found) if row.fixed is None and (match := _OPENING_QUESTION.match(row.text))
    }
    paragraphs = sum(row.fixed is None for row in found)
    if len(opening) < max(FEWEST_QUESTIONS, SHARE_OF_QUESTIONS * paragraphs):
        return list(found)
    return [part for i, row in enumerate(found) for part in _split(row, opening.get(i, 0))]


def _behind(row: Row, length: int) -> Row:
    return replace(row, start=row.start + length, text=row.text[length:]) if length else row
