"""Words of two claims go in; how much they speak of the same thing comes out, by stems, rarity and word vectors.

Core: no I/O. The word vectors come from `bot.resources`, the counts of stems from the documents that are compared.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.claims.wording import stem

NEAR, ALIKE = 0.55, 0.95  # cosines from which two words count as related, and fully as the same
UNRELATED = 0.35  # the cosine that would count nothing
LOOSELY = 0.3  # the cosine from which two words may name one thing
COMMONEST, RAREST = 6.3, 3.5  # log10 of occurrences in a billion words: what weighs least, what weighs most
LEAST_WEIGHT = 0.15
NEARLY = 0.004  # what a weight may differ by where nothing is meant by it: in 5,000 passages one more of a dozen
OWN_SHARE, ENOUGH_TO_COUNT = 0.5, 50  # what rarity among the documents counts, and from how many passages on in full
MOST_MATRICES = 20_000  # of the words of a claim
MOST_REMEMBERED = 1_000_000  # cosines; beyond, they are computed again


_NOT = ("un", "in", "non", "dis", "im", "ir")


def opposites(a: str, b: str) -> bool:
    return any(a == prefix + b or b == prefix + a for prefix in _NOT)


def _remember(known: dict[tuple[str, ...], NDArray[np.float32]], words: tuple[str, ...], value: NDArray[np.float32]) -> None:
    if len(known) >= MOST_MATRICES:
        known.clear()
    known[words] = value


_NOTHING = np.zeros(1, dtype=np.float32)


class Vocabulary(Protocol):
    """What `bot.retrieval.meaning.WordVectors` offers."""

    @property
    def dimensions(self) -> int: ...

    def frequency(self, word: str) -> float: ...

    def vector(self, word: str) -> NDArray[np.float32] | None: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class Likeness:
    """How alike words are and how much each of them says. Remembers what it was asked; the same in any order."""

    def __init__(self, vocabulary: Vocabulary, documents_with: Mapping[str, int], documents: int = 0) -> None:
        """`documents_with` counts, of `documents` texts, those that hold a stem; of none only everyday rarity counts."""
        self._vocabulary = vocabulary
        self._with = documents_with
        self._documents = documents
        self._weights: dict[str, float] = {}
        self._directions: dict[str, NDArray[np.float32] | None] = {}
        self._matrices: dict[tuple[str, ...], NDArray[np.float32]] = {}
        self._weights_of: dict[tuple[str, ...], NDArray[np.float32]] = {}
        self._sums: dict[tuple[str, ...], NDArray[np.float32]] = {}
        self._cosines: dict[tuple[str, str], float] = {}

    def moved(self, other: "Likeness") -> frozenset[str] | None:
        """The stems that weigh more or less with `other`, by more than NEARLY; None where any word may."""
        if self._vocabulary is not other._vocabulary or self._documents != other._documents:
            return None
        counted = self._with.keys() | other._with.keys()
        return frozenset(one for one in counted if abs(self._rarity(one) - other._rarity(one)) > NEARLY)

    def weight(self, word: str) -> float:
        """From LEAST_WEIGHT for a word that is everywhere to 1 for a rare one."""
        known = self._weights.get(word)
        if known is None:
            known = self._weights[word] = self._weigh(word)
        return known

    def _weigh(self, word: str) -> float:
        everyday = (COMMONEST - self._vocabulary.frequency(word)) / (COMMONEST - RAREST)
        if self._documents > 1:
            here = self._rarity(stem(word))
            counts = OWN_SHARE * min(1.0, self._documents / ENOUGH_TO_COUNT)
            everyday = everyday * (1 - counts) + here * counts
        return min(1.0, max(LEAST_WEIGHT, everyday))

    def _rarity(self, one: str) -> float:
        """Of a stem among the documents, 0 to 1."""
        return (
            math.log(self._documents / max(1, self._with.get(one, 1))) / math.log(self._documents)
            if self._documents > 1
            else 0.0
        )

    def same(self, a: str, b: str) -> float:
        """1 for the same stem, less for words near in meaning, 0 for others."""
        if stem(a) == stem(b):
            return 1.0
        cosine = self.cosine(a, b)
        if cosine < NEAR or opposites(stem(a), stem(b)):
            return 0.0
        return min(1.0, (cosine - UNRELATED) / (ALIKE - UNRELATED))

    def related(self, a: str, b: str) -> bool:
        return self.same(a, b) > 0 or self.cosine(a, b) >= LOOSELY

    def cosine(self, a: str, b: str) -> float:
        """Of the two words' vectors; 0 where one is unknown."""
        known = self._cosines.get((a, b))
        if known is None:
            first, second = self._direction(a), self._direction(b)
            known = 0.0 if first is None or second is None else float(np.dot(first, second))
            if len(self._cosines) >= MOST_REMEMBERED:
                self._cosines.clear()
            self._cosines[a, b] = self._cosines[b, a] = known
        return known

    def heard(self, word: str) -> bool:
        """Whether one of the counted texts holds the word's stem."""
        return self._with.get(stem(word), 0) > 0

    def closeness(self, first: Iterable[str], second: Iterable[str]) -> float:
        """The cosine of the sums of both sides' word vectors, each by its weight; 0 where nothing of a side is known."""
        a, b = self._summed(tuple(first)), self._summed(tuple(second))
        length = float(np.sqrt(np.dot(a, a) * np.dot(b, b)))
        return float(np.dot(a, b)) / length if length else 0.0

    def _summed(self, words: tuple[str, ...]) -> NDArray[np.float32]:
        known = self._sums.get(words)
        if known is None:
            found = [(vector, self.weight(word)) for word in words if (vector := self._vocabulary.vector(word)) is not None]
            known = np.sum([vector * np.float32(weight) for vector, weight in found], axis=0) if found else _NOTHING
            _remember(self._sums, words, known)
        return known

    def weights_of(self, words: tuple[str, ...]) -> NDArray[np.float32]:
        """[n words]."""
        known = self._weights_of.get(words)
        if known is None:
            known = np.array([self.weight(word) for word in words], dtype=np.float32)
            _remember(self._weights_of, words, known)
        return known

    def directions(self, words: tuple[str, ...]) -> NDArray[np.float32]:
        """[n words, d]: their vectors at unit length, 0 for unknown words."""
        known = self._matrices.get(words)
        if known is None:
            found = [self._direction(word) for word in words]
            nowhere = np.zeros(self._vocabulary.dimensions, dtype=np.float32)
            rows = [nowhere if one is None else one for one in found]
            known = np.array(rows, dtype=np.float32).reshape(len(words), len(nowhere))
            _remember(self._matrices, words, known)
        return known

    def _direction(self, word: str) -> NDArray[np.float32] | None:
        if word not in self._directions:
            vector = self._vocabulary.vector(word)
            length = 0.0 if vector is None else float(np.sqrt(np.dot(vector, vector)))
            self._directions[word] = vector / np.float32(length) if vector is not None and length else None
        return self._directions[word]

    def found(self, word: str, among: Collection[str]) -> float:
        """How well the best of `among` stands for `word`, 0 to 1."""
        own = stem(word)
        best = 0.0
        for other in among:
            if stem(other) == own:
                return 1.0
            if self.cosine(word, other) >= NEAR:
                best = max(best, self.same(word, other))
        return best

    def share(self, words: Iterable[str], among: Iterable[str]) -> float:
        """The weighted share of `words` that is found `among`; 1 where there are none to find."""
        pool, wanted = list(among), list(words)
        whole = sum(map(self.weight, wanted))
        return sum(self.weight(word) * self.found(word, pool) for word in wanted) / whole if whole else 1.0
