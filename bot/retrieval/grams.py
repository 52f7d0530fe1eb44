"""Runs of letters in the documents' words: a question's words in, how alike each word of the documents is written out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.retrieval.index import IndexFiles
from bot.retrieval.ragged import Ragged, ragged, spread
from bot.retrieval.shelf import Shelf
from bot.retrieval.terms import is_exact

AT_ONCE = 20_000  # passages measured together: bounds the memory of a build
SIZES = (3, 4)  # letters in a run; a word's edge counts as one


@lru_cache(maxsize=4096)
def runs(word: str) -> Counter[str]:
    """The runs of a word between its edges. What holds a digit has none: it is never matched by likeness."""
    if is_exact(word):
        return Counter()
    edged = f" {word} "
    return Counter(edged[i : i + size] for size in SIZES for i in range(len(edged) - size + 1))


@dataclass(frozen=True, eq=False)
class Grams:
    """Run `g` is in the words `words[g]`, as often as `counts` says there; `rarity[g]` is its inverse document frequency."""

    texts: tuple[str, ...]
    words: Ragged
    counts: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    held: int  # words in the lexicon

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {text: number for number, text in enumerate(self.texts)}

    def likeness(self, asked: Sequence[str]) -> NDArray[np.float32]:
        """float32[held]: the product of the question's run vector (unit length) with that of each word."""
        counted: Counter[str] = Counter()
        for word in asked:
            counted.update(runs(word))
        numbered = [(self.numbers[text], count) for text, count in counted.items() if text in self.numbers]
        if not numbered:
            return np.zeros(self.held, dtype=np.float32)
        runs_met, counts = np.array(numbered, dtype=np.int64).T
        rarity = self.rarity[runs_met].astype(np.float64)
        length = np.sqrt(np.add.reduce((counts * rarity) ** 2))
        places, starts = spread(self.words.starts[runs_met], self.words.starts[runs_met + 1])
        steps = np.repeat(counts * rarity * rarity / length, np.diff(starts)) * self.counts[places]
        return np.bincount(self.words.values[places], steps, minlength=self.held).astype(np.float32)

    def alike(self, word: str, most: int, among: NDArray[np.bool_]) -> list[int]:
        """The at most `most` words of those `among` (bool[held]) that share the largest part of their runs with `word`; ties by
        number."""
        found = self.likeness([word])
        met = np.flatnonzero((found > 0) & among)
        shares = found[met] / np.maximum(self.word_lengths[met], np.float32(1e-6))
        best: list[int] = met[np.lexsort((met, -np.round(shares, 5)))][:most].tolist()
        return best

    @cached_property
    def word_lengths(self) -> NDArray[np.float32]:
        """The length of each word's own run vector."""
        parts = (self.counts * np.repeat(self.rarity, self.words.lengths)).astype(np.float64) ** 2
        return np.sqrt(np.bincount(self.words.values, parts, minlength=self.held)).astype(np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "grams.words": self.words.values,
            "grams.starts": self.words.starts,
            "grams.counts": self.counts,
            "grams.rarity": self.rarity,
        }

    def lengths(self, shelf: Shelf) -> NDArray[np.float32]:
        """The length of each passage's run vector, its headings included."""
        rows, columns = self.words.values, self.words.owners
        matrix = csr_matrix((self.counts * self.rarity[columns], (rows, columns)), shape=(self.held, len(self.texts)))
        found = np.zeros(len(shelf), dtype=np.float32)
        for start in range(0, len(shelf), AT_ONCE):
            positions = np.arange(start, min(start + AT_ONCE, len(shelf)))
            opened = shelf.open(positions)
            words = np.concatenate([opened.bodies.values, opened.around.values])
            owners = np.concatenate([opened.bodies.owners, opened.around.owners])
            counted = csr_matrix((np.ones(len(words), dtype=np.float32), (owners, words)), shape=(len(positions), self.held))
            product = counted @ matrix
            found[positions] = np.sqrt(Ragged(product.data**2, product.indptr.astype(np.int64)).sums())
        return found


def grams_of(words: Sequence[str], passages_with: NDArray[np.int32], passages: int) -> Grams:
    """`passages_with[w]` counts the passages that hold word `w`; a run's rarity follows from its words' as if independent."""
    rows: dict[str, list[int]] = {}
    counts: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        for text, count in runs(word).items():
            rows.setdefault(text, []).append(number)
            counts.setdefault(text, []).append(count)
    found = ragged(rows.values())
    missing = np.log1p(-np.minimum(passages_with / max(passages, 1), 0.999999))
    held = passages * (1 - np.exp(found.sums(missing[found.values])))
    rarity = np.log((passages + 1) / (held + 1)) + 1  # scikit-learn's smooth inverse document frequency
    flat = np.array([count for row in counts.values() for count in row], dtype=np.uint8)
    return Grams(tuple(rows), found, flat, rarity.astype(np.float32), len(words))


def read_grams(files: IndexFiles, held: int) -> Grams:
    """Raises IndexCorrupt."""
    words = Ragged(files.array("grams.words"), files.array("grams.starts"))
    return Grams(tuple(files.json("grams")), words, files.array("grams.counts"), files.array("grams.rarity"), held)
