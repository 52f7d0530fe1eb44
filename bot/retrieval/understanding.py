"""A question as it was typed goes in, the question as the retriever understands it comes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.retrieval import Correction, Query
from bot.retrieval.compounds import SHORTEST
from bot.retrieval.function_words import NEGATIONS, function_words
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.postings import Postings
from bot.retrieval.shelf import Shelf
from bot.retrieval.slots import Synonyms
from bot.retrieval.spelling import Speller, splits
from bot.retrieval.terms import is_exact, terms
from knowledge.text import stems

LONGEST_TEXT = 2_000  # characters that are read
MOST_WORDS = 64  # words that are read
FUNCTION_WEIGHT = 0.25  # what a function word counts of its rarity
WITNESSES = 200  # passages looked through for two words that stand together


@dataclass(frozen=True, slots=True)
class Reading:
    """One typed word, read as `words`; `guesses` are other words that may have been meant."""

    typed: str
    words: tuple[str, ...]
    guesses: tuple[str, ...] = ()


class Understanding:
    """Immutable; what a word was read as is remembered, which changes nothing but the time."""

    def __init__(self, lexicon: Lexicon, shelf: Shelf, postings: Postings, speller: Speller, synonyms: Synonyms) -> None:
        self._lexicon = lexicon
        self._shelf = shelf
        self._postings = postings
        self._speller = speller
        self._synonyms = synonyms
        self._function = function_words(lexicon.lang)
        self.read = lru_cache(maxsize=4096)(self._read)
        self.query = lru_cache(maxsize=64)(self._query)  # a turn asks for the same question more than once

    def _query(self, text: str) -> Query:
        """Never raises."""
        readings = list(self._readings(text))
        if not any(self._lexicon.holders(word) for r in readings for word in r.words if self.is_content(word)):
            readings = [self._second_reading(reading) for reading in readings]
        words = tuple(word for reading in readings for word in reading.words)
        changed = {r.typed: Correction(r.typed, " ".join(r.words)) for r in readings if r.words != (r.typed,)}
        return Query(
            text=text,
            words=words,
            weights=tuple(map(self.weight, words)),
            content=tuple(map(self.is_content, words)),
            corrections=tuple(changed.values()),
            unknown=tuple(dict.fromkeys(word for word in words if self.is_content(word) and not self._is_known(word))),
            synonyms=self._same_for_the_owner(words),
        )

    def _same_for_the_owner(self, words: Sequence[str]) -> tuple[tuple[str, str], ...]:
        added = self._synonyms.of(stems(words, self._lexicon.lang))
        return tuple(dict.fromkeys((words[place], stem) for place, found in added.items() for stem, _ in found))

    def weight(self, word: str) -> float:
        rarity = self._lexicon.rarity(self._lexicon.holders(word))
        return rarity if self.is_content(word) else rarity * FUNCTION_WEIGHT

    def _is_known(self, word: str) -> bool:
        return bool(self._lexicon.holders(word)) or stems([word], self._lexicon.lang)[0] in self._synonyms

    def is_content(self, word: str) -> bool:
        return word not in self._function

    def _readings(self, text: str) -> Iterator[Reading]:
        typed = terms(text[:LONGEST_TEXT])[:MOST_WORDS]
        place = 0
        while place < len(typed):
            word, following = typed[place], "".join(typed[place + 1 : place + 2])
            joined = word + following if self._is_compound(word, following) else ""
            # The joined word stands wherever the documents have the two side by side; a function word may stand by itself.
            parted = not joined or not (self.is_content(word) and self.is_content(following))
            yield from [self.read(word)] * parted + [Reading(joined, (joined,))] * bool(joined)
            place += 1 if parted else 2

    def _is_compound(self, word: str, following: str) -> bool:
        joined = word + following
        if not following or len(joined) < SHORTEST or joined not in self._lexicon or is_exact(joined):
            return False
        return self.is_content(word) or self.is_content(following)

    def _read(self, word: str) -> Reading:
        if self._is_known(word) or word in self._function or word in NEGATIONS or is_exact(word):
            return Reading(word, (word,))
        halves = self._halves(word)
        if halves:
            return Reading(word, halves)
        if self._speller.is_real(word):
            return Reading(word, (word,))
        guesses = self._speller.guesses(word)
        if guesses:
            return Reading(word, (guesses[0],), tuple(guesses[1:]))
        return Reading(word, (word,), tuple(self._speller.resemblances(word)))

    def _second_reading(self, reading: Reading) -> Reading:
        """Where nothing of a question is in the documents, a real word that they lack may be a slip for one that they hold."""
        slip = self.is_content(reading.typed) and reading.words == (reading.typed,) and self._speller.is_real(reading.typed)
        guesses = [word for word in self._speller.held_guesses(reading.typed) if self.is_content(word)] if slip else []
        return Reading(reading.typed, (guesses[0],), tuple(guesses[1:])) if guesses else reading

    def _halves(self, word: str) -> tuple[str, ...]:
        """The two words that `word` is run together from, where some passage has them side by side."""
        found = [pair for pair in splits(word, self._lexicon.__contains__) if self._stand_together(*pair)]
        return max(found, key=lambda pair: min(map(len, pair)), default=())

    def _stand_together(self, left: str, right: str) -> bool:
        numbers = self._lexicon.numbers
        stems = self._lexicon.stem_of[[numbers[left], numbers[right]]]
        scarce = min(stems.tolist(), key=lambda stem: int(self._lexicon.passages_with[stem]))
        passages = self._postings.passages_of(scarce)
        opened = self._shelf.open(passages[self._lexicon.seen[passages]][:WITNESSES].astype(np.int64))
        parts = (opened.bodies.values, opened.around.values)
        return any(bool(np.any((part[:-1] == numbers[left]) & (part[1:] == numbers[right]))) for part in parts)
