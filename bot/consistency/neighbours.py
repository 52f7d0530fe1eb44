"""Rows of weighted keys go in; the pairs of rows that share much come out, from an inverted index, not from all pairs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

ROWS_AT_ONCE = 512  # bounds the memory
COMMONEST = 400  # rows that share a key; a key that more rows have tells none of them apart

Progress = Callable[[int, int], None]
Row = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows of the two sides and how much they share: the weights of the left one's keys that the right one has."""

    left: int
    right: int
    shared: float


def pairs(left: Sequence[Row], right: Sequence[Row], least: float, progress: Progress | None = None) -> Iterator[Pair]:
    """Pairs whose shared weight is at least `least` of the left row's own weight, in order of the left rows."""
    numbers: dict[str, int] = {}
    for row in right:
        for key in row:
            numbers.setdefault(key, len(numbers))
    weights = _matrix(left, numbers)
    marks = _matrix([dict.fromkeys(row, 1.0) for row in right], numbers)
    rare = np.diff(marks.tocsc().indptr) <= COMMONEST
    marks = csr_matrix(marks.multiply(rare[None, :]))
    whole = np.array([sum(row.values()) for row in left])
    for start in range(0, len(left), ROWS_AT_ONCE):
        yield from _block(weights[start : start + ROWS_AT_ONCE] @ marks.T, start, whole, least)
        if progress:
            progress(min(start + ROWS_AT_ONCE, len(left)), len(left))


def _block(shared: csr_matrix, start: int, whole: NDArray[np.float64], least: float) -> Iterator[Pair]:
    found = shared.tocoo()
    enough = found.data >= least * whole[start + found.row]
    for row, column, value in zip(found.row[enough], found.col[enough], found.data[enough], strict=True):
        yield Pair(start + int(row), int(column), float(value))


def _matrix(rows: Sequence[Row], numbers: Mapping[str, int]) -> csr_matrix:
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for row in rows:
        for key, weight in row.items():
            if key in numbers:
                columns.append(numbers[key])
                data.append(weight)
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(rows), max(1, len(numbers))), dtype=np.float64)
