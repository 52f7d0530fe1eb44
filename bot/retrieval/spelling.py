"""A word that no document holds goes in, the words it may have been meant to be come out, likeliest first.

A budget of edits by length, as search engines keep it: none below four letters, one for four to seven, two from eight; a
changed first letter costs double. Where nothing is within it, a word is taken for one that sounds the same ("fizzio",
"kwestion"). What holds a digit, and what negates, is never touched. A candidate is never sought by walking through all words,
only among those of like length with the same first letter or the same rest, or with the same sound.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.retrieval.function_words import NEGATIONS
from bot.retrieval.sounds import sounds, ways
from bot.retrieval.terms import is_exact

SHORTEST = 4  # letters of a word that is corrected

Alike = Callable[[str], Iterable[str]]
SHORTEST_ROOT = 4  # letters
_ENDING = re.compile(r"(?:e?s|e?d|e?n|t|ing)$")
Commonness = Callable[[str], tuple[int, float]]  # of a word: passages that hold it, log10 of its share in the language
COMMON = 3.5  # a word as common as that may be meant though the documents lack it
MUCH_COMMONER = 2.0  # by so much a word must be commoner than a real one that is taken for a slip of it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word in reach; `cost` is the number of edits, a changed first letter counted twice."""

    word: str
    cost: int


def budget(word: str) -> int:
    """How many edits a word of so many letters may be away from what was meant."""
    if len(word) < SHORTEST or is_exact(word) or word in NEGATIONS:
        return 0
    return 1 if len(word) < 8 else 2


class Reach:
    """A set of words, laid out so that the near ones of a misspelled word are found without a walk through all."""

    def __init__(self, words: Iterable[str], *, sounded: bool = False) -> None:
        """With `sounded` they are English words, found by their sound as well."""
        self._sounded = sounded
        self._by_start: dict[tuple[str, int], list[str]] = {}
        self._by_rest: dict[str, list[str]] = {}
        self._words: set[str] = set()
        for word in words:
            if len(word) >= 3 and not is_exact(word) and word not in NEGATIONS:
                self._words.add(word)
                self._by_start.setdefault((word[0], len(word)), []).append(word)
                self._by_rest.setdefault(word[1:], []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        heard = self._words if self._sounded else ()
        said = [(way, word) for word in heard if len(word) >= SHORTEST for way in ways(word)]
        found: dict[str, dict[str, None]] = {}
        for key, (_, word) in zip(sounds(way for way, _ in said), said, strict=True):
            found.setdefault(key, {})[word] = None
        return {key: list(words) for key, words in found.items() if key}

    def sounding(self, word: str) -> list[Candidate]:
        """The words that sound like `word` and are not written wholly otherwise, each as good as one edit."""
        key = sounds([word])[0] if self._sounded else ""
        return [Candidate(other, 1) for other in self._by_sound[key] if _resemble(word, other)] if key in self._by_sound else []

    def near(self, word: str, edits: int) -> list[Candidate]:
        """The words within `edits` of `word`, in no particular order."""
        found = [c for length in range(len(word) - edits, len(word) + edits + 1) for c in self._alike(word, length, edits)]
        return found + (self._first_letter_wrong(word) if edits >= 2 else [])

    def _alike(self, word: str, length: int, edits: int) -> list[Candidate]:
        choices = self._by_start.get((word[0], length), ())
        matches = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [Candidate(choice, int(distance)) for choice, distance, _ in matches]

    def _first_letter_wrong(self, word: str) -> list[Candidate]:
        rests = {word[1:], word}
        found = {other for rest in rests for other in self._by_rest.get(rest, ())}
        found |= {other for other in (word[1:], word[1] + word[0] + word[2:]) if other in self._words}
        return [Candidate(other, 2) for other in sorted(found) if other[0] != word[0]]


def _resemble(word: str, other: str) -> bool:
    return OSA.distance(word, other) <= max(len(word), len(other)) // 2 + 1


class Speller:
    """Corrects against the documents' words first and, at equal cost, against a language's words second.

    A word of the language that is nearer than any of the documents' is what was meant, though the documents lack it.
    """

    def __init__(self, held: Reach, language: Reach, commonness: Commonness, alike: Alike) -> None:
        """`commonness` says how common a word is: of two that are equally near, the commoner one was meant.
        `alike` gives those of the documents' words that look most like a word."""
        self._held = held
        self._language = language
        self._commonness = commonness
        self._alike = alike

    def is_real(self, word: str) -> bool:
        """Whether `word` is a word of the language, whatever the documents hold."""
        return word in self._language

    def guesses(self, word: str, most: int = 3) -> list[str]:
        """At most `most` corrections, likeliest first; empty where nothing is near enough."""
        edits = budget(word)
        if not edits:
            return []
        held = self._held.near(word, edits) or self._held.sounding(word)
        nearest = min((c.cost for c in held), default=edits + 1)
        nearer = self._language.near(word, nearest - 1) if nearest > 1 else []
        elsewhere = [c for c in nearer if c.cost < nearest and self._spoken(c.word) >= COMMON]
        return [c.word for c in sorted(elsewhere or held, key=self._rank)][:most]

    def held_guesses(self, word: str, most: int = 3) -> list[str]:
        """Like `guesses`, from the documents' words alone: far commoner ones that a real word may have been a slip for, and
        its other forms."""
        least = self._spoken(word) + MUCH_COMMONER
        near = self._held.near(word, min(1, budget(word)))
        meant = [c for c in near if self._spoken(c.word) >= least or is_other_form(word, c.word)]
        return [c.word for c in sorted(meant, key=self._rank)][:most]

    def resemblances(self, word: str, most: int = 3) -> list[str]:
        """The documents' words that `word` may be a wreck of: too far to correct it, near enough to try."""
        edits = budget(word) + 1
        if edits == 1:
            return []
        near = ((OSA.distance(word, other, score_cutoff=edits), other) for other in self._alike(word) if budget(other))
        return [other for distance, other in sorted(near) if distance <= min(edits, len(other) // 2)][:most]

    def _spoken(self, word: str) -> float:
        return self._commonness(word)[1]

    def _rank(self, candidate: Candidate) -> tuple[int, int, float, str]:
        held, spoken = self._commonness(candidate.word)
        return candidate.cost, -held, -spoken, candidate.word


def is_other_form(word: str, other: str) -> bool:
    """Whether two words are alike but for their endings: "burnt" and "burns"."""
    roots = {_ENDING.sub("", one) for one in (word, other)}
    return len(roots) == 1 and len(roots.pop()) >= SHORTEST_ROOT


def splits(word: str, is_held: Callable[[str], bool]) -> Sequence[tuple[str, str]]:
    """The ways of reading `word` as two words that are held, run together."""
    if len(word) < 4 or is_exact(word):
        return ()
    halves = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
    return [(left, right) for left, right in halves if is_held(left) and is_held(right)]
