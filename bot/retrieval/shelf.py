"""The words of every passage by number: passages in, the words of their sentences and headings out, without any text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.index import IndexFiles
from bot.retrieval.ragged import Ragged, spread


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """`sentences` and `headings` hold word numbers. Passage `p` has the sentences `first[p]` to `first[p + 1]`; `around[p]` is
    the row in `headings` of all that stands above it, `above[p]` of the heading right above it. A heading that several
    passages share is held once; row 0 is the empty one. `sizes[p]` counts the passage's words, its headings' included."""

    sentences: Ragged
    headings: Ragged
    first: NDArray[np.int64]
    around: NDArray[np.int32]
    above: NDArray[np.int32]
    sizes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.sizes)

    def open(self, positions: NDArray[np.int64]) -> "Opened":
        sentences, starts = spread(self.first[positions], self.first[positions + 1])
        return Opened(
            sentences,
            starts,
            self.sentences.take(sentences),
            self.headings.take(self.around[positions].astype(np.int64)),
            self.headings.take(self.above[positions].astype(np.int64)),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "sentences.words": self.sentences.values,
            "sentences.starts": self.sentences.starts,
            "headings.words": self.headings.values,
            "headings.starts": self.headings.starts,
            "passages.first": self.first,
            "passages.around": self.around,
            "passages.above": self.above,
            "passages.sizes": self.sizes,
        }


@dataclass(frozen=True, eq=False)
class Opened:
    """Some passages: `rows` are the numbers of their sentences, those of the i-th passage at `starts[i]:starts[i + 1]`;
    `words` has a row of word numbers for each of the sentences, `around` and `above` for each of the passages."""

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    words: Ragged
    around: Ragged
    above: Ragged

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def bodies(self) -> Ragged:
        """A row of word numbers for each passage: its sentences, one after another."""
        return Ragged(self.words.values, self.words.starts[self.starts])


def read_shelf(files: IndexFiles) -> Shelf:
    """Raises IndexCorrupt."""
    return Shelf(
        Ragged(files.array("sentences.words"), files.array("sentences.starts")),
        Ragged(files.array("headings.words"), files.array("headings.starts")),
        files.array("passages.first"),
        files.array("passages.around"),
        files.array("passages.above"),
        files.array("passages.sizes"),
    )
