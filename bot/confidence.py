"""The ranked candidates of a reply go in; the probability that the best of them is right comes out.

A logistic regression over signals that are comparable between questions, fitted by `benchmarks/fit_answering.py`.
"""

import math
from collections.abc import Mapping, Sequence

from bot.candidates import FEATURES, Candidate, Search
from bot.quoting import says_the_same

TAKEN_OVER = ("bm25", "chars", "sentence_meaning", "passage_meaning", "heading_meaning", "soft", "coverage", "sentence")
SIGNALS = (
    "bias",
    "score",
    "margin",
    *TAKEN_OVER,
    "unknown",
    "unknown_any",
    "kind_held",
    "kind_missing",
    "content_words",
    "corrected",
    "leaning",
)
_PLACE = {name: FEATURES.index(name) for name in (*TAKEN_OVER, "kind_held", "kind_missing")}


def signals(searches: Sequence[Search], ranked: Sequence[Candidate]) -> tuple[float, ...]:
    """In the order of SIGNALS. `ranked` is not empty."""
    best = ranked[0]
    other = next((c for c in ranked[1:] if not says_the_same(best, c)), None)
    focus = searches[0].query
    weight = sum(w for w, meant in zip(focus.weights, focus.content, strict=True) if meant)
    heaviest = max(focus.weights, default=0.0)
    taken = {name: best.features[place] for name, place in _PLACE.items()}
    return (
        1.0,
        best.score,
        best.score - other.score if other else best.score,
        *(taken[name] for name in TAKEN_OVER),
        min(1.0, len(focus.unknown) * heaviest / weight) if weight else 0.0,
        float(bool(focus.unknown)),
        taken["kind_held"],
        taken["kind_missing"],
        min(1.0, sum(focus.content) / 10),
        float(bool(focus.corrections)),
        1.0 - searches[0].weight,
    )


def confidence(found: Sequence[float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted signals, rounded to four places so that it is the same on every machine."""
    total = sum(weights.get(name, 0.0) * value for name, value in zip(SIGNALS, found, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)
