"""Directions of meaning of a release's words, sentences and headings: word numbers in, cosines with a question out.

Every direction is kept in half a byte a dimension, as whole numbers from -7 to 7. Sums of products of such numbers stay below
2**24, so float32 adds them without rounding, in any order: a cosine is the same on every machine and at any number of threads.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.retrieval.index import IndexFiles
from bot.retrieval.meaning import packed, unpacked
from bot.retrieval.ragged import Ragged
from bot.retrieval.shelf import Shelf

FEW = 4_096  # directions that are kept as they are compared, at 1 kB each
AT_ONCE = 20_000  # texts that are summed together: bounds the memory of a build

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Directions:
    """Row `i` points along the whole numbers that `codes[i]` holds (packed as in `bot.retrieval.meaning`), whose Euclidean
    length is `norms[i]`; 0 for a text of which nothing is known. `read` is `whole` made beforehand."""

    codes: NDArray[np.uint8]
    norms: Floats
    read: Floats | None = None

    def __len__(self) -> int:
        return len(self.norms)

    def take(self, rows: NDArray[np.int64]) -> "Directions":
        return Directions(self.codes[rows], self.norms[rows], None if self.read is None else self.read[rows])

    def part(self, rows: slice) -> "Directions":
        return Directions(self.codes[rows], self.norms[rows])

    def whole(self) -> Floats:
        """float32[n, d] of whole numbers."""
        return self.read if self.read is not None else unpacked(self.codes, np.ones(len(self), dtype=np.float32))

    def ready(self) -> "Directions":
        """The same, read beforehand where they are few."""
        return Directions(self.codes, self.norms, self.whole()) if len(self) <= FEW else self

    def cosines(self, others: "Directions") -> Floats:
        """float32[len(self), len(others)]; 0 where either side is unknown."""
        products = self.whole() @ others.whole().T
        lengths = self.norms[:, None] * others.norms[None, :]
        found: Floats = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
        return found


def directions(vectors: Floats) -> Directions:
    """The directions of float32[n, d]; a vector's length is let go."""
    codes = packed(vectors).codes
    return Directions(codes, lengths_of(unpacked(codes, np.ones(len(codes), dtype=np.float32))))


def lengths_of(vectors: Floats) -> Floats:
    found: Floats = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """`lengths` says how much a sentence adds to its passage; `passages` is the length of what a passage's sentences add up
    to. Words and headings are numbered as in the lexicon and on the shelf."""

    words: Directions
    sentences: Directions
    headings: Directions
    lengths: Floats
    passages: Floats

    @property
    def dimensions(self) -> int:
        """Of the directions of sentences and headings."""
        return 2 * int(self.sentences.codes.shape[1])

    def arrays(self) -> dict[str, NDArray[Any]]:
        parts = {"words": self.words, "sentences": self.sentences, "headings": self.headings}
        found: dict[str, NDArray[Any]] = {f"{name}.codes": part.codes for name, part in parts.items()}
        found |= {f"{name}.norms": part.norms for name, part in parts.items()}
        return found | {"sentences.lengths": self.lengths, "passages.lengths": self.passages}


def senses_of(shelf: Shelf, words: Floats) -> Senses:
    """The sums of word vectors: `words` is float32[words, d], zeros for what is no known word."""
    sentences, lengths = _summed(shelf.sentences, words)
    headings, _ = _summed(shelf.headings, words)
    return Senses(directions(words), sentences, headings, lengths, _passage_lengths(shelf, sentences, lengths))


def senses_of_texts(shelf: Shelf, words: Floats, sentences: Directions, headings: Directions) -> Senses:
    """Directions that an encoder gave to whole texts; each sentence adds as much to its passage."""
    lengths = np.ones(len(sentences), dtype=np.float32)
    return Senses(directions(words), sentences, headings, lengths, _passage_lengths(shelf, sentences, lengths))


def _summed(texts: Ragged, words: Floats) -> tuple[Directions, Floats]:
    found = Directions(np.zeros((len(texts), words.shape[1] // 2), dtype=np.uint8), np.zeros(len(texts), dtype=np.float32))
    lengths = np.zeros(len(texts), dtype=np.float32)
    for start in range(0, len(texts), AT_ONCE):
        starts = texts.starts[start : start + AT_ONCE + 1]
        columns = texts.values[starts[0] : starts[-1]]
        shape = (len(starts) - 1, len(words))
        sums = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, starts - starts[0]), shape=shape) @ words
        part = directions(sums)
        rows = slice(start, start + len(part))
        found.codes[rows], found.norms[rows], lengths[rows] = part.codes, part.norms, lengths_of(sums)
    return found, lengths


def _passage_lengths(shelf: Shelf, sentences: Directions, lengths: Floats) -> Floats:
    found = np.zeros(len(shelf), dtype=np.float32)
    for start in range(0, len(shelf), AT_ONCE):
        first = shelf.first[start : start + AT_ONCE + 1]
        rows = slice(int(first[0]), int(first[-1]))
        shares = np.divide(
            lengths[rows], sentences.norms[rows], out=np.zeros_like(lengths[rows]), where=sentences.norms[rows] > 0
        )
        sums = Ragged(sentences.take(np.arange(rows.start, rows.stop)).whole() * shares[:, None], first - first[0]).sums()
        found[start : start + len(sums)] = lengths_of(sums)
    return found


def read_senses(files: IndexFiles) -> Senses:
    """Raises IndexCorrupt."""
    words, sentences, headings = (
        Directions(files.array(f"{name}.codes"), files.array(f"{name}.norms")) for name in ("words", "sentences", "headings")
    )
    return Senses(words, sentences.ready(), headings.ready(), files.array("sentences.lengths"), files.array("passages.lengths"))
