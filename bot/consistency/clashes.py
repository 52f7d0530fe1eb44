"""Two statements go in; the clash between them comes out, if what they claim of one attribute cannot both hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.claims import Claim
from bot.claims.measures import ANY, DATES, Disagreement, Quantity, comparable, disagree, rivals
from bot.claims.modality import Opposition, opposed
from bot.claims.units import Dimension
from bot.consistency.attributes import same_attribute
from bot.consistency.exceptions import excepted
from bot.consistency.identity import one_attribute
from bot.consistency.labels import other_thing
from bot.consistency.likeness import Likeness
from bot.consistency.occasions import other_occasion
from bot.consistency.propositions import same_proposition
from bot.consistency.statements import LISTED, Statement


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


# From which likeness on two claims are about one attribute.
LEAST_FOR_ANSWERS = 0.36  # to one question
LEAST_FOR_NOTHING = 0.8  # "free" against an amount
LEAST_FOR_DATES_AND_AGES = 0.27  # they come with few words and are rarely of two things
ONE_AUTHOR = 0.1  # more is asked of two sentences of one document: its author knew of both
LEAST_SAME_PROPOSITION = 0.4  # of two opposed claims

_INTERVALS = frozenset({Dimension.TIME, Dimension.FREQUENCY, Dimension.CLOCK, Dimension.WEEKDAYS})


def clash(first: Statement, second: Statement, likeness: Likeness, *, asked: bool = False) -> Clash | None:
    """The surest clash between two statements, None where they agree, speak of different things or belong together.

    Where both answer one question that was `asked`, that question says already what they are of: their words need only be
    alike, and their quantities be measured in the same way.
    Cheap enough for every pair of a handful of sentences; the same in either order but for which claim is `first`.
    """
    if belong_together(first, second):
        return None
    found = [*_quantity_clashes(first, second, likeness, asked), *_stance_clashes(first, second, likeness)]
    alike = (one for one in found if not _other_case(first, one.first, second, one.second, likeness))
    return max(alike, key=lambda one: one.likeness, default=None)


def _other_case(first: Statement, a: Claim, second: Statement, b: Claim, likeness: Likeness) -> bool:
    """Whether both may hold by what their sentences and headings say themselves, however alike the words are."""
    return (
        other_occasion(first, a, second, b)
        or excepted(first, a, second, b, likeness)
        or other_thing(first, a, second, b, likeness)
    )


def belong_together(first: Statement, second: Statement) -> bool:
    """Sentences of one passage, and rows or items of one list, are made to differ."""
    if first.document.name != second.document.name:
        return False
    if first.passage.id == second.passage.id:
        return True
    kind = first.sentence.kind
    return kind in LISTED and kind is second.sentence.kind and first.passage.heading == second.passage.heading


def _quantity_clashes(first: Statement, second: Statement, likeness: Likeness, asked: bool) -> Iterator[Clash]:
    """Each quantity is held against the one that it is most alike; a value that the other sentence has as well is agreed on."""
    differing: list[tuple[float, Claim, Claim]] = []
    agreed: set[int] = set()
    for alike, a, b in _matched((_asked_pairs if asked else _rival_pairs)(first, second, likeness)):
        difference = disagree(a.quantity, b.quantity) if a.quantity and b.quantity else None
        if a.quantity is None or b.quantity is None or difference is None:
            agreed |= {id(a), id(b)}
            continue
        one_author = ONE_AUTHOR * (first.document.name == second.document.name)
        if alike >= (_least_asked(a.quantity, b.quantity, difference) + one_author if asked else likeness.weights.least):
            differing.append((alike, a, b))
    for alike, a, b in differing:
        elsewhere = any(_same_value(a, c) for c in second.claims if id(c) not in agreed)
        if a.quantity and not elsewhere and not any(_same_value(b, c) for c in first.claims if id(c) not in agreed):
            yield Clash(kind_of(a.quantity), a, b, alike)


def _matched(pairs: Iterator[tuple[float, Claim, Claim]]) -> Iterator[tuple[float, Claim, Claim]]:
    """The most alike pairs, so that each claim is in one of them."""
    met: set[int] = set()
    for alike, a, b in sorted(pairs, key=lambda pair: -pair[0]):
        if id(a) not in met and id(b) not in met:
            met |= {id(a), id(b)}
            yield alike, a, b


def _rival_pairs(first: Statement, second: Statement, likeness: Likeness) -> Iterator[tuple[float, Claim, Claim]]:
    one = first.document.name == second.document.name
    for a in first.claims:
        for b in second.claims:
            if a.quantity and b.quantity and rivals(a.quantity, b.quantity):
                yield one_attribute(a, b, likeness, one_document=one), a, b


def _asked_pairs(first: Statement, second: Statement, likeness: Likeness) -> Iterator[tuple[float, Claim, Claim]]:
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
            opposition = opposed(a.stance, b.stance) if a.stance and b.stance else None
            if opposition is None:
                continue
            alike = same_proposition(a, b, likeness, one_document=one_document)
            if alike >= LEAST_SAME_PROPOSITION:
                kind = ConflictKind.MODALITY if opposition is Opposition.MODALITY else ConflictKind.POLARITY
                yield Clash(kind, a, b, alike)
