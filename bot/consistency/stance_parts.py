"""Two claims with stances go in; the shares of their words that meet come out, reckoned on arrays of all words of both at once.

The measures are those of `propositions`, without a verdict: what is a reason there to look no further is told here as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.claims import Claim
from bot.claims.wording import stem
from bot.consistency.alignment import alike, products
from bot.consistency.likeness import Likeness
from bot.consistency.propositions import (
    IN_CONDITION,
    IN_CONTEXT,
    IN_REST,
    MOST_MET,
    MOST_SHARED,
    MOST_STRANGE,
    MOST_WORDS,
    NEARLY_ALL,
    apart,
    everything_of,
    is_for_rivals,
    meeting_stems,
    narrowed_to_its_own,
    own_words,
)

PARTS = (
    *("shared", "denied", "missing", "strange", "whole", "most", "near", "other condition", "own condition"),
    *("always denied", "always said", "apart", "special", "rivals", "no word", "closeness", "denial met", "other met"),
    *("denial long", "other long", "denial subject", "other subject", "met", "own words"),
)
Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """A claim's words, each once, with their stems, and where in them those of each of its parts stand."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    own: Places
    core: Places  # what it is about, its subject included
    condition: Places
    context: Places
    around: Places  # the rest of its sentence, and the context
    implied: Places
    everything: Places
    once: Places  # one word of each stem of everything


@lru_cache(maxsize=65536)
def _laid(claim: Claim) -> _Laid:
    scope, own, everything = claim.scope, own_words(claim), everything_of(claim)
    words = tuple(dict.fromkeys((*everything, *own, *scope.implied)))
    at = {word: place for place, word in enumerate(words)}

    def places(of: Iterable[str]) -> Places:
        return np.array([at[word] for word in of], dtype=np.int64)

    return _Laid(
        words,
        tuple(map(stem, words)),
        places(own),
        places((*scope.near, *scope.subject)),
        places(scope.condition),
        places(scope.context),
        places((*scope.rest, *scope.context)),
        places(word for word in scope.implied if word not in own),
        places(everything),
        places({stem(word): word for word in everything}.values()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One claim against the other: how alike [own words, words of the other] and how near the words are."""

    mine: _Laid
    other: _Laid
    weights: Floats
    alike: Floats
    cosines: Floats

    def meant(self) -> Places:
        """Its own words, and what a pronoun in it may stand for, where the other claim names it."""
        return np.concatenate([self.mine.own, self.mine.implied[self._best(self.mine.implied, self.other.own) > 0]])

    def _best(self, words: Places, among: Places) -> Floats:
        return np.asarray(self.alike[np.ix_(words, among)].max(axis=1, initial=0.0))

    def met(self, words: Places) -> tuple[float, float]:
        """The weight of `words` that the other claim has, and of those that it lacks."""
        found = self._best(words, self.other.core)
        around = (self.alike[np.ix_(words, self.other.around)] >= 1).any(axis=1)
        elsewhere = np.maximum.reduce(
            [
                IN_CONDITION * self._best(words, self.other.condition),
                IN_CONTEXT * self._best(words, self.other.context),
                IN_REST * around,
            ]
        )
        found = np.maximum(found, np.where(found < 1, elsewhere, 0))
        weights = self.weights[words]
        return float(weights @ found), float(weights @ (1 - found))

    def nearness(self, words: Places) -> float:
        """The weighted mean of the cosines between each word and the nearest one of the other claim."""
        there = np.ix_(words, self.other.once)
        nearest = np.where(self.alike[there] >= 1, 1.0, self.cosines[there]).max(axis=1, initial=-1.0)
        return self._mean(words, nearest if len(self.other.once) else np.zeros(len(words)))

    def share(self, words: Places) -> float:
        """The weighted share of `words` that the other claim speaks of; 1 where there are none."""
        return self._mean(words, self._best(words, self.other.everything)) if len(words) else 1.0

    def _mean(self, words: Places, values: NDArray[np.floating]) -> float:
        weights = self.weights[words]
        whole = float(weights.sum())
        return float(weights @ values) / whole if whole else 0.0


def parts(denial: Claim, other: Claim, likeness: Likeness) -> tuple[float, ...]:
    """In the order of PARTS; `denial` is what `propositions.in_order` puts first."""
    mine, theirs = _sides(_laid(denial), _laid(other), likeness)
    meant, answered = mine.meant(), theirs.meant()
    met, missing = mine.met(meant)
    said, lacking = theirs.met(answered)
    share, other_share = (one / whole if (whole := one + rest) else 0.0 for one, rest in ((met, missing), (said, lacking)))
    first, second = mine.mine, theirs.mine
    own_condition = _own_condition(denial, other, mine)
    return (
        *(min(MOST_SHARED, (met + said) / 2), min(1.0, met), min(1.0, missing), min(MOST_STRANGE, missing, lacking)),
        *(min(1.0, met) if share > NEARLY_ALL else 0.0, max(share, other_share)),
        min(mine.nearness(meant), theirs.nearness(answered)),
        *(1 - theirs.share(second.condition), own_condition),
        *(float(claim.stance is not None and claim.stance.always) for claim in (denial, other)),
        *(float(apart(denial, other)), float(narrowed_to_its_own(denial, other, own_condition))),
        *(float(is_for_rivals(denial, other, likeness)), float(meeting_stems(denial).isdisjoint(meeting_stems(other)))),
        likeness.closeness(denial.scope.near, other.scope.near),
        *(mine.share(first.everything), theirs.share(second.everything)),
        *(min(MOST_WORDS, len(claim.scope.near)) for claim in (denial, other)),
        *(mine.share(_subject(denial, first)), theirs.share(_subject(other, second))),
        min(MOST_MET, met + said),
        float(len(meant) == len(denial.scope.near)),
    )


def _subject(claim: Claim, laid: _Laid) -> Places:
    return laid.core[len(claim.scope.near) :]


def _own_condition(denial: Claim, other: Claim, side: _Side) -> float:
    always = other.scope.ever or (other.stance is not None and other.stance.always)
    return 0.0 if always else 1 - side.share(side.mine.condition)


def _sides(first: _Laid, second: _Laid, likeness: Likeness) -> tuple[_Side, _Side]:
    cosines = products(likeness.directions(first.words), likeness.directions(second.words).T)
    matched = alike(cosines, first.stems, second.stems)
    weights = likeness.weights_of(first.words), likeness.weights_of(second.words)
    return _Side(first, second, weights[0], matched, cosines), _Side(second, first, weights[1], matched.T, cosines.T)
