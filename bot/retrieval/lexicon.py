"""The words of a release: a word in, its number, its stem and how telling it is out."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.index import IndexFiles
from bot.retrieval.ragged import Ragged, grouped
from knowledge.text import stems as stems_of


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words and stems are numbered in the order in which the documents first use them.

    `seen[p]` says whether passage `p` counts, `held[w]` whether word `w` stands in one that does; `passages_with[s]` counts
    those that hold stem `s`.
    """

    lang: str
    words: tuple[str, ...]
    stem_of: NDArray[np.int32]
    passages_with: NDArray[np.int32]
    held: NDArray[np.bool_]
    seen: NDArray[np.bool_]

    @cached_property
    def passages(self) -> int:
        """How many passages count."""
        return int(np.count_nonzero(self.seen))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The words that are held, with their numbers."""
        return {self.words[number]: number for number in np.flatnonzero(self.held).tolist()}

    @cached_property
    def stem_numbers(self) -> dict[str, int]:
        """From the text of a stem that is held to its number."""
        stems = stems_of(self.numbers, self.lang)
        return dict(zip(stems, self.stem_of[list(self.numbers.values())].tolist(), strict=True))

    @cached_property
    def words_of_stem(self) -> Ragged:
        return grouped(self.stem_of.astype(np.int64), len(self.passages_with))

    def __contains__(self, word: str) -> bool:
        return word in self.numbers

    def stem(self, word: str) -> int | None:
        """The number of the word's stem, None where it is not held."""
        number = self.numbers.get(word)
        if number is not None:
            return int(self.stem_of[number])
        return self.stem_numbers.get(stems_of([word], self.lang)[0]) if word else None

    def holders(self, word: str) -> int:
        """How many passages hold the word's stem."""
        stem = self.stem(word)
        return 0 if stem is None else int(self.passages_with[stem])

    def rarity(self, passages_with: int) -> float:
        """BM25's inverse document frequency as Lucene has it (never negative), of a word that so many passages hold."""
        return math.log(1 + (self.passages - passages_with + 0.5) / (passages_with + 0.5))

    @cached_property
    def rarities(self) -> NDArray[np.float32]:
        """`rarity` of every stem."""
        held = self.passages_with.astype(np.float64)
        return np.log(1 + (self.passages - held + 0.5) / (held + 0.5)).astype(np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"words.stems": self.stem_of, "stems.passages": self.passages_with}


def whole_lexicon(
    lang: str, passages: int, words: tuple[str, ...], stem_of: NDArray[np.int32], passages_with: NDArray[np.int32]
) -> Lexicon:
    """The lexicon of all passages."""
    held, seen = np.ones(len(words), dtype=np.bool_), np.ones(passages, dtype=np.bool_)
    return Lexicon(lang, words, stem_of, passages_with, held, seen)


def read_lexicon(files: IndexFiles, lang: str, passages: int) -> Lexicon:
    """Of all passages. Raises IndexCorrupt."""
    words = tuple(files.json("words"))
    return whole_lexicon(lang, passages, words, files.array("words.stems"), files.array("stems.passages"))
