"""The lines of all pages in; one text with an empty line between paragraphs, and the offset of each page's start, out."""

import re
from collections import Counter
from itertools import pairwise

from knowledge.formats.hyphens import Vocabulary
from knowledge.formats.lines import Line

WIDER = 1.25  # times the usual distance of lines begins a new paragraph
INDENT = 0.8  # of the font's size
SHORT = 0.6  # of the longest line around: there was room for the next word, so the line ends its paragraph
AROUND = 4  # lines before and after
SIMILAR_SIZE = 1.0  # points: words in another typeface are often set a little smaller
SAME_LINE = 0.5  # of the font's size
USUAL_LEADING = 1.3
LEAST_LEADING = 0.9  # of the font's size: what is closer is a raised or lowered mark

_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_BULLET = re.compile(r"[•‣◦▪●○■·–*-]\s+\S")
_CLAUSE = re.compile(r"(\d{1,3}(\.\d{1,3})*[.)]|\d{1,3}(\.\d{1,3})+|\(?[a-z]\))\s+\S")


def composed(pages: list[list[Line]]) -> tuple[str, tuple[int, ...]]:
    text = _Text(Vocabulary([line.text for page in pages for line in page]))
    breaks = _Breaks(pages)
    starts = []
    previous: Line | None = None
    for lines in pages:
        start = None
        for index, line in enumerate(lines):
            is_new = previous is None or breaks.before(lines, index, previous)
            offset = text.begin(line.text) if is_new else text.go_on(line.text)
            start = offset if start is None else start
            previous = line
        starts.append(start)
    return text.finished, _filled(starts, len(text.finished))


def _filled(starts: list[int | None], length: int) -> tuple[int, ...]:
    """A page without text starts where the next page with text does."""
    filled: list[int] = []
    following = length
    for start in reversed(starts):
        following = following if start is None else start
        filled.append(following)
    return (0, *filled[-2::-1]) if filled else ()


class _Text:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._parts: list[str] = []
        self._length = 0

    @property
    def finished(self) -> str:
        return "".join(self._parts)

    def begin(self, line: str) -> int:
        """A new paragraph; items of a list follow each other line by line. Returns the offset of the line."""
        if self._parts:
            self._append("\n" if _BULLET.match(line) else "\n\n")
        return self._append(line)

    def go_on(self, line: str) -> int:
        last = self._parts.pop()
        self._length -= len(last)
        self._append(self._vocabulary.joined(last, line))
        return self._append(line)

    def _append(self, part: str) -> int:
        start = self._length
        self._parts.append(part)
        self._length += len(part)
        return start


class _Breaks:
    """Whether a paragraph begins: by the lines' distance, font, indentation and length, and by what they begin and end with."""

    def __init__(self, pages: list[list[Line]]) -> None:
        gaps: dict[int, Counter[float]] = {}
        for before, line in (pair for lines in pages for pair in pairwise(lines)):
            gap = before.y - line.y
            if gap >= LEAST_LEADING * line.size and _is_same_size(before, line):
                gaps.setdefault(round(line.size), Counter())[round(gap * 2) / 2] += 1
        self._leading = {size: _leading(counts, size) for size, counts in gaps.items()}

    def before(self, lines: list[Line], index: int, previous: Line) -> bool:
        """Before line `index` of a page; `previous` is the line before it, on this page or an earlier one."""
        line = lines[index]
        if _BULLET.match(line.text):
            return True
        if index and abs(previous.y - line.y) < SAME_LINE * line.size:
            return False  # a piece further right on the same line
        is_ended = _ENDED.search(previous.text) is not None
        goes_on = line.text[0].islower() and not is_ended
        if not _is_same_size(previous, line) or previous.is_bold != line.is_bold:
            return not goes_on
        if not index or line.y > previous.y:  # the next page or column
            return is_ended or not (goes_on or previous.text.endswith("-") or _is_full(lines, index, previous))
        return self._in_column(lines, index, previous, is_ended=is_ended)

    def _in_column(self, lines: list[Line], index: int, previous: Line, *, is_ended: bool) -> bool:
        line = lines[index]
        if previous.y - line.y > WIDER * self._leading.get(round(line.size), USUAL_LEADING * line.size):
            return True
        if line.is_row:  # the first of its cells may have begun a line higher
            return is_ended or previous.is_row or abs(previous.x - line.x) > line.size or _is_full(lines, index, previous)
        if previous.is_row:
            return line.x < previous.x + line.size  # further right, a cell goes on
        if not _is_full(lines, index, previous):
            return is_ended or line.text[0].isupper()
        return is_ended and (_CLAUSE.match(line.text) is not None or _is_indented(lines, index, previous))


def _is_same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= SIMILAR_SIZE


def _is_full(lines: list[Line], index: int, line: Line) -> bool:
    """Whether the line is about as long as those around `index`."""
    around = lines[max(0, index - AROUND) : index + AROUND]
    return len(line.text) >= SHORT * max(len(other.text) for other in around)


def _leading(gaps: Counter[float], size: int) -> float:
    """The smallest distance that is no exception: paragraphs stand further apart than lines do, and may outnumber them."""
    usual = [gap for gap, count in gaps.items() if count > 1]
    return min(usual, default=min(*gaps, USUAL_LEADING * size))


def _is_indented(lines: list[Line], index: int, previous: Line) -> bool:
    """The first line of a paragraph stands further right than the line before it and the line after it."""
    line = lines[index]
    edge = line.x - INDENT * line.size
    following = lines[index + 1] if index + 1 < len(lines) else None
    return previous.x < edge and (following is None or following.y > line.y or following.x < edge)
