"""Which stems are related by meaning: directions of words in, for each stem the closest others and how close out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.index import IndexFiles
from bot.retrieval.ragged import Ragged
from bot.retrieval.senses import Directions, Floats, directions

UNRELATED = 0.3  # a cosine of two words up to which they have nothing to do with one another
MOST = 32  # stems that are kept of each
AT_ONCE = 512  # stems that are compared with all others together: bounds the memory of a build
STEPS = 255


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """Some stems, closest first; `closeness` is above 0 and at most 1."""

    stems: NDArray[np.int32]
    closeness: Floats


UNRELATED_TO_ANY = Related(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))


@dataclass(frozen=True, eq=False)
class Relations:
    """Stem `s` is related to the stems in row `s` of `stems`; `closeness / STEPS` says how much. `words` holds the word that
    stands for each stem, -1 where no known word does; `directions` are the lexicon's."""

    stems: Ragged
    closeness: NDArray[np.uint8]
    words: NDArray[np.int32]
    directions: Directions

    def of(self, stem: int) -> Related:
        row = slice(int(self.stems.starts[stem]), int(self.stems.starts[stem + 1]))
        return Related(self.stems.values[row], self.closeness[row].astype(np.float32) / np.float32(STEPS))

    def near(self, vector: Floats) -> Related:
        """The stems related to a word that the documents lack; `vector` is float32[d]."""
        stems, matrix = self._standing
        asked = directions(vector[None, :])
        lengths = matrix.norms * asked.norms[0]
        cosines = (self._matrix @ asked.whole()[0]) / np.where(lengths > 0, lengths, 1)
        _, columns, values = _closest(cosines[None, :])
        return Related(stems[columns].astype(np.int32), values.astype(np.float32) / np.float32(STEPS))

    @cached_property
    def _standing(self) -> tuple[NDArray[np.int64], Directions]:
        stems = np.flatnonzero(self.words >= 0)
        return stems, self.directions.take(self.words[stems].astype(np.int64))

    @cached_property
    def _matrix(self) -> Floats:
        return self._standing[1].whole()

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "relations.stems": self.stems.values,
            "relations.starts": self.stems.starts,
            "relations.closeness": self.closeness,
            "relations.words": self.words,
        }


def relations_of(stem_of: NDArray[np.int32], frequencies: Sequence[float], words: Directions) -> Relations:
    """Each stem is compared by its commonest known word."""
    standing = np.full(int(stem_of.max(initial=-1)) + 1, -1, dtype=np.int32)
    known = np.flatnonzero(words.norms > 0)
    rising = known[np.argsort(np.asarray(frequencies)[known], kind="stable")]
    standing[stem_of[rising]] = rising
    stems = np.flatnonzero(standing >= 0)
    parts = list(_related(words.take(standing[stems].astype(np.int64))))
    rows, columns, values = (np.concatenate([part[i] for part in parts]) if parts else np.zeros(0, np.int64) for i in range(3))
    counts = np.bincount(stems[rows], minlength=len(standing))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Relations(Ragged(stems[columns].astype(np.int32), starts), values.astype(np.uint8), standing, words)


def _related(words: Directions) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    everyone = words.whole().T
    for start in range(0, len(words), AT_ONCE):
        part = words.take(np.arange(start, min(start + AT_ONCE, len(words))))
        cosines = (part.whole() @ everyone) / (part.norms[:, None] * words.norms[None, :])
        cosines[np.arange(len(part)), start + np.arange(len(part))] = 0
        rows, columns, values = _closest(cosines)
        yield rows + start, columns, values


def _closest(cosines: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rows, columns and values (in steps) of at most `MOST` related columns of each row, closest first, ties by column."""
    rows, columns = np.nonzero(cosines > UNRELATED)
    closeness = (cosines[rows, columns] - np.float32(UNRELATED)) / np.float32(1 - UNRELATED)
    values = np.clip(np.rint(closeness * STEPS), 1, STEPS).astype(np.int64)
    order = np.lexsort((columns, -values, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.searchsorted(rows, rows, side="left")
    kept = np.arange(len(rows)) - first < MOST
    return rows[kept], columns[kept], values[kept]


def read_relations(files: IndexFiles, words: Directions) -> Relations:
    """Raises IndexCorrupt."""
    stems = Ragged(files.array("relations.stems"), files.array("relations.starts"))
    return Relations(stems, files.array("relations.closeness"), files.array("relations.words"), words)
