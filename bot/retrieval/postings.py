"""Where each stem stands: a stem in, the passages that hold it out, those that it says most about first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.index import IndexFiles

SATURATION = 1.2  # BM25's k1
LENGTH_SHARE = 0.75  # BM25's b
STEPS = 255  # an impact is kept in so many steps of its largest possible value


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Stem `s` stands in `passages[starts[s]:starts[s + 1]]`, ordered by falling impact, then by position.

    `impacts / STEPS` is BM25's term weight without the rarity: tf / (tf + k1 (1 - b + b length / mean length)).
    """

    passages: NDArray[np.int32]
    impacts: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def of(self, stem: int, most: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """At most `most` passages and their impacts, from 0 to 1."""
        start = int(self.starts[stem])
        end = min(start + most, int(self.starts[stem + 1]))
        return self.passages[start:end], self.impacts[start:end].astype(np.float32) / np.float32(STEPS)

    def passages_of(self, stem: int) -> NDArray[np.int32]:
        """All the passages that hold a stem."""
        return self.passages[self.starts[stem] : self.starts[stem + 1]]

    def holders(self, stem: int) -> int:
        """How many passages hold a stem."""
        return int(self.starts[stem + 1] - self.starts[stem])

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"postings.passages": self.passages, "postings.impacts": self.impacts, "postings.starts": self.starts}


def impact(counts: NDArray[np.float64], sizes: NDArray[np.float64], mean_size: float) -> NDArray[np.float64]:
    """BM25's saturated term frequency, 0 to 1 (Robertson and Zaragoza 2009, equation 3.15, without the factor k1 + 1)."""
    return counts / (counts + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * sizes / max(mean_size, 1.0)))


def keys_of(stems: NDArray[np.int64], passages: NDArray[np.int64], impacts: NDArray[np.float64]) -> NDArray[np.int64]:
    """One number for each passage that holds a stem; they sort by stem, falling impact and position."""
    falling = STEPS - np.clip(np.rint(impacts * STEPS), 1, STEPS).astype(np.int64)
    found: NDArray[np.int64] = (stems << 40) | (falling << 32) | passages
    return found


def order_postings(parts: Iterable[NDArray[np.int64]], count: int) -> Postings:
    """Postings of `count` stems out of `keys_of` in any order."""
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
    keys.sort()
    starts = np.searchsorted(keys, np.arange(count + 1, dtype=np.int64) << 40).astype(np.int64)
    impacts = (STEPS - ((keys >> 32) & 0xFF).astype(np.int16)).astype(np.uint8)
    return Postings((keys & 0xFFFFFFFF).astype(np.int32), impacts, starts)


def read_postings(files: IndexFiles) -> Postings:
    """Raises IndexCorrupt."""
    return Postings(files.array("postings.passages"), files.array("postings.impacts"), files.array("postings.starts"))
