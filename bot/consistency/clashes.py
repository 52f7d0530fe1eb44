"""Statements go in; the clashes between them come out: what two of them claim of one attribute that cannot both hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bot.claims import Claim
from bot.claims.forces import Force
from bot.claims.measures import ANY, DATES, Disagreement, Quantity, comparable, disagree
from bot.claims.modality import Opposition, opposed
from bot.claims.units import Dimension
from bot.consistency.attributes import same_attribute
from bot.consistency.exceptions import excepted
from bot.consistency.judging import Judge, Judges
from bot.consistency.labels import other_thing
from bot.consistency.likeness import Likeness, Vocabulary
from bot.consistency.meanings import Meanings, meanings_of
from bot.consistency.neighbours import Progress, phases
from bot.consistency.occasions import other_occasion
from bot.consistency.pairing import Pairs, quantity_pairs, stance_pairs
from bot.consistency.propositions import other_case, same_proposition
from bot.consistency.quantity_signals import differs, quantity_signals, same_words
from bot.consistency.stance_signals import stance_signals
from bot.consistency.statements import Statement, belong_together

Floats = NDArray[np.float64]


class ConflictKind(StrEnum):
    NUMERIC = "numeric"  # money, counts, ages, lengths, shares ...
    INTERVAL = "interval"  # durations, frequencies, hours, days of the week
    DATE = "date"
    POLARITY = "polarity"  # is and is not, may and may not
    MODALITY = "modality"  # must and need not


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that cannot both hold. `likeness` (0 to 1) says how surely they are about one attribute."""

    kind: ConflictKind
    first: Claim
    second: Claim
    likeness: float


_Alike = tuple[float, Claim, Claim]  # how surely two claims are of one attribute

# From which likeness on two claims are about one attribute.
LEAST_FOR_ANSWERS = 0.36  # to one question
LEAST_FOR_NOTHING = 0.8  # "free" against an amount
LEAST_FOR_DATES_AND_AGES = 0.27  # they come with few words and are rarely of two things
ONE_AUTHOR = 0.1  # more is asked of two sentences of one document: its author knew of both
LEAST_SAME_PROPOSITION = 0.4  # of two opposed claims

_INTERVALS = frozenset({Dimension.TIME, Dimension.FREQUENCY, Dimension.CLOCK, Dimension.WEEKDAYS})


def clashes_among(
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
    likeness: Likeness,
    judges: Judges,
    progress: Progress | None = None,
) -> Iterator[tuple[Statement, Statement, Clash]]:
    """The surest clash of every two statements that have one. `progress` is told how many of how many claims are compared."""
    meanings = meanings_of(statements, vocabulary)
    found: dict[tuple[int, int], list[Clash]] = defaultdict(list)
    told = phases(progress, 2)
    for key, one in _of_quantities(statements, likeness, meanings, judges.quantities, next(told)):
        found[key].append(one)
    for key, one in _of_stances(statements, likeness, meanings, judges.stances, next(told)):
        found[key].append(one)
    for (i, j), several in sorted(found.items(), key=lambda pair: pair[0]):
        yield statements[i], statements[j], max(several, key=lambda one: one.likeness)


_Found = Iterator[tuple[tuple[int, int], Clash]]  # with the numbers of the statements, the smaller first


def _of_quantities(
    statements: Sequence[Statement], likeness: Likeness, meanings: Meanings, judge: Judge, progress: Progress | None
) -> _Found:
    pairs = quantity_pairs(statements, likeness, meanings, progress)
    differ = np.array([differs(*claims) for claims in pairs.claims()], dtype=np.bool_)
    signals = quantity_signals(pairs, statements, likeness, meanings)
    chances = judge.chances(pairs, statements, signals, differ)
    for key, several in _by_statements(pairs, chances):
        first, second = (statements[number] for number in key)
        matched = list(_matched((1.0 if same_words(a, b) else chance, a, b) for chance, a, b in several))
        for alike, a, b in _differing(first, second, matched):
            if a.quantity and alike >= judge.least and not _other_case(first, a, second, b, likeness):
                yield key, Clash(kind_of(a.quantity), a, b, alike)


def _of_stances(
    statements: Sequence[Statement], likeness: Likeness, meanings: Meanings, judge: Judge, progress: Progress | None
) -> _Found:
    pairs = stance_pairs(statements, likeness, meanings, progress)
    differ = np.array([may_clash(*claims) for claims in pairs.claims()], dtype=np.bool_)
    signals = stance_signals(pairs, statements, likeness, meanings)
    chances = judge.chances(pairs, statements, signals, differ)
    for key, several in _by_statements(pairs, chances):
        first, second = (statements[number] for number in key)
        for chance, a, b in several:
            kind = _kind(a, b) if chance >= judge.least and not other_case(a, b, likeness) else None
            if kind and not _other_case(first, a, second, b, likeness):
                yield key, Clash(kind, a, b, chance)


def _by_statements(pairs: Pairs, chances: Floats) -> Iterator[tuple[tuple[int, int], list[_Alike]]]:
    """How alike the claims of each two statements are, the claim of the statement with the smaller number first."""
    found: dict[tuple[int, int], list[_Alike]] = defaultdict(list)
    for i, j, chance in zip(pairs.first, pairs.second, chances, strict=True):
        one, other = sorted((pairs.placed[i], pairs.placed[j]), key=lambda placed: placed.statement)
        found[one.statement, other.statement].append((float(chance), one.claim, other.claim))
    yield from found.items()


def _differing(first: Statement, second: Statement, matched: Sequence[_Alike]) -> Iterator[_Alike]:
    """Those that differ; a value that the other sentence has as well is agreed on."""
    agreed = {id(claim) for _, a, b in matched if not differs(a, b) for claim in (a, b)}
    for alike, a, b in matched:
        if not differs(a, b):
            continue
        elsewhere = any(_same_value(a, c) for c in second.claims if id(c) not in agreed)
        if not elsewhere and not any(_same_value(b, c) for c in first.claims if id(c) not in agreed):
            yield alike, a, b


def clash(first: Statement, second: Statement, likeness: Likeness) -> Clash | None:
    """The surest clash between two statements that both answer one question, None where they agree on it.

    The question says already what they are of: their words need only be alike, and their quantities be measured in the same
    way. Cheap enough for every pair of a handful of sentences; the same in either order but for which claim is `first`.
    """
    if belong_together(first, second):
        return None
    found = [*_quantity_clashes(first, second, likeness), *_stance_clashes(first, second, likeness)]
    alike = (one for one in found if not _other_case(first, one.first, second, one.second, likeness))
    return max(alike, key=lambda one: one.likeness, default=None)


def may_clash(a: Claim, b: Claim) -> bool:
    """A cheap look: whether the values or the stances of two claims are opposed, of whatever they are."""
    if a.quantity and b.quantity:
        return comparable(a.quantity, b.quantity) and disagree(a.quantity, b.quantity) is not None
    return bool(a.stance and b.stance and opposed(a.stance, b.stance))


def _other_case(first: Statement, a: Claim, second: Statement, b: Claim, likeness: Likeness) -> bool:
    """Whether both may hold by what their sentences and headings say themselves, however alike the words are."""
    return (
        (a.quantity is not None and (a.scope.former, a.scope.special) != (b.scope.former, b.scope.special))
        or other_occasion(first, a, second, b)
        or excepted(first, a, second, b, likeness)
        or other_thing(first, a, second, b, likeness)
    )


def _quantity_clashes(first: Statement, second: Statement, likeness: Likeness) -> Iterator[Clash]:
    """Each quantity is held against the one that it is most alike."""
    one_author = ONE_AUTHOR * (first.document.name == second.document.name)
    for alike, a, b in _differing(first, second, list(_matched(_asked_pairs(first, second, likeness)))):
        difference = disagree(a.quantity, b.quantity) if a.quantity and b.quantity else None
        if a.quantity and b.quantity and difference and alike >= _least_asked(a.quantity, b.quantity, difference) + one_author:
            yield Clash(kind_of(a.quantity), a, b, alike)


def _matched(pairs: Iterable[_Alike]) -> Iterator[_Alike]:
    """The most alike pairs, so that each claim is in one of them."""
    met: set[int] = set()
    for alike, a, b in sorted(pairs, key=lambda pair: -pair[0]):
        if id(a) not in met and id(b) not in met:
            met |= {id(a), id(b)}
            yield alike, a, b


def _asked_pairs(first: Statement, second: Statement, likeness: Likeness) -> Iterator[_Alike]:
    for a in first.claims:
        for b in second.claims:
            if a.quantity and b.quantity and comparable(a.quantity, b.quantity):
                yield same_attribute(a, b, likeness), a, b


def _least_asked(a: Quantity, b: Quantity, difference: Disagreement) -> float:
    if a.dimension in DATES or (a.dimension is Dimension.AGE and difference is Disagreement.BOUNDS):
        return LEAST_FOR_DATES_AND_AGES
    return LEAST_FOR_NOTHING if ANY in {a.unit, b.unit} else LEAST_FOR_ANSWERS


def _same_value(claim: Claim, other: Claim) -> bool:
    a, b = claim.quantity, other.quantity
    if a is None or b is None or a.dimension is not b.dimension or a.dimension is Dimension.WEEKDAYS:
        return False
    return a.unit == b.unit and (a.low, a.high) == (b.low, b.high)


def kind_of(quantity: Quantity) -> ConflictKind:
    if quantity.dimension in DATES:
        return ConflictKind.DATE
    return ConflictKind.INTERVAL if quantity.dimension in _INTERVALS else ConflictKind.NUMERIC


def _stance_clashes(first: Statement, second: Statement, likeness: Likeness) -> Iterator[Clash]:
    one_document = first.document.name == second.document.name
    for a in first.claims:
        for b in second.claims:
            kind = None if _plainly_stated(a, b) else _kind(a, b)
            alike = same_proposition(a, b, likeness, one_document=one_document) if kind else 0.0
            if kind and alike >= LEAST_SAME_PROPOSITION:
                yield Clash(kind, a, b, alike)


def _plainly_stated(a: Claim, b: Claim) -> bool:
    """Whether one is reserved to somebody and the other stated of all: told apart only by how both stand among all others."""
    return {claim.stance.force for claim in (a, b) if claim.stance} == {Force.RESERVED, Force.STATED}


def _kind(a: Claim, b: Claim) -> ConflictKind | None:
    """Of two stances that are opposed; None of others."""
    opposition = opposed(a.stance, b.stance) if a.stance and b.stance else None
    if opposition is None:
        return None
    return ConflictKind.MODALITY if opposition is Opposition.MODALITY else ConflictKind.POLARITY
