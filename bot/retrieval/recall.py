"""Words go in, their vectors come out: each is made when it is first asked for, then read from a table."""

from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

MOST = 8_192  # words; a vector takes about 1 kB

Floats = NDArray[np.float32]


class Recall:
    """Safe to share between threads. A full table is begun anew."""

    def __init__(self, dimensions: int, make: Callable[[Sequence[str]], Floats], most: int = MOST) -> None:
        """`make` gives float32[n, dimensions], the same for a word whatever stands beside it."""
        self._dimensions = dimensions
        self._make = make
        self._most = most
        self._filling = Lock()
        self._known: tuple[dict[str, int], Floats] = self._empty()

    def of(self, words: Sequence[str]) -> Floats:
        """float32[len(words), dimensions]"""
        rows, table = self._known
        try:
            return table[np.array([rows[word] for word in words], dtype=np.int64)]
        except KeyError:
            return self._filled(words)

    def _filled(self, words: Sequence[str]) -> Floats:
        with self._filling:
            rows, table = self._known
            new = [word for word in dict.fromkeys(words) if word not in rows]
            if len(rows) + len(new) > self._most:
                rows, table = self._known = self._empty()
                new = list(dict.fromkeys(words))
            if len(new) > self._most:
                return self._make(words)
            table[len(rows) : len(rows) + len(new)] = self._make(new)
            rows.update({word: place for place, word in enumerate(new, len(rows))})  # the row is there before its number is
            return table[np.array([rows[word] for word in words], dtype=np.int64)]

    def _empty(self) -> tuple[dict[str, int], Floats]:
        return {}, np.zeros((self._most, self._dimensions), dtype=np.float32)
