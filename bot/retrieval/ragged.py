"""Rows of unequal length in two flat arrays: row numbers in, their values and row-wise reductions out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Ragged:
    """Row `i` is `values[starts[i]:starts[i + 1]]`; `starts` has one more element than there are rows."""

    values: NDArray[Any]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> NDArray[Any]:
        return self.values[self.starts[number] : self.starts[number + 1]]

    def take(self, rows: NDArray[np.int64]) -> "Ragged":
        """The given rows, in the given order, copied."""
        positions, starts = spread(self.starts[rows], self.starts[rows + 1])
        return Ragged(self.values[positions], starts)

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """The row of each value."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def sums(self, values: NDArray[Any] | None = None) -> NDArray[Any]:
        """Row sums of `values` (the own ones by default; shape [len(self.values), ...]); 0 for empty rows."""
        return self._reduced(np.add, self.values if values is None else values)

    def maxima(self, values: NDArray[Any] | None = None) -> NDArray[Any]:
        """Row maxima of non-negative `values`; 0 for empty rows."""
        return self._reduced(np.maximum, self.values if values is None else values)

    def _reduced(self, how: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        found = np.zeros((len(self), *values.shape[1:]), dtype=values.dtype)
        filled = self.lengths > 0
        if filled.any():
            found[filled] = how.reduceat(values, self.starts[:-1][filled], axis=0)
        return found


def spread(first: NDArray[np.int64], last: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of the ranges `first[i]:last[i]`, one after another, and where each range starts among them."""
    starts = np.zeros(len(first) + 1, dtype=np.int64)
    np.cumsum(last - first, out=starts[1:])
    return np.arange(starts[-1]) + np.repeat(first - starts[:-1], last - first), starts


def grouped(groups: NDArray[np.int64], count: int) -> Ragged:
    """Row `g` holds, in rising order, the positions at which `groups` is `g`, for `g` in `range(count)`."""
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(groups, minlength=count), out=starts[1:])
    return Ragged(np.argsort(groups, kind="stable").astype(np.int32), starts)


def ragged(rows: Iterable[Iterable[int]]) -> Ragged:
    """int32 rows from Python numbers."""
    lists = [list(row) for row in rows]
    starts = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    return Ragged(np.array([value for row in lists for value in row], dtype=np.int32), starts)
