"""Plain text goes in, its logical lines come out: a paragraph that was wrapped at a margin is one line again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_RAW = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[•●◦▪▫‣⁃∙·○■□◆◇➢➤►▶✓✔✗]\s*|[-–—*+]\s+|o(?:\t|\s{2,}))(?=\S)")
_ORDERED = re.compile(
    r"(?:(?:step|schritt|paso|étape|passo)\s+(?P<step>\d{1,2})\s*[:.)–-]|(?P<number>\d{1,3})[.)]"
    r"|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|[a-z]\))\s+(?=\S)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:§\s*)?\d{1,3}(?:\.\d{1,3}){1,4}[.)]?\s+(?=[^\W\d_a-z]|[\"“‘'(\[£$€])")
_LABELLED = re.compile(r"[^\s.:?!][^.:?!\n]{0,60}:\s+\S")

WRAPPED_SHARE = 0.25  # of the line breaks inside a paragraph that a small letter follows, at least, in wrapped prose
FILL = 0.8  # a line is full when the next word would not have fitted into this share of the width
NARROWEST = 30  # characters; nobody wraps prose narrower
LONGEST_MARKER = 40  # characters of a bullet or number, with white space
SHORT = 40  # characters; a line this long that a small letter follows goes on in the next


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]`, without white space at its ends. `gap`: a blank line stands before it."""

    start: int
    end: int
    gap: bool
    indent: int = 0
    last: int = 0  # where its last raw line starts

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def raw_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]` that are not blank."""
    found: list[Line] = []
    before = start
    for match in _RAW.finditer(text, start, end):
        bare = match[0].strip()
        if not bare:
            continue
        begin = match.start() + match[0].index(bare[0])
        gap = not found or _line_breaks(text, before, begin) > 1
        found.append(Line(begin, begin + len(bare), gap, begin - match.start(), begin))
        before = begin + len(bare)
    return found


def _line_breaks(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_BREAK.finditer(text, start, end))


def margin(text: str, lines: Sequence[Line]) -> int:
    """The width in characters at which the prose of `lines` was wrapped, 0 where it was not."""
    inner = [(a, b) for a, b in pairwise(lines) if not b.gap and not opens_item(b.of(text))]
    small = sum(text[b.start].islower() for _, b in inner)
    if not inner or small < WRAPPED_SHARE * len(inner):
        return 0
    lengths = sorted(a.end - a.start for a, _ in inner)
    width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    return width if width >= NARROWEST else 0


def join_wrapped(text: str, lines: Sequence[Line], width: int) -> list[Line]:
    """`lines` with those that only the margin `width` (0: none) broke put together."""
    joined: list[Line] = []
    for line in lines:
        if joined and _goes_on(text, joined[-1], line, width):
            joined[-1] = replace(joined[-1], end=line.end, last=line.start)
        else:
            joined.append(line)
    return joined


def _goes_on(text: str, above: Line, below: Line, width: int) -> bool:
    if below.gap or opens_item(below.of(text)):
        return False
    if below.indent > above.indent and opens_item(text[above.start : min(above.end, above.start + LONGEST_MARKER)]):
        return True
    upper, lower = text[above.last : above.end], below.of(text)
    if lower[0].islower() and len(upper) >= (width / 2 if width else SHORT):
        return True
    if not width or _is_labelled_pair(upper, lower) or upper.isupper() != lower.isupper():
        return False
    return len(upper) + 1 + len(lower.split(maxsplit=1)[0]) > FILL * width


def _is_labelled_pair(upper: str, lower: str) -> bool:
    return bool(_LABELLED.match(upper) and _LABELLED.match(lower))


def opens_item(line: str) -> bool:
    """Whether `line` begins with a bullet or a number of its own."""
    return bool(bullet(line) or number(line))


def bullet(line: str) -> int:
    """The length of the bullet that `line` begins with, white space after it included; 0 where there is none."""
    match = _BULLET.match(line)
    return match.end() if match else 0


def number(line: str) -> int:
    """The length of the list or clause number that `line` begins with ("2. ", "(a) ", "4.1 "), 0 where there is none."""
    match = _CLAUSE.match(line) or _ORDERED.match(line)
    return match.end() if match else 0


def ordinal(line: str) -> int | None:
    """The value of a plain list number ("2.", "2)" or "Step 2:" -> 2)."""
    match = _ORDERED.match(line)
    counted = match and (match["number"] or match["step"])
    return int(counted) if counted else None


def clause_depth(line: str) -> int:
    """How deep the clause number is that `line` begins with: "4.1" -> 2, "4.1.3" -> 3; 0 where there is none."""
    match = _CLAUSE.match(line)
    return match[0].strip().rstrip(".)").count(".") + 1 if match else 0
