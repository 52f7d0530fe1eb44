"""Word vectors: words and texts in, directions of meaning out, so that related words meet without shared letters.

Core: no I/O. The arrays come from `bot.resources`, and `benchmarks/fit_meaning.py` fits them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.retrieval.recall import Recall
from knowledge.text import words as words_of

AT_ONCE = 2048  # texts, or words to guess: bounds the memory
ZERO, LARGEST, CLIP = 8, 7, 2.8  # four-bit components run from -7 to 7, stored from 1 to 15
GRAM_LENGTHS = range(3, 7)


class Encoder(Protocol):
    """The seam for a stronger encoder."""

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32[len(texts), dimensions]; rows of unit length, or of zeros where nothing of a text is known."""


class OwnEncoder(Encoder, Protocol):
    """An owner's encoder, which stands in for the shipped word vectors where whole texts are compared."""

    @property
    def fingerprint(self) -> str:
        """Another one wherever the directions would be others: an index is only good for the encoder that built it."""


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Vectors at four bits a component: the lower half of a byte belongs to the first d/2 components, the upper half to the
    rest; a component is `(half - 8) * scale` of its row."""

    codes: NDArray[np.uint8]  # [n, d / 2]
    scales: NDArray[np.float32]  # [n]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def dimensions(self) -> int:
        return 2 * int(self.codes.shape[1])

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """float32[len(rows), d]"""
        return unpacked(self.codes[rows], self.scales[rows])


@dataclass(frozen=True, slots=True, eq=False)
class VectorTable:
    """The arrays behind `WordVectors`.

    The first words have a row of `vectors`, whose length says how much the word adds to a text: about 1 for a rare one. The
    vector of any other word is guessed from the rows of `grams`, one for each hash of a run of letters. `frequencies` is log10
    of the occurrences among a billion words, 0 for what is no word of everyday English (a name, a term of one subject).
    """

    words: tuple[str, ...]
    frequencies: NDArray[np.float32]  # [len(words)]
    vectors: Packed  # at most len(words) rows
    grams: Packed


class WordVectors:
    """Immutable but for what it remembers; safe to share between threads, and the same result at any number of them."""

    def __init__(self, table: VectorTable) -> None:
        self._table = table
        self._recall = Recall(self.dimensions, self.vectors)
        self._row = {word: row for row, word in enumerate(table.words)}

    @property
    def dimensions(self) -> int:
        return self._table.vectors.dimensions

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
        """float32[d], its length the word's weight; None for a word that the table does not list."""
        return self.vectors([word])[0] if word in self else None

    def vectors(self, words: Iterable[str]) -> NDArray[np.float32]:
        """float32[n, d], lengths as in `vector`. A word that is not listed gets what its letters suggest (ask `word in
        vectors` where that is too little); a number gets zeros, because 24 is not nearly 48."""
        asked = list(words)
        rows = np.array([self._row.get(word, len(self._row)) for word in asked], dtype=np.int64)
        trained = rows < len(self._table.vectors)
        found = np.zeros((len(asked), self.dimensions), dtype=np.float32)
        found[trained] = self._table.vectors.take(rows[trained])
        guessed = [i for i in np.flatnonzero(~trained) if is_lettered(asked[i])]
        if guessed:
            found[guessed] = self._guessed([asked[i] for i in guessed])
        return found

    def recalled(self, words: Sequence[str]) -> NDArray[np.float32]:
        """`vectors`, remembered for the next question."""
        return self._recall.of(words)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32[len(texts), d]: the sum of a text's word vectors, at unit length; zeros where there is no word."""
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), AT_ONCE):
            found[start : start + AT_ONCE] = self._summed(texts[start : start + AT_ONCE])
        return unit(found)

    def _summed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) == 1:
            return np.add.reduce(self.recalled(words_of(texts[0])), axis=0, keepdims=True)
        split = [words_of(text) for text in texts]
        number = {word: i for i, word in enumerate(dict.fromkeys(word for words in split for word in words))}
        vectors = self.vectors(number)
        return _sums(vectors, [[number[word] for word in words] for words in split])

    def _guessed(self, words: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(words), self.dimensions), dtype=np.float32)
        for start in range(0, len(words), AT_ONCE):
            groups = [gram_rows(word, len(self._table.grams)) for word in words[start : start + AT_ONCE]]
            needed = sorted({row for group in groups for row in group})
            number = {row: i for i, row in enumerate(needed)}
            vectors = self._table.grams.take(np.array(needed, dtype=np.int64))
            found[start : start + AT_ONCE] = _sums(vectors, [[number[row] for row in group] for group in groups])
        return unit(found)


def is_lettered(word: str) -> bool:
    return word[:1].isalpha()


def gram_rows(word: str, buckets: int) -> list[int]:
    """The buckets of a word's runs of three to six letters, its borders included."""
    bordered = f"<{word}>"
    runs = (bordered[i : i + n] for n in GRAM_LENGTHS for i in range(len(bordered) - n + 1))
    return [crc32(run.encode()) % buckets for run in runs]


def _sums(vectors: NDArray[np.float32], groups: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """For each group the sum of its rows of `vectors`, added one after the other."""
    rows = [row for group in groups for row in group]
    starts = np.cumsum([0, *map(len, groups)])
    chosen = csr_matrix((np.ones(len(rows), dtype=np.float32), rows, starts), shape=(len(groups), len(vectors)))
    sums: NDArray[np.float32] = chosen @ vectors
    return sums


def unpacked(codes: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32[n, d] from uint8[n, d / 2] and float32[n]; see `Packed`."""
    half = codes.shape[1]
    vectors = np.empty((len(codes), 2 * half), dtype=np.float32)
    vectors[:, :half] = codes & 15
    vectors[:, half:] = codes >> 4
    vectors -= ZERO
    vectors *= scales[:, None]
    return vectors


def packed(vectors: NDArray[np.float32]) -> Packed:
    """What loses least: components are clipped at 2.8 times their row's root mean square."""
    step = CLIP / LARGEST * np.sqrt(np.mean(vectors * vectors, axis=1, keepdims=True))
    whole = np.clip(np.rint(vectors / np.maximum(step, 1e-12)), -LARGEST, LARGEST)
    scales = np.sum(whole * vectors, axis=1) / np.maximum(np.sum(whole * whole, axis=1), 1)
    halves = (whole + ZERO).astype(np.uint8)
    half = vectors.shape[1] // 2
    return Packed(halves[:, :half] | halves[:, half:] << 4, scales.astype(np.float32))


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows at unit length; rows of zeros stay."""
    lengths = np.sqrt(np.add.reduce(vectors * vectors, axis=1, keepdims=True))
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
