"""Which stems are related by meaning: directions of words in, for each stem the closest others and how close out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.index import IndexFiles
from bot.retrieval.kin import STEPS, Kin, kin_of, related
from bot.retrieval.ragged import Ragged, spread
from bot.retrieval.senses import Directions, Floats, directions


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
        found = related(cosines[None, :]).closest()
        return Related(stems[found.columns].astype(np.int32), found.steps.astype(np.float32) / np.float32(STEPS))

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


def relations_of(
    stem_of: NDArray[np.int32], words: Sequence[str], frequencies: Sequence[float], known: Directions, earlier: Kin | None
) -> Relations:
    """Each stem is compared by its commonest known word. `earlier` is what an earlier index says of whatever words."""
    standing = np.full(int(stem_of.max(initial=-1)) + 1, -1, dtype=np.int32)
    rising = np.flatnonzero(known.norms > 0)
    rising = rising[np.argsort(np.asarray(frequencies)[rising], kind="stable")]
    standing[stem_of[rising]] = rising
    stems = _by_alphabet(standing, words)
    kin = kin_of(_words_of(stems, standing, words), known.take(standing[stems].astype(np.int64)), earlier)
    by_stem = np.argsort(stems)
    lengths = np.zeros(len(standing), dtype=np.int64)
    lengths[stems] = kin.rows.lengths
    places, _ = spread(kin.rows.starts[by_stem], kin.rows.starts[by_stem + 1])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    kept = Ragged(stems[kin.rows.values[places]].astype(np.int32), starts)
    return Relations(kept, kin.closeness[places], standing, known)


def read_kin(files: IndexFiles, words: Sequence[str]) -> Kin:
    """What the relations of an index say of its words, whatever their numbers. Raises IndexCorrupt."""
    standing, starts = files.array("relations.words"), files.array("relations.starts")
    stems = _by_alphabet(standing, words)
    place = np.zeros(len(standing), dtype=np.int32)
    place[stems] = np.arange(len(stems))
    chosen, rows = spread(starts[stems], starts[stems + 1])
    numbers = Ragged(place[files.array("relations.stems")[chosen]], rows)
    return Kin(_words_of(stems, standing, words), numbers, files.array("relations.closeness")[chosen])


def _by_alphabet(standing: NDArray[np.int32], words: Sequence[str]) -> NDArray[np.int64]:
    """The stems that a known word stands for, in the order of these words."""
    stems = np.flatnonzero(standing >= 0).tolist()
    return np.array(sorted(stems, key=lambda stem: words[int(standing[stem])]), dtype=np.int64)


def _words_of(stems: NDArray[np.int64], standing: NDArray[np.int32], words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(words.__getitem__, standing[stems].tolist()))


def read_relations(files: IndexFiles, words: Directions) -> Relations:
    """Raises IndexCorrupt."""
    stems = Ragged(files.array("relations.stems"), files.array("relations.starts"))
    return Relations(stems, files.array("relations.closeness"), files.array("relations.words"), words)
