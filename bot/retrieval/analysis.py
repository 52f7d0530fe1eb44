"""Passages as they were read, texts turned into numbers of words: an index's own files in, what it was made from out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.index import IndexFiles
from bot.retrieval.kin import Kin
from bot.retrieval.ragged import Ragged, spread
from bot.retrieval.relations import read_kin
from bot.retrieval.senses import Directions

TEXTS = ("sentences", "headings")


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Passages as they were read; arrays as in `Shelf`, but for the words that are joined there.

    `words` are numbered in the order of their first use: in a passage's sentences, then in what stands above it. `keys` tells
    the headings apart, `public` the passages that visitors may see. `encoded` are the directions of sentences and headings by
    an owner's encoder.
    """

    words: tuple[str, ...]
    sentences: Ragged
    headings: Ragged
    keys: NDArray[np.uint64]
    first: NDArray[np.int64]
    around: NDArray[np.int32]
    above: NDArray[np.int32]
    public: NDArray[np.bool_]
    encoded: tuple[Directions, Directions] | None = None
    kin: Kin | None = None

    def __len__(self) -> int:
        return len(self.around)


def read_analysis(files: IndexFiles, *, spoken: bool, encoded: bool) -> Analysis:
    """The analysis that an index was made from. `spoken` says whether it is in the language of the word vectors, `encoded`
    whether it was made with an owner's encoder. Raises IndexCorrupt."""
    words = tuple(files.json("words"))
    sentences, headings = (_unjoined(files, name) for name in TEXTS)
    directions = [Directions(files.array(f"{name}.codes"), files.array(f"{name}.norms")) for name in TEXTS if encoded]
    return Analysis(
        words,
        sentences,
        headings,
        files.array("headings.keys"),
        files.array("passages.first"),
        files.array("passages.around"),
        files.array("passages.above"),
        files.array("passages.public"),
        (directions[0], directions[1]) if encoded else None,
        read_kin(files, words) if spoken else None,
    )


def _unjoined(files: IndexFiles, name: str) -> Ragged:
    """Without the joined words, which stand at the end of each row."""
    values, starts, joined = (files.array(f"{name}.{part}") for part in ("words", "starts", "joined"))
    if not joined.any():
        return Ragged(values, starts)
    kept, plain = spread(starts[:-1], starts[1:] - joined)
    return Ragged(values[kept], plain)
