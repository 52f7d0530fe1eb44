"""Two pieces of text that a line's end parted in; what stood between them out."""

import re
from collections.abc import Iterable

_LAST = re.compile(r"([^\W\d_]+)-$")
_FIRST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
LEAST_PART = 3  # letters of a part that is a word of its own


class Vocabulary:
    """The words of the document decide: "resis-/tant" is one word, "puncture-/resistant" keeps its hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        is_parted = False
        for line in lines:
            words = [word.lower() for word in _WORD.findall(line)]
            whole = words[1:] if is_parted else words
            is_parted = line.endswith("-")
            self._words.update(whole[:-1] if is_parted else whole)

    def joined(self, before: str, after: str) -> str:
        """`before` without its trailing hyphen where that was only a line's, then the gap to `after`, if any."""
        last, first = _LAST.search(before), _FIRST.match(after)
        if last is None:
            return before if before.endswith("-") and after[:1].isdigit() and before[-2:-1].isdigit() else f"{before} "
        if first is None or not first[0][0].islower() or self._is_compound(last[1].lower(), first[0].lower()):
            return before
        return before[:-1]

    def _is_compound(self, last: str, first: str) -> bool:
        if last + first in self._words:
            return False
        if f"{last}-{first}" in self._words:
            return True
        return min(len(last), len(first)) >= LEAST_PART and last in self._words and first in self._words
