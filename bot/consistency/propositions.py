"""Two claims under opposed forces go in; how surely both speak of one proposition comes out, from 0 to 1.

"No cash, please" and "You can pay in cash at the desk" do. "Bags must not be left in the hall" and "Bags can be left in the
lockers" do not: each says something that the other one does not, so each has a case of its own.
"""

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.claims import Claim
from bot.claims.forces import Force
from bot.claims.measures import Quantity, comparable, disagree
from bot.claims.modality import negative
from bot.claims.numerals import word_set
from bot.claims.units import Dimension
from bot.claims.wording import stem
from bot.consistency.contrasts import exclude
from bot.consistency.likeness import Likeness

# As `benchmarks/fit_propositions.py` fits them: a logistic regression over the signals below.
CONSTANT = -5.159
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "shared": 1.447,
        "denied": 0.83,
        "missing": -1.411,
        "strange": -1.337,
        "whole": 1.629,
        "most": 1.143,
        "near": 3.166,
        "other condition": -0.59,
        "own condition": -0.151,
        "always": 0.638,
        "plain denial": 0.392,
        "plain statement": -1.705,
        "one document": -1.25,
    }
)
IN_CONDITION, IN_CONTEXT, IN_REST = 0.9, 0.7, 0.6  # what a word counts that the other claim has elsewhere
MOST_SHARED, MOST_STRANGE, MOST_MET, MOST_WORDS = 2.0, 0.5, 3.0, 12.0
NEARLY_ALL = 0.95
LEAST_MET = 0.4  # the share of one claim's words below which nothing else is looked at
CONDITION_OF_ITS_OWN = 0.65  # the share of a denial's condition that the other claim does not speak of
NAMED_TOO = 0.35  # the share of what something is reserved to from which on the other claim names it too
# Verbs that go with anything, and words for whoever is meant: what a claim says besides them tells it from others.
_GENERAL = frozenset(
    map(
        stem,
        word_set(
            "accept take offer provide have get use do make give allow include pay go come be admit permit enter let put bring "
            "keep receive supply bother start begin operate run sort available place serve guest customer client visitor "
            "people person owner user holder resident passenger tenant patient somebody everybody day house"
        ),
    )
)
_LEANING = re.compile(
    r"\b(?:in|on|into|onto|to|for|with|of|beyond|near|put|use|bring|take)\s+(?:it|them|there|these|those)\b", re.IGNORECASE
)
_OTHER_TIMES = (("before", "after"), ("after", "before"), ("under", "over"), ("over", "under"))


def same_proposition(a: Claim, b: Claim, likeness: Likeness, *, one_document: bool = False) -> float:
    """How surely `a` and `b`, of opposed forces, cannot both hold. The same in either order."""
    found = signals(*in_order(a, b), likeness, one_document=one_document)
    return 1 / (1 + math.exp(-CONSTANT - sum(WEIGHTS[name] * value for name, value in found.items()))) if found else 0.0


def in_order(a: Claim, b: Claim) -> tuple[Claim, Claim]:
    """What denies, frees or reserves before what it stands against."""
    return (a, b) if _rank(a) >= _rank(b) else (b, a)


def _rank(claim: Claim) -> int:
    if claim.stance is None:
        return 0
    return 2 if negative(claim.stance) else int(claim.stance.force in {Force.OPTIONAL, Force.FREE, Force.RESERVED})


def signals(denial: Claim, other: Claim, likeness: Likeness, *, one_document: bool) -> dict[str, float] | None:
    """What tells whether two claims are about one thing; None where they exclude one another or share no word of their own.

    `shared` and `denied` are the weights of the own words that are met on both sides and on the denial's, `missing` that of
    the denial's other words; `strange` the weight that is missed on the side that misses less; `whole` is `denied` again where
    nothing is missing, `most` the larger share that is met, `near` the mean nearness of all words on the side that has less.
    """
    if meeting_stems(denial).isdisjoint(meeting_stems(other)):
        return None
    if apart(denial, other) or _special(denial, other, likeness) or not is_for_rivals(denial, other, likeness):
        return None
    mine, theirs = _meant(denial, other, likeness), _meant(other, denial, likeness)
    met, missing = _met(mine, other, likeness)
    said, lacking = _met(theirs, denial, likeness)
    share, most = _share(met, missing), max(_share(met, missing), _share(said, lacking))
    if most < LEAST_MET or not any(likeness.found(word, theirs) for word in mine):
        return None
    return {
        "shared": min(MOST_SHARED, (met + said) / 2),
        "denied": min(1.0, met),
        "missing": min(1.0, missing),
        "strange": min(MOST_STRANGE, missing, lacking),
        "whole": min(1.0, met) if share > NEARLY_ALL else 0.0,
        "most": most,
        "near": min(_nearness(mine, other, likeness), _nearness(theirs, denial, likeness)),
        "other condition": _strangeness(other.scope.condition, denial, likeness),
        "own condition": _own_condition(denial, other, likeness),
        "always": float(bool(denial.stance and denial.stance.always)),
        "plain denial": float(bool(denial.stance and denial.stance.force is Force.DENIED)),
        "plain statement": float(bool(other.stance and other.stance.force is Force.STATED)),
        "one document": float(one_document),
    }


def other_case(a: Claim, b: Claim, likeness: Likeness) -> bool:
    """Whether two opposed claims hold of different cases by what they say themselves, or one is reserved to what both name."""
    denial, other = in_order(a, b)
    return apart(denial, other) or _special(denial, other, likeness) or not is_for_rivals(denial, other, likeness)


def _share(met: float, missing: float) -> float:
    return met / (met + missing) if met + missing else 0.0


@lru_cache(maxsize=8192)
def meeting_stems(claim: Claim) -> frozenset[str]:
    """Of the words by which two claims on one thing have to meet."""
    return frozenset(map(stem, (*own_words(claim), *claim.scope.implied)))


def _meant(claim: Claim, other: Claim, likeness: Likeness) -> tuple[str, ...]:
    """A claim's own words, and what a pronoun in it may stand for, where the other claim names it."""
    own = own_words(claim)
    there = own_words(other)
    return (*own, *(word for word in claim.scope.implied if word not in own and likeness.found(word, there)))


@lru_cache(maxsize=8192)
def own_words(claim: Claim) -> tuple[str, ...]:
    """A claim's words of content; those that go with anything only where it has no others."""
    words = claim.scope.near or claim.scope.context
    if claim.stance and claim.stance.force is Force.RESERVED:
        return words
    return tuple(word for word in words if stem(word) not in _GENERAL) or words


@lru_cache(maxsize=8192)
def everything_of(claim: Claim) -> tuple[str, ...]:
    scope = claim.scope
    return (*scope.near, *scope.subject, *scope.condition, *scope.context, *scope.rest)


def _met(words: Iterable[str], other: Claim, likeness: Likeness) -> tuple[float, float]:
    """The weight of `words` that the other claim has, and of those that it lacks."""
    scope, met, lacking = other.scope, 0.0, 0.0
    elsewhere = {stem(word) for word in (*scope.rest, *scope.context)}
    for word in words:
        found = likeness.found(word, (*scope.near, *scope.subject))
        if found < 1:
            in_condition, in_context = likeness.found(word, scope.condition), likeness.found(word, scope.context)
            found = max(found, IN_CONDITION * in_condition, IN_CONTEXT * in_context, IN_REST * (stem(word) in elsewhere))
        met += likeness.weight(word) * found
        lacking += likeness.weight(word) * (1 - found)
    return met, lacking


def _nearness(words: Iterable[str], other: Claim, likeness: Likeness) -> float:
    """The weighted mean of the cosines between each word and the nearest one of the other claim."""
    there = {stem(word): word for word in everything_of(other)}
    met = whole = 0.0
    for word in words:
        nearest = 1.0 if stem(word) in there else max((likeness.cosine(word, found) for found in there.values()), default=0.0)
        met += likeness.weight(word) * nearest
        whole += likeness.weight(word)
    return met / whole if whole else 0.0


def _strangeness(condition: tuple[str, ...], other: Claim, likeness: Likeness) -> float:
    """The share of a condition that the other claim does not speak of."""
    return 1 - likeness.share(condition, everything_of(other)) if condition else 0.0


def is_for_rivals(reserved: Claim, other: Claim, likeness: Likeness) -> bool:
    """Whether the other claim gives to something else what one claim reserves: "only members" and "visitors may"."""
    if not reserved.stance or reserved.stance.force is not Force.RESERVED:
        return True
    if reserved.scope.own:
        return reserved.scope.own == "ours" and other.scope.own == "theirs"
    to = reserved.scope.subject
    named = (*reserved.scope.near, *to)
    return likeness.share(to, everything_of(other)) < NAMED_TOO and not all(
        likeness.found(word, named) for word in other.scope.near
    )


def _special(denial: Claim, other: Claim, likeness: Likeness) -> bool:
    """Whether one claim denies for a time, an age, a condition or a place of its own only what the other one does not say to
    hold always."""
    return narrowed_to_its_own(denial, other, _own_condition(denial, other, likeness))


def narrowed_to_its_own(denial: Claim, other: Claim, own_condition: float) -> bool:
    """`own_condition` is the share of the denial's condition that the other claim does not speak of."""
    leaning = denial.stance is not None and negative(denial.stance) and _LEANING.search(denial.value)
    if leaning or (_narrowed(denial) and not _narrowed(other) and not other.scope.ever):
        return True
    return own_condition > CONDITION_OF_ITS_OWN


def _own_condition(denial: Claim, other: Claim, likeness: Likeness) -> float:
    always = other.scope.ever or (other.stance is not None and other.stance.always)
    return 0.0 if always else _strangeness(denial.scope.condition, other, likeness)


def _narrowed(claim: Claim) -> bool:
    return bool(claim.scope.measures) or not claim.scope.when.isdisjoint(("under", "over"))


def apart(a: Claim, b: Claim) -> bool:
    """Whether the two hold of different cases by what they say themselves: other ages, other days, before and after."""
    first, second = a.scope, b.scope
    if first.former != second.former or first.special or second.special or (second.excepting and first.measures):
        return True
    if any(one in first.when - second.when and other in second.when - first.when for one, other in _OTHER_TIMES):
        return True
    if any(_other_case(q, r) for q in first.measures for r in second.measures):
        return True
    alone, others = _strangers(a, b), _strangers(b, a)
    return any(exclude(word, found) for word in alone for found in others)


def _strangers(claim: Claim, other: Claim) -> list[str]:
    there = {stem(word) for word in everything_of(other)}
    return [word for word in own_words(claim) if stem(word) not in there]


def _other_case(a: Quantity, b: Quantity) -> bool:
    if a.dimension is Dimension.WEEKDAYS and b.dimension is Dimension.WEEKDAYS:
        return a.members.isdisjoint(b.members)
    return comparable(a, b) and disagree(a, b) is not None
