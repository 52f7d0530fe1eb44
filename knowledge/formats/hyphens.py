"""Two pieces of text that a line's end parted in; what stood between them out."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

LEAST_PART = 3  # letters of a part that is a word of its own
LEAST_PARTED = 3  # words parted in their midst make a text one that parts words

_LAST = re.compile(r"([^\W\d_]+)-$")
_FIRST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Vocabulary:
    """The words of the document decide: "resis-/tant" is one word, "puncture-/resistant" keeps its hyphen."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = set(_whole_words(lines))
        parts = [(last[1].lower(), first[0].lower()) for last, first in _parted(lines)]
        joined = sum(last + first in self._words for last, first in parts)
        unknown = sum(last not in self._words and first not in self._words for last, first in parts)
        self._parts_words = joined > 0 or unknown >= LEAST_PARTED

    def joined(self, before: str, after: str) -> str:
        """`before` without its trailing hyphen where that was only a line's, then the gap to `after`, if any."""
        last, first = _LAST.search(before), _FIRST.match(after)
        if last is None:
            is_range = before.endswith("-") and after[:1].isdigit() and before[-2:-1].isdigit()
            return before if is_range else f"{before} "
        is_chain = before[: last.start()].endswith("-")  # "out-of-/hours"
        if is_chain or first is None or not first[0][0].islower():
            return before
        return before if self._is_compound(last[1].lower(), first[0].lower()) else before[:-1]

    def _is_compound(self, last: str, first: str) -> bool:
        if last + first in self._words:
            return False
        if f"{last}-{first}" in self._words:
            return True
        if min(len(last), len(first)) >= LEAST_PART and last in self._words and first in self._words:
            return True
        return last in self._words and not self._parts_words


def _whole_words(lines: Iterable[str]) -> Iterable[str]:
    is_parted = False
    for line in lines:
        words = [word.lower() for word in _WORD.findall(line)]
        whole = words[1:] if is_parted else words
        is_parted = line.endswith("-")
        yield from whole[:-1] if is_parted else whole


def _parted(lines: Sequence[str]) -> Iterable[tuple[re.Match[str], re.Match[str]]]:
    for before, after in pairwise(lines):
        last, first = _LAST.search(before), _FIRST.match(after)
        if last and first:
            yield last, first
