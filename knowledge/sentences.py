"""A stretch of text goes in, its sentences come out: spans that cover all but white space, in order, without overlap.

Rules and word lists, no model. Every decision looks at a bounded window around one mark, so the time is linear in the text.
"""

import re
from collections.abc import Iterator

from knowledge.abbreviations import ALWAYS_GO_ON, BEFORE_NAMES, BEFORE_NUMBER, CALENDAR, CLOCK, STARTERS, UNITS
from knowledge.documents import Span

_OPENERS = "\"'“‘„‚«‹([{*_「『（【"
_CLOSERS = "\"'”’»›)\\]}*_」』）】"
_BOUNDARY = re.compile(
    rf"(?P<marks>[.!?…‽。！？｡؟۔।॥։።။។]+)(?P<closers>[{_CLOSERS}]*)"
    r"|\n[^\S\n]*\n\s*"  # a blank line
    r"|\n(?=[^\S\n]*(?:[•●◦▪‣⁃∙■▶►✓✔]|[-–—*+]\s))"  # a bullet on the next line
)
_NEEDS_SPACE = frozenset(".!?…‽")
_BEFORE = re.compile(r"[^\s()\[\]{}\"“”„‘«»—–/,;:¿¡]*\Z")
_LIST_NUMBER = re.compile(r"\s*[(\[]?\d{1,3}\s*")
_WINDOW = 40  # characters looked back over; no abbreviation is longer
_AFTER = re.compile(rf"\s*(?P<open>[{re.escape(_OPENERS)}]{{0,4}})(?P<invert>[¿¡]?)(?P<word>[\w'’]{{0,30}})(?P<other>.?)")
_GOES_ON = frozenset(",;:)]}/&%=<>|–—")  # a dash: who is quoted
_GLUED = re.compile(r"[A-Z](?:[a-z]+)?[ ,]")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, as spans of `text` without white space at their ends."""
    limit = len(text) if end is None else min(end, len(text))
    pieces: list[Span] = []
    begin = start
    for match in _BOUNDARY.finditer(text, start, limit):
        if match["marks"] is None or _ends_here(text, match, begin, limit):
            pieces.extend(_trimmed(text, begin, match.end()))
            begin = match.end()
    pieces.extend(_trimmed(text, begin, limit))
    return pieces


def is_finished(text: str) -> bool:
    """Whether `text` ends as a sentence does, brackets and quotes after the full stop allowed for."""
    bare = text.rstrip().rstrip("\"'”’»›)]}*_」』）】")
    return bare[-1:] in _NEEDS_SPACE or bare[-1:] in frozenset("。！？｡؟۔।॥։።။។")


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    bare = piece.lstrip()
    if bare:
        yield Span(end - len(bare), end - len(bare) + len(bare.rstrip()))


def _ends_here(text: str, match: re.Match[str], begin: int, limit: int) -> bool:
    """`begin` is where the piece that the mark may end begins."""
    end, marks = match.end(), match["marks"]
    if end >= limit:
        return False  # the piece ends with the text
    if not text[end].isspace():
        return marks[-1] not in _NEEDS_SPACE or _is_glued(text, match, begin, limit)
    after = _AFTER.match(text, end, limit)
    if after is None or not _may_start(after):
        return False
    if marks.startswith(("..", "…")):
        return after["invert"] != "" or (after["word"][:1].isupper() and len(marks) <= 3)  # longer runs are leader dots
    if marks != ".":
        return True
    word = _word_before(text, match, begin)
    return not (_is_list_number(text, match, begin) or _belongs_to_word(word, match["closers"], after))


def _may_start(after: re.Match[str]) -> bool:
    """Whether a sentence may start with what follows: not with a small letter, not with a comma."""
    if after["invert"]:
        return True
    if after["word"]:
        return not after["word"][0].islower()
    return after["other"] not in _GOES_ON


def _is_glued(text: str, match: re.Match[str], begin: int, limit: int) -> bool:
    """A forgotten space: "the end.The start"; not a number, an address or a file's name."""
    if match["closers"] or len(match["marks"]) > 1 or not _GLUED.match(text, match.end(), limit):
        return False
    low = max(begin, match.start() - _WINDOW)
    word = text[low : match.start()].rsplit(maxsplit=1)[-1:]
    return bool(word) and len(word[0]) >= 3 and word[0].isalpha() and word[0].islower()


def _word_before(text: str, match: re.Match[str], begin: int) -> str:
    found = _BEFORE.search(text, max(begin, match.start() - _WINDOW), match.start())
    return found[0] if found else ""


def _is_list_number(text: str, match: re.Match[str], begin: int) -> bool:
    """Whether all that stands before the mark is a number, as in "2. Turn the key."."""
    return match.start() - begin <= _WINDOW and bool(_LIST_NUMBER.fullmatch(text, begin, match.start()))


def _belongs_to_word(word: str, closers: str, after: re.Match[str]) -> bool:
    """Whether the full stop behind `word` is a part of it: an abbreviation, an initial, an ordinal."""
    lower, following = word.lower(), after["word"].lower()
    before_number = following[:1].isdigit()
    if lower in ALWAYS_GO_ON:
        return True
    if lower in CLOCK:
        return before_number or following in CALENDAR
    name = _is_initials(word) or (lower in BEFORE_NAMES and word[0].isupper())
    if ")" in closers and (lower in UNITS or name):
        return True  # "(30 min.) Bring": the bracket is closed, the sentence is not
    if name:
        return following not in STARTERS
    if lower in BEFORE_NUMBER or lower in UNITS:
        return before_number
    return word.isdigit() and len(word) <= 2 and following in CALENDAR


def _is_initials(word: str) -> bool:
    """ "J", "U.S", "Ph.D"; not "5", not "example.org"."""
    letters = word.split(".")
    return all(len(letter) == 1 and letter.isalpha() for letter in letters) and (len(letters) > 1 or word.isupper())
