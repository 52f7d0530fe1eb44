"""Words that the documents write both as one and as two: rows of word numbers in, the same with the joined word out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.ragged import Ragged
from bot.retrieval.spelling import splits

SHORTEST = 5  # letters of a joined word; shorter ones ("into", "a way") are two words by chance


class Compounds:
    """Pairs of word numbers that are, run together, another word of the documents."""

    def __init__(self, words: Sequence[str]) -> None:
        numbers = {word: number for number, word in enumerate(words)}
        found = {
            (numbers[left] << 32) | numbers[right]: numbers[word]
            for word in words
            if len(word) >= SHORTEST
            for left, right in splits(word, numbers.__contains__)
        }
        self._pairs = np.array(sorted(found), dtype=np.int64)
        self._joined = np.array([found[pair] for pair in sorted(found)], dtype=np.int32)
        self._first = np.zeros(len(words), dtype=np.bool_)
        self._first[self._pairs >> 32] = True

    def added(self, texts: Ragged) -> tuple[Ragged, NDArray[np.unsignedinteger]]:
        """Each row with the joined form of every such pair at its end, so that no two neighbours are parted; and how many
        these are, in the smallest type that holds them."""
        at, words = self._met(texts.values)
        rows = np.searchsorted(texts.starts, at, side="right") - 1
        within = at + 1 < texts.starts[rows + 1]
        rows = rows[within]
        values = np.insert(texts.values, texts.starts[rows + 1], words[within])
        joined = np.bincount(rows, minlength=len(texts))
        more = np.concatenate([[0], np.cumsum(joined)])
        return Ragged(values, texts.starts + more), joined.astype(np.min_scalar_type(joined.max(initial=0)))

    def _met(self, values: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Where a pair stands in the flat array, and its joined word."""
        at = np.flatnonzero(self._first[values[:-1]])
        pairs = (values[at].astype(np.int64) << 32) | values[at + 1]
        places = np.minimum(np.searchsorted(self._pairs, pairs), max(len(self._pairs) - 1, 0))
        met = self._pairs[places] == pairs if len(self._pairs) else np.zeros(0, dtype=np.bool_)
        return at[met], self._joined[places[met]]
