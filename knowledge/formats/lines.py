"""A PDF page in; its lines of text in reading order, with their places, out."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject

from knowledge.formats.draft import tidy

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
)

USUAL_WIDTH = 0.5  # of a character, in font sizes: the extraction tells no widths
CELL_GAP = 3.0  # font sizes

_SOFT_HYPHEN = re.compile(r"\xad\s*$")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_]) ?[\u2010\u2011]$")


@dataclass(frozen=True, slots=True)
class Line:
    """`x` and `y` (points, from the page's lower left corner) are where the line begins; `size` is the font's, in points."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool = False
    height: float = 0.0  # of the page
    is_row: bool = False  # with a gap inside, as between the cells of a table


def page_lines(page: PageObject) -> list[Line]:
    gathered = _Gathered(float(page.mediabox.bottom), float(page.mediabox.height))
    page.extract_text(visitor_text=gathered.add)
    return gathered.finished()


class _Gathered:
    """Puts the pieces that the extraction reports together to lines."""

    def __init__(self, bottom: float, height: float) -> None:
        self._bottom = bottom
        self._height = height
        self._lines: list[Line] = []
        self._open: Line | None = None
        self._end = 0.0  # about where the open line ends
        self._longest = 0  # characters of its longest piece, whose font's size is the line's

    def add(self, text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        """`outer` and `inner` are the transformation and the text matrix, six numbers each, where the piece begins."""
        for position, part in enumerate(text.split("\n")):
            if position:
                self._close()
            if part.strip() or (part and self._open):
                self._extend(part, outer, inner, font, size)

    def finished(self) -> list[Line]:
        self._close()
        return self._lines

    def _extend(self, part: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        height = abs(size) * math.hypot(inner[2], inner[3]) * math.hypot(outer[2], outer[3])
        is_bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        if self._open is None:
            self._open = Line(part, x, y - self._bottom, height, is_bold, self._height)
            self._longest = len(part)
        else:
            is_longest = len(part) > self._longest
            self._longest = max(self._longest, len(part))
            self._open = replace(
                self._open,
                text=self._open.text + _gap(self._open.text, part) + part,
                size=height if is_longest else self._open.size,
                is_bold=self._open.is_bold and is_bold,
                is_row=self._open.is_row or x > self._end + CELL_GAP * height,
            )
        self._end = x + USUAL_WIDTH * height * len(part)

    def _close(self) -> None:
        if self._open is not None:
            text = _LINE_END_HYPHEN.sub("-", tidy(_SOFT_HYPHEN.sub("-", self._open.text.translate(LIGATURES))))
            if text:
                self._lines.append(replace(self._open, text=text))
            self._open = None


def _gap(before: str, after: str) -> str:
    """The extraction leaves out the space between cells that nearly touch; a capital after a small letter gives it away."""
    return " " if before[-1:].islower() and after[:1].isupper() else ""
