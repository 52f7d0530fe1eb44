"""Two claims of quantities go in; the probability that they state one attribute in one scope comes out.

A logistic regression over `bot.consistency.signals`, fitted by `benchmarks/fit_attributes.py`.
"""

import math

from bot.claims import Claim
from bot.consistency.aspects import aspect
from bot.consistency.attributes import same_attribute
from bot.consistency.likeness import Likeness
from bot.consistency.signals import ALIKE, SIGNALS, signals


def one_attribute(a: Claim, b: Claim, likeness: Likeness, *, one_document: bool = False) -> float:
    """0 where one is of the past or departs from a rule and the other does not, or where they have no word in common."""
    if not may_be_one(a, b):
        return 0.0
    if _same_words(a, b):
        return 1.0
    found = signals(a, b, likeness, one_document=one_document)
    weights = likeness.weights
    total = weights.bias + sum(weights.signals.get(name, 0.0) * value for name, value in zip(SIGNALS, found, strict=True))
    most = weights.signals.get(ALIKE, 0.0)
    if _probability(total + most) >= weights.least:  # else the dearest signal cannot make it a conflict
        total += most * same_attribute(a, b, likeness)
    return _probability(total)


def _probability(total: float) -> float:
    return 1 / (1 + math.exp(-total))


def _same_words(a: Claim, b: Claim) -> bool:
    """Whether two sentences under one heading differ in their quantities alone, as in two editions of one text."""
    first, second = ((s.subject, s.near, s.rest, s.condition, s.understood, s.heading, s.days) for s in (a.scope, b.scope))
    return first == second and bool(aspect(a).said.any())


def may_be_one(a: Claim, b: Claim) -> bool:
    if (a.scope.former, a.scope.special) != (b.scope.former, b.scope.special):
        return False
    if a.scope.days and b.scope.days and a.scope.days.isdisjoint(b.scope.days):
        return False
    return not frozenset(aspect(a).stems).isdisjoint(aspect(b).stems)
