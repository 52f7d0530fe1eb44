"""A claim of a quantity goes in; its words come out by where they stand, with what they count for what is measured."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.claims import Claim
from bot.claims.units import UNITS, Dimension
from bot.claims.wording import content_words, stem
from bot.consistency.synonyms import groups_of

CONDITION, HEADING, REST, CONTEXT, UNDERSTOOD = 0.4, 0.6, 0.5, 0.3, 0.25  # what a word counts that is not of the clause itself
FARTHER = 0.9  # what each word counts less than the one that stands nearer to the quantity
LESS_NEAR = 0.7  # the same among the words that are next to it
IN_HEADING, ELSEWHERE = 0.9, 0.6  # how well a word of the clause is met in the other side's heading, or around its clause
COUNTED = frozenset({Dimension.COUNT, Dimension.FREQUENCY})
_OF_UNITS = frozenset(word for spelling in UNITS for word in spelling) | {"calendar", "period", "maximum", "minimum"}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Aspect:
    """A claim's words, each once, and for each of them [n words] what it counts: in the claim's own clause (`said`; the heading
    where that has no words), with all around it (`everything`), next to the quantity (`near`); how well a word of another claim
    is met by it (`well`, `stated` in the clause alone); and whether it is of the subject, the conditions, the heading."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    groups: tuple[frozenset[int], ...]
    said: Floats
    everything: Floats
    near: Floats
    well: Floats
    stated: Floats
    subject: Floats
    condition: Floats
    heading: Floats


@lru_cache(maxsize=16384)
def aspect(claim: Claim) -> Aspect:
    scope = claim.scope
    condition = tuple(word for word in scope.condition if word not in scope.near)
    own = tuple(dict.fromkeys(word for word in (*scope.subject, *scope.near, *counted(claim)) if word not in condition))
    said = {word: FARTHER ** _distance(claim, word) for word in own} | dict.fromkeys(scope.understood, UNDERSTOOD)
    everything = dict(said)
    for words, counts in ((condition, CONDITION), (scope.heading, HEADING), (scope.rest, REST), (scope.context, CONTEXT)):
        everything |= {word: counts for word in words if word not in everything}
    if not own:
        said = dict.fromkeys(scope.heading or scope.context, HEADING) | said
    near = {word: LESS_NEAR**k * (UNDERSTOOD if word in scope.understood else 1.0) for k, word in enumerate(scope.nearest)}
    near |= dict.fromkeys(counted(claim), 1.0)
    stated = dict.fromkeys((*own, *condition, *scope.understood, *near), 1.0)
    around = dict.fromkeys((*scope.rest, *scope.context), ELSEWHERE) | dict.fromkeys(scope.heading, IN_HEADING) | stated
    return _laid_out((said, everything, near, around, stated), (scope.subject, condition, scope.heading))


def _laid_out(counts: tuple[dict[str, float], ...], kinds: tuple[tuple[str, ...], ...]) -> Aspect:
    words = tuple(dict.fromkeys(word for part in (counts[3], *counts, *kinds) for word in part))
    stems = tuple(map(stem, words))
    columns = [np.array([part.get(word, 0.0) for word in words], dtype=np.float32) for part in counts]
    marks = [_marked(words, kind) for kind in kinds]
    return Aspect(words, stems, tuple(map(groups_of, words)), *columns, *marks)


def _marked(words: Iterable[str], among: Collection[str]) -> Floats:
    return np.array([word in among for word in words], dtype=np.float32)


def counted(claim: Claim) -> tuple[str, ...]:
    """What is counted and what a value is for each of, without the words of units: "books" of "three books a week"."""
    quantity = claim.quantity
    if quantity is None or not (quantity.dimension in COUNTED or quantity.per):
        return ()
    return tuple(word for word in dict.fromkeys(content_words(claim.value)) if word not in _OF_UNITS)


def _distance(claim: Claim, word: str) -> int:
    """How many words of the clause stand nearer to the quantity; a label is near from anywhere."""
    scope = claim.scope
    if word in scope.nearest:
        return scope.nearest.index(word)
    return 0 if scope.named and word in scope.subject else len(scope.nearest)
