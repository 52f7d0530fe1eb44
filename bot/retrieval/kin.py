"""Words with their directions in, which of them are related and how closely out; what an earlier index knows is not compared
again.

Words are numbered by the alphabet here, so that what two words are to each other, and which of equals comes first, does not
depend on what else the documents say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.ragged import Ragged
from bot.retrieval.senses import Directions, Floats

UNRELATED = 0.3  # a cosine of two words up to which they have nothing to do with one another
MOST = 32  # words that are kept of each
AT_ONCE = 512  # words that are compared with all others together: bounds the memory of a build
STEPS = 255

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Kin:
    """Row `i` holds the numbers of the words closest to `words[i]`, closest first; `words` rise. `closeness / STEPS` says how
    close they are."""

    words: tuple[str, ...]
    rows: Ragged
    closeness: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A word, another one, and how close they are in steps."""

    rows: Numbers
    columns: Numbers
    steps: Numbers

    def where(self, chosen: NDArray[np.bool_]) -> "Pairs":
        return Pairs(self.rows[chosen], self.columns[chosen], self.steps[chosen])

    def turned(self) -> "Pairs":
        return Pairs(self.columns, self.rows, self.steps)

    def closest(self) -> "Pairs":
        """Of each row at most `MOST`, closest first, ties by column."""
        order = np.lexsort((self.columns, -self.steps, self.rows))
        rows = self.rows[order]
        kept = np.arange(len(rows)) - np.searchsorted(rows, rows, side="left") < MOST
        best = order[kept]
        return Pairs(self.rows[best], self.columns[best], self.steps[best])


def together(parts: Sequence[Pairs]) -> Pairs:
    nothing = np.zeros(0, dtype=np.int64)
    found = [(part.rows, part.columns, part.steps) for part in parts] or [(nothing, nothing, nothing)]
    rows, columns, steps = (np.concatenate(values) for values in zip(*found, strict=True))
    return Pairs(rows, columns, steps)


def related(cosines: Floats) -> Pairs:
    """All pairs that have to do with one another."""
    rows, columns = np.nonzero(cosines > UNRELATED)
    closeness = (cosines[rows, columns] - np.float32(UNRELATED)) / np.float32(1 - UNRELATED)
    return Pairs(rows, columns, np.clip(np.rint(closeness * STEPS), 1, STEPS).astype(np.int64))


def kin_of(words: Sequence[str], directions: Directions, earlier: Kin | None = None) -> Kin:
    """`words` rise; `directions` has a row for each. The same with an `earlier` outcome, of whatever words, and without."""
    if earlier is None:
        found = together([pairs.closest() for pairs in _compared(directions, np.arange(len(words)))])
    else:
        found = _renewed(words, directions, earlier)
    starts = np.concatenate([[0], np.cumsum(np.bincount(found.rows, minlength=len(words)))]).astype(np.int64)
    return Kin(tuple(words), Ragged(found.columns.astype(np.int32), starts), found.steps.astype(np.uint8))


def _renewed(words: Sequence[str], directions: Directions, earlier: Kin) -> Pairs:
    """Only new words are compared, and those that lost one of as many as are kept: who came after it is not known."""
    number = {word: place for place, word in enumerate(words)}
    now = np.array([number.get(word, -1) for word in earlier.words], dtype=np.int64)
    known = Pairs(now[earlier.rows.owners], now[earlier.rows.values], earlier.closeness.astype(np.int64))
    fresh = np.ones(len(words), dtype=np.bool_)
    fresh[now[now >= 0]] = False
    stays = known.rows >= 0
    known, full = known.where(stays), (earlier.rows.lengths[earlier.rows.owners] == MOST)[stays]
    anew = fresh.copy()
    anew[known.rows[full & (known.columns < 0)]] = True
    parts = [known.where((known.columns >= 0) & ~anew[known.rows])]
    for pairs in _compared(directions, np.flatnonzero(anew)):
        turned = pairs.where(fresh[pairs.rows] & ~anew[pairs.columns]).turned()
        parts += [pairs.closest(), turned]
    return together(parts).closest()


def _compared(words: Directions, rows: Numbers) -> Iterator[Pairs]:
    """All pairs of some words with any other, a part at a time."""
    everyone = words.whole().T
    for start in range(0, len(rows), AT_ONCE):
        chosen = rows[start : start + AT_ONCE]
        part = words.take(chosen)
        cosines = (part.whole() @ everyone) / (part.norms[:, None] * words.norms[None, :])
        cosines[np.arange(len(part)), chosen] = 0
        pairs = related(cosines)
        yield Pairs(chosen[pairs.rows], pairs.columns, pairs.steps)
