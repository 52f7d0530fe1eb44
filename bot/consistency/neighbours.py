"""Rows of weighted keys go in; the pairs of rows that share much come out, from an inverted index, not from all pairs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

ROWS_AT_ONCE = 512  # bounds the memory
COMMONEST = 400  # rows that share a key; a key that more rows have tells none of them apart

Progress = Callable[[int, int], None]


def phases(progress: Progress | None, count: int) -> Iterator[Progress | None]:
    """For each of `count` pieces of work, done one after another, what it tells how far it is."""
    for phase in range(count):
        yield None if progress is None else _part(progress, phase, count)


def _part(progress: Progress, phase: int, count: int) -> Progress:
    return lambda done, total: progress(phase * total + done, count * total)


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
    weights = matrix(left, numbers)
    marks = matrix([dict.fromkeys(row, 1.0) for row in right], numbers)
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


def matrix(rows: Sequence[Row], numbers: Mapping[str, int]) -> csr_matrix:
    """[rows, keys], a key's column being its number; keys without one are left out."""
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
