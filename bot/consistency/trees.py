"""Boosted decision trees: a matrix of signals goes in, the probability that each row is of the kind looked for comes out.

Friedman, "Greedy function approximation: a gradient boosting machine", 2001. They are fitted by `benchmarks/fit_conflicts.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROWS_AT_ONCE = 4096  # bounds the memory
LEAF = -1  # in place of a signal's number
FIELDS = ("signal", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """`nodes` [trees, nodes, FIELDS] holds for each node the number of the signal that it asks for, LEAF at a leaf; up to which
    value a row goes left; the nodes to its left and right; and what a leaf adds. `bias` is where every row begins."""

    nodes: Floats
    bias: float

    def probabilities(self, rows: Floats) -> Floats:
        """[n] of [n, signals]."""
        if not len(rows):
            return np.zeros(0)
        return np.asarray(1 / (1 + np.exp(-np.concatenate(list(self._margins(rows))))))

    def _margins(self, rows: Floats) -> Iterator[Floats]:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            yield self.bias + self._added(rows[start : start + ROWS_AT_ONCE])

    def _added(self, rows: Floats) -> Floats:
        """The sum of the leaves that each row comes to."""
        count, trees = len(rows), np.arange(len(self.nodes))
        signal, threshold, left, right, value = (self.nodes[:, :, k] for k in range(len(FIELDS)))
        at = np.zeros((count, len(trees)), dtype=np.int64)
        row = np.arange(count)[:, None]
        while True:
            asked = signal[trees, at].astype(np.int64)
            if (asked == LEAF).all():
                return np.asarray(value[trees, at].sum(axis=1))
            goes_left = rows[row, np.maximum(asked, 0)] <= threshold[trees, at]
            below = np.where(goes_left, left[trees, at], right[trees, at]).astype(np.int64)
            at = np.where(asked == LEAF, at, below)
