"""The ranked candidates of a reply go in; the probability that the best of them is right comes out.

A logistic regression over signals that are comparable between questions, fitted by `benchmarks/fit_answering.py`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.candidates import FEATURES, Candidate, Search
from bot.quoting import says_the_same
from bot.retrieval import Query
from bot.retrieval.meaning import WordVectors, unit
from bot.weights import Weights
from knowledge.text import stems, words

TAKEN_OVER = (
    "bm25",
    "chars",
    "sentence_meaning",
    "passage_meaning",
    "heading_meaning",
    "soft",
    "coverage",
    "sentence",
    "heading_same",
    "covers_question",
    "covers_with_heading",
    "opening",
)
SIGNALS = (
    "bias",
    "score",
    "margin",
    "rivals",
    *TAKEN_OVER,
    "unknown",
    "unknown_any",
    "kind_held",
    "kind_missing",
    "content_words",
    "leaning",
    "met",
    "met_least",
    "met_unknown",
    "unmet_heaviest",
)
_PLACE = {name: FEATURES.index(name) for name in (*TAKEN_OVER, "kind_held", "kind_missing")}


@dataclass(frozen=True, slots=True)
class Met:
    """How well the content words of a question are met by a passage with its headings, from 0 to 1: 1 for the same stem, else
    the cosine with the closest word. `mean` is weighted by rarity; `least` is that of the word worst met; `unknown` the mean
    over words that the documents do not hold, 1 where there is none; `heaviest` the weight share of words not met exactly."""

    mean: float
    least: float
    unknown: float
    heaviest: float


def met(query: Query, candidate: Candidate, vectors: WordVectors) -> Met:
    asked = [(w, weight) for w, weight, content in zip(query.words, query.weights, query.content, strict=True) if content]
    if not asked:
        return Met(1.0, 1.0, 1.0, 0.0)
    lang = candidate.document.lang
    told = sorted(set(words(_with_context(candidate))))
    theirs = set(stems(told, lang))
    same = [stem in theirs for stem in stems((word for word, _ in asked), lang)]
    closest = np.max(unit(vectors.vectors([w for w, _ in asked])) @ unit(vectors.vectors(told)).T, axis=1, initial=0.0)
    listed = [word in vectors for word, _ in asked]  # what letters suggest is no meaning: such a word is met as it is or not
    close = [
        1.0 if e else round(float(value), 4) if known else 0.0 for e, known, value in zip(same, listed, closest, strict=True)
    ]
    weights = [weight for _, weight in asked]
    total = sum(weights) or 1.0
    unknown = [value for value, (word, _) in zip(close, asked, strict=True) if word in query.unknown]
    return Met(
        mean=sum(value * weight for value, weight in zip(close, weights, strict=True)) / total,
        least=min(close),
        unknown=sum(unknown) / len(unknown) if unknown else 1.0,
        heaviest=max((weight for exact, weight in zip(same, weights, strict=True) if not exact), default=0.0) / total,
    )


def _with_context(candidate: Candidate) -> str:
    text, passage = candidate.document.text, candidate.passage
    above = [span.of(text) for span in (*passage.context, *([passage.heading] if passage.heading else []))]
    return " ".join([*above, passage.of(text)])


def signals(searches: Sequence[Search], ranked: Sequence[Candidate], vectors: WordVectors) -> tuple[float, ...]:
    """In the order of SIGNALS. `ranked` is not empty."""
    best = ranked[0]
    others = [c for c in ranked[1:8] if not says_the_same(best, c)]
    focus = max(searches, key=lambda search: len(search.query.words)).query
    weight = sum(w for w, meant in zip(focus.weights, focus.content, strict=True) if meant)
    heaviest = max(focus.weights, default=0.0)
    taken = {name: best.features[place] for name, place in _PLACE.items()}
    fit = met(focus, best, vectors)
    return (
        1.0,
        best.score / 10,
        (best.score - others[0].score if others else best.score) / 3,
        sum(math.exp(c.score - best.score) for c in others) / 3,
        *(taken[name] for name in TAKEN_OVER),
        min(1.0, len(focus.unknown) * heaviest / weight) if weight else 0.0,
        float(bool(focus.unknown)),
        taken["kind_held"],
        taken["kind_missing"],
        min(1.0, sum(focus.content) / 10),
        1.0 - searches[0].weight,
        fit.mean,
        fit.least,
        fit.unknown,
        fit.heaviest,
    )


def confidence(searches: Sequence[Search], ranked: Sequence[Candidate], vectors: WordVectors, weights: Weights) -> float:
    """The probability that the best of `ranked` is right; 0.0 where there is none."""
    return logistic(signals(searches, ranked, vectors), weights.confidence) if ranked else 0.0


def logistic(found: Sequence[float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted signals, rounded to four places so that it is the same on every machine."""
    total = sum(weights.get(name, 0.0) * value for name, value in zip(SIGNALS, found, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)
