"""Statements go in; the pairs of them that are worth comparing come out, each once, by the words that their claims share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.claims import Claim
from bot.claims.measures import DATES, comparable, disagree
from bot.claims.modality import Force, opposed
from bot.claims.units import Dimension
from bot.claims.wording import stem
from bot.consistency.clashes import Statement
from bot.consistency.likeness import Likeness
from bot.consistency.neighbours import Progress, Row, pairs

SHARED_BY_QUANTITIES = 0.33  # of one claim's words by weight, before meaning and context are looked at
SHARED_BY_STANCES = 0.4
BY_UNIT = frozenset({Dimension.COUNT})

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


def candidate_pairs(
    statements: Sequence[Statement], likeness: Likeness, progress: Progress | None = None
) -> Iterator[tuple[int, int]]:
    """Numbers of statements, the smaller first; `progress` is told how many of how many claims are done."""
    placed = [(number, claim) for number, one in enumerate(statements) for claim in one.claims]
    sides = list(_sides(placed))
    total, done = sum(len(left) for left, _, _ in sides), 0
    seen: set[tuple[int, int]] = set()
    for left, right, least in sides:
        rows = [_row(claim, likeness, wide=False) for _, claim in left]
        others = [_row(claim, likeness, wide=True) for _, claim in right]
        for pair in pairs(rows, others, least):
            (first, a), (second, b) = left[pair.left], right[pair.right]
            key = (min(first, second), max(first, second))
            if first != second and key not in seen and may_clash(a, b):
                seen.add(key)
                yield key
        done += len(left)
        if progress:
            progress(done, total)


def _sides(placed: Iterable[_Place]) -> Iterator[tuple[list[_Place], list[_Place], float]]:
    """What is compared with what: quantities of one measure, denials with what is not denied, "must" with "need not"."""
    groups: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    forces: dict[Force, list[_Place]] = defaultdict(list)
    for number, claim in placed:
        if claim.quantity:
            dimension = Dimension.DATE if claim.quantity.dimension in DATES else claim.quantity.dimension
            groups[dimension, claim.quantity.unit if dimension in BY_UNIT else ""].append((number, claim))
        elif claim.stance:
            forces[claim.stance.force].append((number, claim))
    for group in groups.values():
        yield group, group, SHARED_BY_QUANTITIES
    for left, right in _OPPOSED_SIDES:
        yield (
            [place for one in left for place in forces[one]],
            [place for one in right for place in forces[one]],
            SHARED_BY_STANCES,
        )


def may_clash(a: Claim, b: Claim) -> bool:
    if a.quantity and b.quantity:
        return comparable(a.quantity, b.quantity) and disagree(a.quantity, b.quantity) is not None
    return bool(a.stance and b.stance and opposed(a.stance, b.stance))


def _row(claim: Claim, likeness: Likeness, *, wide: bool) -> Row:
    """The stems of a claim with their weights; `wide` takes in where other words of its sentence and context may be met."""
    scope, quantity = claim.scope, claim.quantity
    words = [*scope.subject, *scope.near, *scope.condition]
    if quantity and quantity.dimension in {Dimension.COUNT, Dimension.FREQUENCY}:
        words += [quantity.unit, *quantity.modifiers]
    if wide:
        words += [*scope.context, *scope.rest]
    return {stem(word): likeness.weight(word) for word in words if word}
