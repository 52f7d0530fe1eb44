"""The words of two claims go in; how well each of them is met on the other side comes out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bot.consistency.aspects import Aspect, Floats
from bot.consistency.likeness import ALIKE, NEAR, UNRELATED, Likeness, opposites

SYNONYM = 0.85  # how well a word is met by a synonym of everyday rules
Key = TypeVar("Key", int, str)
ROWS_AT_ONCE = 12  # so small a product is not shared among threads, which would cost more than it is worth
DIGITS = 4  # that are looked at: the last ones of a product differ between machines


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Of one side's words [n words], 0 to 1: how well each is met anywhere (`well`, less around the clause; `at_all` without
    that), and by the clause alone (`stated`). `weights` is what each weighs by rarity."""

    aspect: Aspect
    weights: Floats
    well: Floats
    stated: Floats
    at_all: Floats

    def share(self, counts: Floats, met: Floats) -> float:
        """The weighted share of the words that was met; 0 where there are none."""
        weights = counts * self.weights
        whole = float(weights.sum())
        return float(weights @ met) / whole if whole else 0.0

    def mass(self, counts: Floats, met: Floats) -> float:
        return float((counts * self.weights) @ met)


def aligned(first: Aspect, second: Aspect, likeness: Likeness) -> tuple[Met, Met]:
    """Both sides, each held against the other."""
    found = _alike(first, second, likeness)
    return _met(first, second, found, likeness), _met(second, first, found.T, likeness)


def _met(mine: Aspect, other: Aspect, found: Floats, likeness: Likeness) -> Met:
    weights = likeness.weights_of(mine.words)
    well, stated = (found * other.well).max(axis=1, initial=0.0), (found * other.stated).max(axis=1, initial=0.0)
    return Met(mine, weights, well, stated, found.max(axis=1, initial=0.0))


def _alike(first: Aspect, second: Aspect, likeness: Likeness) -> Floats:
    """[n first, n second]: 1 for the same stem, less for synonyms and for words near in meaning, 0 for others."""
    found = alike(products(likeness.directions(first.words), likeness.directions(second.words).T), first.stems, second.stems)
    for i, j in _meetings(first.groups, second.groups):
        found[i, j] = max(SYNONYM, found[i, j])
    return found


def alike(cosines: Floats, first: Sequence[str], second: Sequence[str]) -> Floats:
    """[n first, n second] of cosines and stems: 1 for the same stem, less for words near in meaning, 0 for others."""
    found = np.where(cosines >= NEAR, np.minimum(1.0, (cosines - UNRELATED) / (ALIKE - UNRELATED)), 0.0).astype(np.float32)
    for i, j in zip(*np.nonzero(found), strict=True):
        if opposites(first[i], second[j]):
            found[i, j] = 0.0
    places: dict[str, list[int]] = defaultdict(list)
    for j, one in enumerate(second):
        places[one].append(j)
    for i, one in enumerate(first):
        for j in places.get(one, ()):
            found[i, j] = 1.0
    return found


def products(left: Floats, right: Floats) -> Floats:
    if not len(left):
        return np.zeros((0, right.shape[1]), dtype=np.float32)
    several = [left[start : start + ROWS_AT_ONCE] @ right for start in range(0, len(left), ROWS_AT_ONCE)]
    return np.asarray(np.round(np.concatenate(several), DIGITS))


def _meetings(first: Sequence[Collection[Key]], second: Sequence[Collection[Key]]) -> list[tuple[int, int]]:
    """The pairs of places of which both have a key in common."""
    places: dict[Key, list[int]] = defaultdict(list)
    for j, keys in enumerate(second):
        for key in keys:
            places[key].append(j)
    return [(i, j) for i, keys in enumerate(first) for key in keys for j in places.get(key, ())]
