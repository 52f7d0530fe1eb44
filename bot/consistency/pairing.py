"""Statements go in; the pairs of their claims that are worth a look come out: for each claim those nearest to it.

Near is what shares words, weighed by rarity, and what is close in meaning, so that not all pairs are looked at.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.claims import Claim
from bot.claims.forces import Force
from bot.claims.measures import DATES, LIFETIMES, rivals
from bot.claims.modality import forces_alike, forces_opposed
from bot.claims.units import Dimension
from bot.claims.wording import stem
from bot.consistency.aspects import aspect, counted
from bot.consistency.likeness import Likeness
from bot.consistency.meanings import Meanings
from bot.consistency.neighbours import Progress, Row, matrix
from bot.consistency.statements import Statement, belong_together

NEAREST, LEAST_NEAR = 24, 0.25  # claims that each one is held against; what the share of its words and the cosine come to
NEAREST_ALIKE = 6  # of those that agree, which show that a document has what stands nearer
NEAREST_OF_MANY, LEAST_NEAR_OF_MANY = 4, 1.15  # where it could be held against MANY
FEW, MANY = 400, 1500  # between the two both go by the logarithm of their number
ROWS_AT_ONCE = 256  # bounds the memory
COMMONEST = 400  # claims that share a word; one that more claims have tells none of them apart

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim, and the number of the statement that it is of."""

    statement: int
    claim: Claim


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of claims as numbers in `placed` [n], each once, and the larger share of one's words that the other has [n]."""

    placed: tuple[Placed, ...]
    first: Numbers
    second: Numbers
    shared: NDArray[np.float64]

    def statements(self) -> tuple[Numbers, Numbers]:
        """The numbers of the statements on both sides."""
        of = np.array([one.statement for one in self.placed], dtype=np.int64)
        return of[self.first], of[self.second]

    def claims(self) -> Iterator[tuple[Claim, Claim]]:
        for first, second in zip(self.first, self.second, strict=True):
            yield self.placed[first].claim, self.placed[second].claim


@dataclass(frozen=True, slots=True)
class _Group:
    """What is held against what, by numbers in all that is placed, and how many of the nearest at most."""

    left: list[int]
    right: list[int]
    most: int = NEAREST

    def limits(self) -> tuple[int, float]:
        """How many each one is held against, and how near those have to be: fewer and nearer ones where there are many."""
        many = min(MANY, max(FEW, len(self.left), len(self.right)))
        crowd = math.log(many / FEW) / math.log(MANY / FEW)
        most = min(self.most, round(NEAREST + (NEAREST_OF_MANY - NEAREST) * crowd))
        return most, LEAST_NEAR + (LEAST_NEAR_OF_MANY - LEAST_NEAR) * crowd


def quantity_pairs(
    statements: Sequence[Statement], likeness: Likeness, meanings: Meanings, progress: Progress | None = None
) -> Pairs:
    """Pairs of quantities that may measure one thing, whether they agree or not."""
    placed = tuple(Placed(n, claim) for n, one in enumerate(statements) for claim in one.claims if claim.quantity)
    groups: dict[Dimension, list[int]] = defaultdict(list)
    for number, one in enumerate(placed):
        if one.claim.quantity:
            groups[_group(one.claim.quantity.dimension)].append(number)
    found = _Finding(statements, placed, likeness, meanings, _may_measure_one)
    return found.pairs([_Group(group, group) for group in groups.values()], progress)


def stance_pairs(
    statements: Sequence[Statement], likeness: Likeness, meanings: Meanings, progress: Progress | None = None
) -> Pairs:
    """Pairs of claims of which one denies, forbids or waives what the other may be about, and the nearest that agree."""
    placed = tuple(Placed(n, claim) for n, one in enumerate(statements) for claim in one.claims if claim.stance)
    forces: dict[Force, list[int]] = defaultdict(list)
    for number, one in enumerate(placed):
        if one.claim.stance:
            forces[one.claim.stance.force].append(number)
    groups = [
        _Group(forces[force], [n for other in others(force) for n in forces[other]], most)
        for others, most in ((forces_opposed, NEAREST), (forces_alike, NEAREST_ALIKE))
        for force in list(Force)
    ]
    found = _Finding(statements, placed, likeness, meanings, _have_stances)
    return found.pairs([group for group in groups if group.left and group.right], progress)


def _group(dimension: Dimension) -> Dimension:
    if dimension in DATES:
        return Dimension.DATE
    return Dimension.TIME if dimension in LIFETIMES else dimension


def _may_measure_one(a: Claim, b: Claim) -> bool:
    apart = a.scope.days and b.scope.days and a.scope.days.isdisjoint(b.scope.days)
    return bool(not apart and a.quantity and b.quantity and rivals(a.quantity, b.quantity))


def _have_stances(a: Claim, b: Claim) -> bool:
    return bool(a.stance and b.stance)


@dataclass(frozen=True, slots=True)
class _Finding:
    statements: Sequence[Statement]
    placed: tuple[Placed, ...]
    likeness: Likeness
    meanings: Meanings
    may_pair: Callable[[Claim, Claim], bool]

    def pairs(self, groups: Sequence[_Group], progress: Progress | None) -> Pairs:
        """`progress` is told how many of how many claims have been held against the others."""
        shared: dict[tuple[int, int], float] = {}
        done, total = 0, sum(len(group.left) for group in groups)
        for group in groups:
            for first, second, share in self._near(group):
                key = (min(first, second), max(first, second))
                if key in shared:
                    shared[key] = max(shared[key], share)
                elif self._may(first, second):
                    shared[key] = share
            done += len(group.left)
            if progress:
                progress(done, total)
        found = sorted(shared)
        sides = [np.array([pair[side] for pair in found], dtype=np.int64) for side in (0, 1)]
        return Pairs(self.placed, sides[0], sides[1], np.array([round(shared[pair], 4) for pair in found]))

    def _may(self, first: int, second: int) -> bool:
        a, b = self.placed[first], self.placed[second]
        if a.statement == b.statement or belong_together(self.statements[a.statement], self.statements[b.statement]):
            return False
        return self.may_pair(a.claim, b.claim)

    def _near(self, group: _Group) -> Iterator[tuple[int, int, float]]:
        """Of each claim on the left those on the right that are nearest, with the share of its words that they have."""
        shares = _Shares.of([self._row(n) for n in group.left], [self._wide_row(n) for n in group.right])
        right = self.meanings.whole[[self.placed[n].statement for n in group.right]]
        most, least = group.limits()
        for start in range(0, len(group.left), ROWS_AT_ONCE):
            numbers = group.left[start : start + ROWS_AT_ONCE]
            share = shares.block(start, start + len(numbers))
            near = share + self.meanings.whole[[self.placed[n].statement for n in numbers]] @ right.T
            for row, number in enumerate(numbers):
                for column in _largest(near[row], most, least):
                    if group.right[column] != number:
                        yield number, group.right[column], float(share[row, column])

    def _row(self, number: int) -> Row:
        """The stems that a claim says itself, with their weights."""
        claim, weight = self.placed[number].claim, self.likeness.weight
        if claim.quantity:
            side = aspect(claim)
            weighed = zip(side.stems, side.everything, side.words, strict=True)
            return {one: float(counts) * weight(word) for one, counts, word in weighed if counts}
        scope = claim.scope
        return {stem(word): weight(word) for word in (*scope.subject, *scope.near, *scope.condition)}

    def _wide_row(self, number: int) -> Row:
        """With the other words of its sentence and context, where those of another claim may be met."""
        claim, weight = self.placed[number].claim, self.likeness.weight
        scope = claim.scope
        words = (*scope.subject, *scope.near, *scope.condition, *scope.context, *scope.rest, *scope.heading, *counted(claim))
        return {stem(word): weight(word) for word in words}


def _largest(near: NDArray[np.float64], most: int, least: float) -> list[int]:
    """The places of the largest numbers, and of itself, that are large enough, in order of place."""
    most += 1
    chosen = np.argpartition(-near, most)[:most] if len(near) > most else np.arange(len(near))
    return sorted(int(place) for place in chosen if near[place] >= least)


@dataclass(frozen=True, slots=True, eq=False)
class _Shares:
    """`left` holds the weights of each row's words, `right` a 1 for each word; `whole` is the sum of a row of `left`."""

    left: csr_matrix
    right: csr_matrix
    whole: NDArray[np.float64]

    @classmethod
    def of(cls, left: Sequence[Row], right: Sequence[Row]) -> "_Shares":
        numbers: dict[str, int] = {}
        for row in right:
            for key in row:
                numbers.setdefault(key, len(numbers))
        marks = matrix([dict.fromkeys(row, 1.0) for row in right], numbers)
        rare = np.diff(marks.tocsc().indptr) <= COMMONEST
        whole = np.array([sum(row.values()) or 1.0 for row in left])
        return cls(matrix(left, numbers), csr_matrix(marks.multiply(rare[None, :])).T.tocsr(), whole)

    def block(self, start: int, end: int) -> NDArray[np.float64]:
        """[end - start, right rows]"""
        return np.asarray((self.left[start:end] @ self.right).toarray() / self.whole[start:end, None])
