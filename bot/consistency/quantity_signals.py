"""Pairs of quantities go in; the signals by which they state one attribute, or two, come out, each 0 to about 1.

The words of both claims, without their quantities, are aligned both ways by stems, vectors and synonyms, weighted by rarity
(Corley and Mihalcea 2005); beside them stand how near the sentences are in meaning, and how far their scopes, headings, bounds,
sizes and units agree.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.claims import Claim
from bot.claims.measures import ANY, DATES, Bound, Quantity, Relation, disagree, per_unsaid
from bot.claims.scopes import Scope
from bot.claims.units import Dimension
from bot.claims.wording import stem
from bot.consistency.alignment import Met, aligned
from bot.consistency.aspects import aspect
from bot.consistency.attributes import same_attribute
from bot.consistency.compounds import narrower
from bot.consistency.contrasts import exclude
from bot.consistency.exceptions import excepted
from bot.consistency.labels import other_thing
from bot.consistency.likeness import Likeness
from bot.consistency.meanings import Meanings
from bot.consistency.occasions import other_occasion
from bot.consistency.pairing import Pairs
from bot.consistency.statements import Statement
from bot.consistency.synonyms import groups_of
from knowledge.documents import SentenceKind

BY_WORDS = (
    *("greater", "core", "mass"),  # the clause that the other side says more of; both clauses; their rare words
    *("wide", "wide_mass"),  # the same with all that is around them
    *("anchor", "notions"),  # the words next to the quantities: how far they agree, whether they are of one everyday notion
    "topics",  # the rarest word on either side that the other one lacks, of the side that lacks less
    "meaning",  # the cosine of the two clauses' vectors
)
BY_SCOPE = ("subject", "label", "condition", "heading", "compound", "agent", "narrowed", "days", "one_document", "narrower")
BY_QUANTITY = ("size", "free", "money", "per_unsaid", "bound_unsaid", "bound_other", "relation_other", "unit_unsaid")
BY_MEASURE = (
    *("ratio", "unit", "counted", "bound", "relation", "other_dimension"),  # how far what is measured agrees
    *("money", "time", "count", "clock", "date", "age", "share", "frequency"),  # what it measures
)
BY_STATEMENT = (
    *("alike", "shared", "said", "whole", "across"),  # the measure of the answers; words in common; cosines (`Meanings`)
    *("rows", "row_and_prose", "quantities"),  # what kinds of sentences they are, how many quantities they hold
    *("former", "special", "occasion", "exception", "label"),  # one is of other times, of another case, or of another thing
)
SIGNALS = (*BY_WORDS, *BY_SCOPE, *BY_QUANTITY, *BY_MEASURE, *BY_STATEMENT)

DIGITS = 4  # that are looked at: the last ones differ between machines
FEWEST_OWN = 2  # words that tell by themselves what a claim is of
UNSAID = 0.5  # how alike two counts are of which one does not say what is counted
NEAREST = 3  # words that say what notion a quantity is of
MOST_MASS, MOST_WIDE_MASS = 2.0, 3.0
NEAR_ENOUGH = 0.3  # the share from which a word says what a clause is about
ALIKE_SIZE = 2.0  # values of one attribute differ by more than this ratio more rarely
_SCALES = DATES | {Dimension.CLOCK, Dimension.WEEKDAYS, Dimension.AGE, Dimension.DAY_OF_MONTH}


MOST_QUANTITIES = 8.0  # of both sentences
_TIMELINE = DATES | {Dimension.DAY_OF_MONTH}
_NAMED = (
    Dimension.MONEY,
    Dimension.TIME,
    Dimension.COUNT,
    Dimension.CLOCK,
    Dimension.AGE,
    Dimension.SHARE,
    Dimension.FREQUENCY,
)
Floats = NDArray[np.float64]


def quantity_signals(pairs: Pairs, statements: Sequence[Statement], likeness: Likeness, meanings: Meanings) -> Floats:
    """[pairs, SIGNALS]; the same whichever claim of a pair is the first."""
    cosines = meanings.between(*pairs.statements())
    rows = [
        (*_of_claims(one, other, likeness), *_of_statements(one, other, likeness, float(shared), cosine))
        for one, other, shared, cosine in zip(*_sides(pairs, statements), pairs.shared, cosines, strict=True)
    ]
    return np.round(np.array(rows, dtype=np.float64).reshape(len(rows), len(SIGNALS)), DIGITS)


_Said = tuple[Statement, Claim]


def _sides(pairs: Pairs, statements: Sequence[Statement]) -> tuple[list[_Said], list[_Said]]:
    said = [(statements[one.statement], one.claim) for one in pairs.placed]
    return [said[k] for k in pairs.first], [said[k] for k in pairs.second]


def _of_claims(one: _Said, other: _Said, likeness: Likeness) -> tuple[float, ...]:
    a, b = one[1], other[1]
    if a.quantity is None or b.quantity is None:
        raise ValueError("a claim without a quantity")
    sides = aligned(aspect(a), aspect(b), likeness)
    notions = float(not _notions(a.scope).isdisjoint(_notions(b.scope)))
    one_document = float(one[0].document.name == other[0].document.name)
    words = (*_shares(sides), notions, *_apart(sides, likeness))
    scopes = (*_scopes(a.scope, b.scope, sides, likeness), one_document, narrower(a, b, likeness))
    return (*words, *scopes, *_quantities(a.quantity, b.quantity), *_measures(a.quantity, b.quantity, likeness))


def _of_statements(one: _Said, other: _Said, likeness: Likeness, shared: float, cosines: Floats) -> tuple[float, ...]:
    (first, a), (second, b) = one, other
    rows = sum(side.sentence.kind is SentenceKind.TABLE_ROW for side in (first, second))
    quantities = sum(claim.quantity is not None for side in (first, second) for claim in side.claims)
    return (
        *(same_attribute(a, b, likeness), shared, *map(float, cosines)),
        *(float(rows == 2), float(rows == 1), min(MOST_QUANTITIES, quantities)),
        *(float(a.scope.former != b.scope.former), float(a.scope.special != b.scope.special)),
        float(other_occasion(first, a, second, b)),
        float(excepted(first, a, second, b, likeness)),
        float(other_thing(first, a, second, b, likeness)),
    )


def _measures(a: Quantity, b: Quantity, likeness: Likeness) -> tuple[float, ...]:
    """Of what both measure, and in what."""
    dimensions = {a.dimension, b.dimension}
    return (
        _ratio(a, b),
        float(a.unit == b.unit),
        _one_thing_counted(a, b, likeness),
        float(a.bound is b.bound),
        float(a.relation is b.relation),
        float(a.dimension is not b.dimension),
        *(float(named in dimensions) for named in _NAMED[:4]),
        float(not dimensions.isdisjoint(_TIMELINE)),
        *(float(named in dimensions) for named in _NAMED[4:]),
    )


def _ratio(a: Quantity, b: Quantity) -> float:
    """log10 of how many times the one is the other."""
    smaller, larger = sorted((abs(a.high), abs(b.high)))
    return math.log10(larger / smaller) if smaller else 0.0


def _one_thing_counted(a: Quantity, b: Quantity, likeness: Likeness) -> float:
    if a.dimension is not Dimension.COUNT or a.unit == b.unit:
        return 1.0
    return max(0.0, likeness.cosine(a.unit, b.unit)) if a.unit and b.unit else UNSAID


def same_words(a: Claim, b: Claim) -> bool:
    """Whether two claims differ in their quantities alone: as in two editions of one text, or with the same words of their own
    for what they are of, where no heading says that it is of two things."""
    first, second = a.scope, b.scope
    if first.former != second.former or first.days != second.days:
        return False
    editions = [(s.subject, s.near, s.rest, s.condition, s.understood, s.heading) for s in (first, second)]
    if editions[0] == editions[1]:
        return bool(aspect(a).said.any())
    own = [frozenset(map(stem, (*s.subject, *s.near))) for s in (first, second)]
    if own[0] != own[1] or len(own[0]) < FEWEST_OWN or first.named or second.named or first.special or second.special:
        return False
    conditions = [frozenset(map(stem, s.condition)) for s in (first, second)]
    headings = [frozenset(map(stem, s.heading)) for s in (first, second)]
    return conditions[0] == conditions[1] and (headings[0] == headings[1] or not all(headings))


def differs(a: Claim, b: Claim) -> bool:
    return bool(a.quantity and b.quantity and disagree(a.quantity, b.quantity) is not None)


def _shares(sides: tuple[Met, Met]) -> tuple[float, ...]:
    """The weighted shares of both sides' words that the other side says (greater, core, mass, wide, wide_mass, anchor)."""
    greater = max(side.share(side.aspect.said, side.well) for side in sides)
    mass = sum(side.mass(side.aspect.said, side.stated) for side in sides)
    whole = sum(float(side.aspect.said @ side.weights) for side in sides)
    wide_mass = sum(side.mass(side.aspect.everything, side.well) for side in sides)
    wide_whole = sum(float(side.aspect.everything @ side.weights) for side in sides)
    anchor = min(side.share(side.aspect.near, side.well) for side in sides)
    core, wide = (mass / whole if whole else 0.0), (wide_mass / wide_whole if wide_whole else 0.0)
    return greater, core, min(MOST_MASS, mass / 2), wide, min(MOST_WIDE_MASS, wide_mass / 2), anchor


def _notions(scope: Scope) -> frozenset[int]:
    return frozenset().union(*map(groups_of, scope.nearest[:NEAREST]))


def _apart(sides: tuple[Met, Met], likeness: Likeness) -> tuple[float, float]:
    """What only one side speaks of, and how far the clauses' vectors agree (topics, meaning)."""
    lacking = [float(((1 - one.well) * one.weights * (one.aspect.said > NEAR_ENOUGH)).max(initial=0.0)) for one in sides]
    first, second = ((one.aspect.said * one.weights) @ likeness.directions(one.aspect.words) for one in sides)
    length = math.sqrt(float(first @ first) * float(second @ second))
    return min(lacking), max(0.0, float(first @ second) / length) if length else 0.0


def _scopes(a: Scope, b: Scope, sides: tuple[Met, Met], likeness: Likeness) -> tuple[float, ...]:
    """Of subjects, labels, conditions, headings, compounds, agents, and what narrows one claim alone."""
    subject, label, condition, heading = 1.0, 0.0, 1.0, 0.0
    for scope, side in ((a, sides[0]), (b, sides[1])):
        same = side.share(side.aspect.subject, side.at_all) if scope.subject else 1.0
        subject = min(subject, same)
        label = max(label, 1 - same) if scope.named else label
        condition = min(condition, side.share(side.aspect.condition, side.at_all) if side.aspect.condition.any() else 1.0)
        heading = max(heading, side.share(side.aspect.heading, side.at_all))
    agents = float(len({a.agent, b.agent} - {""}) == 2)
    compound = float(_other_compound(a, b, sides, likeness))
    return subject, label, 1 - condition, heading, compound, agents, float(a.narrowed != b.narrowed), _same_days(a, b)


def _other_compound(a: Scope, b: Scope, sides: tuple[Met, Met], likeness: Likeness) -> bool:
    """ "day pass" against "month pass": one noun, two words before it that only one side knows."""
    for before, word in a.compounds:
        for other_before, other_word in b.compounds:
            if likeness.same(word, other_word) < 1:
                continue
            if exclude(before, other_before):
                return True
            known = _is_met(before, sides[0]) or _is_met(other_before, sides[1])
            if not known and not likeness.related(before, other_before):
                return True
    return False


def _is_met(word: str, side: Met) -> bool:
    return word in side.aspect.words and side.at_all[side.aspect.words.index(word)] > 0


def _same_days(a: Scope, b: Scope) -> float:
    """1 for hours on the same days, less where only some are shared; 0 where either names none."""
    return len(a.days & b.days) / len(a.days | b.days) if a.days and b.days else 0.0


def _quantities(a: Quantity, b: Quantity) -> tuple[float, ...]:
    """Of the quantities themselves: what either leaves unsaid and what both say differently."""
    bounds = {a.bound, b.bound}
    relations = {a.relation, b.relation}
    return (
        _size(a, b),
        float(ANY in {a.unit, b.unit}),
        float(a.dimension is Dimension.MONEY),
        float(per_unsaid(a, b)),
        float(len(bounds) == 2 and Bound.EXACT in bounds),
        float(len(bounds) == 2 and Bound.EXACT not in bounds),
        float(len(relations) == 2 and Relation.NONE not in relations),
        float(a.dimension is Dimension.COUNT and a.unit != b.unit),
    )


def _size(a: Quantity, b: Quantity) -> float:
    """0 for values of similar size, 1 for more than a hundredfold; of dates, hours and ages 0."""
    smaller, larger = sorted((abs(a.high), abs(b.high)))
    if a.dimension in _SCALES or not smaller:
        return 0.0
    return min(1.0, max(0.0, math.log10(larger / smaller / ALIKE_SIZE)) / 2)
