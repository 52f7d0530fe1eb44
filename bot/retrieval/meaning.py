"""Word vectors: words and texts in, directions of meaning out, so that related words meet without shared letters.

Core: no I/O. The arrays come from `bot.resources`, and `benchmarks/fit_meaning.py` fits them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.text import words as words_of

TEXTS_AT_ONCE = 512  # bounds the memory of `encode`
ZERO, LARGEST, CLIP = 8, 7, 2.8  # four-bit components run from -7 to 7, stored from 1 to 15


class Encoder(Protocol):
    """The seam for a stronger encoder."""

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32[len(texts), dimensions]; rows of unit length, or of zeros where nothing of a text is known."""


@dataclass(frozen=True, slots=True, eq=False)
class VectorTable:
    """The arrays behind `WordVectors`; row i is the vector of `words[i]`, and its length says how much the word adds to a text.

    A byte of `codes` holds two components of four bits: the lower half belongs to the first d/2, the upper half to the rest;
    a component is `(half - 8) * scales[i]`. `frequencies` is log10 of the occurrences among a billion words, 0 for what is no
    word of everyday English (a name, a term that only the training texts hold).
    """

    words: tuple[str, ...]
    codes: NDArray[np.uint8]  # [n, d / 2]
    scales: NDArray[np.float32]  # [n]
    frequencies: NDArray[np.float32]  # [n]


class WordVectors:
    """Immutable; safe to share between threads, and the same result at any number of them."""

    def __init__(self, table: VectorTable) -> None:
        self._table = table
        self._row = {word: row for row, word in enumerate(table.words)}

    @property
    def dimensions(self) -> int:
        return 2 * int(self._table.codes.shape[1])

    @property
    def words(self) -> tuple[str, ...]:
        return self._table.words

    def __contains__(self, word: str) -> bool:
        return word in self._row

    def frequency(self, word: str) -> float:
        """log10 of the occurrences among a billion words; 0.0 where `word` is no real word."""
        row = self._row.get(word)
        return 0.0 if row is None else float(self._table.frequencies[row])

    def is_word(self, word: str) -> bool:
        return self.frequency(word) > 0

    def vector(self, word: str) -> NDArray[np.float32] | None:
        """float32[d], its length the word's weight; None for a word that the table does not hold."""
        row = self._row.get(word)
        return None if row is None else self._decoded(np.array([row]))[0]

    def vectors(self, words: Iterable[str]) -> NDArray[np.float32]:
        """float32[n, d], lengths as in `vector`; zeros for words that the table does not hold."""
        rows = np.array([self._row.get(word, -1) for word in words], dtype=np.int64)
        found = self._decoded(rows)
        found[rows < 0] = 0
        return found

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32[len(texts), d]: the sum of a text's word vectors, at unit length; zeros where no word is known."""
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            found[start : start + TEXTS_AT_ONCE] = self._summed(texts[start : start + TEXTS_AT_ONCE])
        return unit(found)

    def _summed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = [[self._row[word] for word in words_of(text) if word in self._row] for text in texts]
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        filled = [i for i, rows in enumerate(known) if rows]
        if filled:
            lengths = [len(known[i]) for i in filled]
            starts = np.cumsum([0, *lengths[:-1]])
            vectors = self._decoded(np.array([row for i in filled for row in known[i]]))
            sums[filled] = np.add.reduceat(vectors, starts, axis=0)
        return sums

    def _decoded(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return unpacked(self._table.codes[rows], self._table.scales[rows])


def unpacked(codes: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32[n, d] from packed uint8[n, d / 2] and scales float32[n]; see `VectorTable`."""
    half = codes.shape[1]
    vectors = np.empty((len(codes), 2 * half), dtype=np.float32)
    vectors[:, :half] = codes & 15
    vectors[:, half:] = codes >> 4
    vectors -= ZERO
    vectors *= scales[:, None]
    return vectors


def packed(vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The codes and scales that lose least: components are clipped at 2.8 times their row's root mean square."""
    step = CLIP / LARGEST * np.sqrt(np.mean(vectors * vectors, axis=1, keepdims=True))
    whole = np.clip(np.rint(vectors / np.maximum(step, 1e-12)), -LARGEST, LARGEST)
    scales = np.sum(whole * vectors, axis=1) / np.maximum(np.sum(whole * whole, axis=1), 1)
    halves = (whole + ZERO).astype(np.uint8)
    half = vectors.shape[1] // 2
    return halves[:, :half] | halves[:, half:] << 4, scales.astype(np.float32)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows at unit length; rows of zeros stay."""
    lengths = np.sqrt(np.add.reduce(vectors * vectors, axis=1, keepdims=True))
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
