"""Statements go in; the pairs of them that are worth comparing come out, each once, by the words that their claims share."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.claims import Claim
from bot.claims.measures import DATES, disagree, rivals
from bot.claims.modality import Force, opposed
from bot.claims.units import Dimension
from bot.claims.wording import stem
from bot.consistency.aspects import aspect, counted
from bot.consistency.likeness import Likeness
from bot.consistency.neighbours import Pair, Progress, Row, pairs
from bot.consistency.statements import Statement

SHARED_BY_QUANTITIES = 0.12  # of one claim's words by weight, before meaning and synonyms are looked at
SHARED_BY_STANCES = 0.4
MOST_RIVALS = 16  # of one quantity: the attribute of another one that shares fewer words is another one

_DENIALS = (Force.FORBIDDEN, Force.DENIED, Force.UNADVISED)
_OPPOSED_SIDES = (
    (_DENIALS, (Force.STATED, Force.ALLOWED, Force.REQUIRED, Force.ADVISED)),
    ((Force.OPTIONAL,), (Force.REQUIRED,)),
    ((Force.REQUIRED,), (Force.OPTIONAL,)),
    ((Force.FREE,), (Force.CHARGED,)),
    ((Force.CHARGED,), (Force.FREE,)),
    ((Force.RESERVED,), (Force.ALLOWED,)),
)

_Place = tuple[int, Claim]  # a statement's number and one of its claims


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is compared with what, and how much of the left one's words has to be shared."""

    left: list[_Place]
    right: list[_Place]
    least: float


def candidate_pairs(
    statements: Sequence[Statement], likeness: Likeness, progress: Progress | None = None
) -> Iterator[tuple[int, int]]:
    """Numbers of statements, the smaller first; `progress` is told how many of how many claims are done."""
    placed = [(number, claim) for number, one in enumerate(statements) for claim in one.claims]
    compared = list(_sides(placed))
    total, done = sum(len(sides.left) for sides in compared), 0
    seen: set[tuple[int, int]] = set()
    for sides in compared:
        for pair in _nearest(sides, likeness):
            first, second = sides.left[pair.left][0], sides.right[pair.right][0]
            key = (min(first, second), max(first, second))
            if key not in seen:
                seen.add(key)
                yield key
        done += len(sides.left)
        if progress:
            progress(done, total)


def _nearest(sides: _Sides, likeness: Likeness) -> Iterator[Pair]:
    """The pairs that may clash, for every claim on the left those that share the most of its words."""
    rows = [_row(claim, likeness) for _, claim in sides.left]
    others = [_wide_row(claim, likeness) for _, claim in sides.right]
    met = (pair for pair in pairs(rows, others, sides.least) if _apart(sides, pair))
    for left, found in groupby(met, key=lambda pair: pair.left):
        if sides.left[left][1].quantity:
            yield from heapq.nsmallest(MOST_RIVALS, found, key=lambda pair: (-pair.shared, pair.right))
        else:
            yield from found


def _sides(placed: Iterable[_Place]) -> Iterator[_Sides]:
    """Quantities of one measure, denials with what is not denied, "must" with "need not"."""
    groups: dict[Dimension, list[_Place]] = defaultdict(list)
    forces: dict[Force, list[_Place]] = defaultdict(list)
    for number, claim in placed:
        if claim.quantity:
            groups[Dimension.DATE if claim.quantity.dimension in DATES else claim.quantity.dimension].append((number, claim))
        elif claim.stance:
            forces[claim.stance.force].append((number, claim))
    for group in groups.values():
        yield _Sides(group, group, SHARED_BY_QUANTITIES)
    for left, right in _OPPOSED_SIDES:
        denied, said = ([place for one in side for place in forces[one]] for side in (left, right))
        yield _Sides(denied, said, SHARED_BY_STANCES)


def _apart(sides: _Sides, pair: Pair) -> bool:
    (first, a), (second, b) = sides.left[pair.left], sides.right[pair.right]
    return first != second and may_clash(a, b)


def may_clash(a: Claim, b: Claim) -> bool:
    if a.quantity and b.quantity:
        return rivals(a.quantity, b.quantity) and disagree(a.quantity, b.quantity) is not None
    return bool(a.stance and b.stance and opposed(a.stance, b.stance))


def _row(claim: Claim, likeness: Likeness) -> Row:
    """The stems of a claim with their weights."""
    if claim.quantity:
        side = aspect(claim)
        weighed = zip(side.stems, side.everything, side.words, strict=True)
        return {one: float(counts) * likeness.weight(word) for one, counts, word in weighed if counts}
    scope = claim.scope
    return {stem(word): likeness.weight(word) for word in (*scope.subject, *scope.near, *scope.condition)}


def _wide_row(claim: Claim, likeness: Likeness) -> Row:
    """With the other words of its sentence and context, where those of another claim may be met."""
    scope = claim.scope
    words = (*scope.subject, *scope.near, *scope.condition, *scope.context, *scope.rest, *scope.heading, *counted(claim))
    return {stem(word): likeness.weight(word) for word in words}
