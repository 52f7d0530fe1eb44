"""The lines of all pages in; one text with an empty line between paragraphs, and the offset of each page's start, out."""

import re
from collections import Counter
from itertools import pairwise

from knowledge.formats.hyphens import Vocabulary
from knowledge.formats.lines import Line

WIDER = 1.25  # times the usual distance of lines begins a new paragraph
INDENT = 0.8  # of the font's size
SHORT = 0.6  # of the longest line: a sentence that ends there ends its paragraph

_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_BULLET = re.compile(r"[•‣◦▪●○■·–*-]\s+\S")
_CLAUSE = re.compile(r"(\d{1,3}(\.\d{1,3})*[.)]|\d{1,3}(\.\d{1,3})+|\(?[a-z]\))\s+\S")


def composed(pages: list[list[Line]]) -> tuple[str, tuple[int, ...]]:
    text = _Text(Vocabulary(line.text for page in pages for line in page))
    breaks = _Breaks(pages)
    starts = []
    previous: Line | None = None
    for lines in pages:
        start = None
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            is_new = previous is None or breaks.before(line, previous, following, is_page_start=start is None)
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
        self._longest: Counter[int] = Counter()
        for lines in pages:
            for before, line in pairwise(lines):
                gap = before.y - line.y
                if gap >= 0.9 * line.size and round(before.size) == round(line.size):
                    gaps.setdefault(round(line.size), Counter())[round(gap * 2) / 2] += 1
            for line in lines:
                self._longest[round(line.size)] = max(self._longest[round(line.size)], len(line.text))
        self._leading = {size: _leading(counts) for size, counts in gaps.items()}

    def before(self, line: Line, previous: Line, following: Line | None, *, is_page_start: bool) -> bool:
        if _BULLET.match(line.text):
            return True
        if abs(previous.y - line.y) < 0.5 * line.size and not is_page_start:
            return False  # a piece further right on the same line
        is_ended = _ENDED.search(previous.text) is not None
        if round(previous.size) != round(line.size) or previous.is_bold != line.is_bold:
            return is_ended or not line.text[0].islower()
        if is_page_start or line.y > previous.y:  # the next page or column
            return is_ended or not (line.text[0].islower() or previous.text.endswith("-"))
        leading = self._leading.get(round(line.size), 1.2 * line.size)
        if previous.y - line.y > WIDER * leading:
            return True
        return is_ended and (
            bool(_CLAUSE.match(line.text)) or self._is_short(previous) or _is_indented(line, previous, following)
        )

    def _is_short(self, line: Line) -> bool:
        return len(line.text) < SHORT * self._longest[round(line.size)]


def _leading(gaps: Counter[float]) -> float:
    """The smallest distance that is no exception: paragraphs stand further apart than lines do, and may outnumber them."""
    usual = [gap for gap, count in gaps.items() if count > 1] or list(gaps)
    return min(usual)


def _is_indented(line: Line, previous: Line, following: Line | None) -> bool:
    """The first line of a paragraph stands further right than the line before it and the line after it."""
    edge = line.x - INDENT * line.size
    return previous.x < edge and (following is None or following.y > line.y or following.x < edge)
