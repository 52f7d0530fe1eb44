"""Two claims go in; how surely they speak of the same attribute in the same scope comes out, from 0 to 1."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.claims import Claim
from bot.claims.measures import DATES, Quantity
from bot.claims.units import Dimension
from bot.claims.wording import stem
from bot.consistency.contrasts import exclude
from bot.consistency.likeness import Likeness

CONTEXT, REST = 0.8, 0.5  # what a word counts that is found only in the heading, or elsewhere in the sentence
CONDITION = 0.4  # what an unmatched word of a condition weighs
MASS, MOST_MASS = 0.05, 2.0  # what each rare shared word adds, up to two
LEAST_SHARE = 0.15  # of the words that two claims say in common, below which nothing else is looked at
LEAST_MET, LEAST_MET_BY_DATES = 0.12, 0.35  # the weight of the words that two claims share at least
# Factors where one claim's subject, condition or compound is not in the other, where one is about nothing that the other says,
# and where the two exclude one another.
STRANGE_SUBJECT, STRANGE_CONDITION, OTHER_COMPOUND, NOT_ABOUT = 0.65, 0.7, 0.5, 0.5
EXCLUDED = 0.3
SUBJECT_FOUND, NAME_FOUND, CONDITION_FOUND, ABOUT_FOUND = 0.5, 0.75, 0.3, 0.12
ALIKE_SIZE = 4.0  # values of one attribute that differ by more than this ratio are rather of two attributes
_FIXED_SCALE = DATES | {Dimension.CLOCK, Dimension.WEEKDAYS, Dimension.AGE}


@dataclass(frozen=True, slots=True)
class _Side:
    """A claim's words by what they are for it."""

    about: tuple[str, ...]
    condition: tuple[str, ...]
    context: tuple[str, ...]
    rest: tuple[str, ...]

    stated: tuple[str, ...]
    everything: tuple[str, ...]
    stems: frozenset[str]
    stated_stems: frozenset[str]


def same_attribute(a: Claim, b: Claim, likeness: Likeness) -> float:
    """The weighted share of both claims' words that the other one says too, lowered by every sign of another scope."""
    if a.scope.former != b.scope.former or a.scope.special != b.scope.special:
        return 0.0
    first, second = _side(a), _side(b)
    if first.stated_stems.isdisjoint(second.stems) and second.stated_stems.isdisjoint(first.stems):
        return 0.0
    met, whole = 0.0, 0.0
    for mine, other in ((first, second), (second, first)):
        for weight, found in _found(mine, other, likeness):
            met += weight * found
            whole += weight
    if met / 2 < _least_met(a) or met < LEAST_SHARE * whole:
        return 0.0
    factor = _subjects(a, b, first, second, likeness) * _conditions(first, second, likeness)
    factor *= _compounds(a, b, first, second, likeness)
    if a.quantity and b.quantity:
        factor *= _sizes(a.quantity, b.quantity)
    return min(1.0, factor * met / whole + MASS * min(MOST_MASS, factor * met / 2))


def _least_met(claim: Claim) -> float:
    """Dates and hours are in every text; a date needs more than a common word to be the same date."""
    quantity = claim.quantity
    return LEAST_MET_BY_DATES if quantity and quantity.dimension in DATES else LEAST_MET


def _made(about: tuple[str, ...], condition: tuple[str, ...], context: tuple[str, ...], rest: tuple[str, ...]) -> _Side:
    stated = (*about, *condition)
    everything = (*stated, *context, *rest)
    return _Side(
        about, condition, context, rest, stated, everything, frozenset(map(stem, everything)), frozenset(map(stem, stated))
    )


@lru_cache(maxsize=8192)
def _side(claim: Claim) -> _Side:
    scope, quantity = claim.scope, claim.quantity
    noun: tuple[str, ...] = ()
    if quantity and quantity.dimension in {Dimension.COUNT, Dimension.FREQUENCY} and quantity.unit:
        noun = (quantity.unit, *sorted(quantity.modifiers))
    # A rule that holds without exception for an age and one with an exception contradict each other.
    rule = quantity is not None and quantity.dimension is Dimension.AGE
    condition = () if rule else tuple(word for word in scope.condition if word not in scope.near)
    about = tuple(dict.fromkeys((*scope.subject, *scope.near, *noun))) or scope.context
    return _made(about, condition, scope.context, scope.rest)


def _found(mine: _Side, other: _Side, likeness: Likeness) -> Iterator[tuple[float, float]]:
    """For every word of one side its weight and how well the other side says it."""
    for words, share in ((mine.about, 1.0), (mine.condition, CONDITION)):
        for word in words:
            found = 1.0 if stem(word) in other.stated_stems else likeness.found(word, other.stated)
            if found < 1:
                elsewhere = REST if stem(word) in other.stems else 0.0  # in the rest of a sentence only the word itself counts
                found = max(found, CONTEXT * likeness.found(word, other.context), elsewhere)
            yield likeness.weight(word) * max(share, found), found


def _subjects(a: Claim, b: Claim, first: _Side, second: _Side, likeness: Likeness) -> float:
    factor = 1.0
    for claim, other in ((a, second), (b, first)):
        share = likeness.share(claim.scope.subject, other.everything)
        if claim.scope.named and share < NAME_FOUND:
            return 0.0
        if _excluded(claim.scope.subject, _side(claim).about, other.about):
            factor *= EXCLUDED
        if share < SUBJECT_FOUND and not (claim.quantity and claim.quantity.modifiers):
            factor *= STRANGE_SUBJECT
        if likeness.share(other.about, (*_side(claim).everything,)) < ABOUT_FOUND:
            factor *= NOT_ABOUT
    return factor


def _excluded(subject: tuple[str, ...], own: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one claim is about what the other one's subject is not: "adults" and "children"."""
    return any(exclude(word, found) for word in subject if word not in other for found in other if found not in own)


def _conditions(first: _Side, second: _Side, likeness: Likeness) -> float:
    factor = 1.0
    for mine, other in ((first, second), (second, first)):
        if likeness.share(mine.condition, other.everything) < CONDITION_FOUND:
            factor *= STRANGE_CONDITION
    return factor


def _compounds(a: Claim, b: Claim, first: _Side, second: _Side, likeness: Likeness) -> float:
    """Lowered for "day pass" against "month pass": one noun, two words before it that only one side knows."""
    for before, word in a.scope.compounds:
        for other_before, other_word in b.scope.compounds:
            if likeness.same(word, other_word) < 1:
                continue
            if exclude(before, other_before):
                return EXCLUDED
            if likeness.related(before, other_before):
                continue
            if not likeness.found(before, second.everything) and not likeness.found(other_before, first.everything):
                return OTHER_COMPOUND
    return 1.0


def _sizes(a: Quantity, b: Quantity) -> float:
    """1 for values of similar size, less the further they are apart."""
    if a.dimension in _FIXED_SCALE:
        return 1.0
    smaller, larger = sorted((abs(a.high), abs(b.high)))
    if not smaller or larger <= ALIKE_SIZE * smaller:
        return 1.0
    return max(0.4, 1.0 - 0.35 * math.log10(larger / smaller / ALIKE_SIZE))
