"""The ranked candidates of a reply go in; the probability that the best of them is right comes out.

A logistic regression over signals that are comparable between questions, fitted by `benchmarks/fit_answering.py`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.candidates import Candidate, Search
from bot.features import FEATURES
from bot.quoting import says_the_same
from bot.retrieval import Query
from bot.retrieval.meaning import WordVectors, unit
from bot.traits import Traits, traits
from bot.weights import Weights
from knowledge.text import stems

TAKEN_OVER = ("chars", "sentence_meaning", "passage_meaning", "heading_meaning", "soft", "sentence", "heading_same", "opening")
SIGNALS = (
    "bias",
    "score",
    "margin",
    "rivals",
    *TAKEN_OVER,
    "kind_held",
    "kind_missing",
    "content_words",
    "leaning",
    "met",
    "met_least",
    "met_unknown",
    "unmet",
    "heaviest_unmet",
    "met_by_sentence",
    "met_least_by_sentence",
)
RIVALS = 8  # candidates that are looked at beside the best one
FAR = 0.45  # the cosine below which a word of the question is not met at all
_PLACE = {name: FEATURES.index(name) for name in (*TAKEN_OVER, "kind_held", "kind_missing")}


@dataclass(frozen=True, slots=True)
class Met:
    """How well the content words of a question are met by a text, from 0 to 1: 1 for the same stem, else the cosine with the
    closest word. `mean` is weighted by rarity; `least` is that of the word worst met; `unknown` the mean over words that the
    documents do not hold, 1 where there is none. `unmet` is the weight share of words below FAR, `heaviest` that of the
    heaviest word whose stem is not there."""

    mean: float = 1.0
    least: float = 1.0
    unknown: float = 1.0
    unmet: float = 0.0
    heaviest: float = 0.0


def met(query: Query, text: str, lang: str, vectors: WordVectors) -> Met:
    return met_in_each(query, (text,), lang, vectors)[0]


def met_in_each(query: Query, texts: Sequence[str], lang: str, vectors: WordVectors) -> list[Met]:
    """One for each text; the texts share most of their words, which are looked at once."""
    asked = [(w, weight) for w, weight, content in zip(query.words, query.weights, query.content, strict=True) if content]
    if not asked:
        return [Met()] * len(texts)
    told = [traits(text, lang) for text in texts]
    there = sorted(frozenset().union(*(one.vocabulary for one in told)))
    cosines = unit(vectors.recalled([word for word, _ in asked])) @ unit(vectors.recalled(there)).T
    own = [cosines[:, [word in one.vocabulary for word in there]] for one in told]
    return [_met(query, asked, _closeness(query, one, close, lang, vectors)) for one, close in zip(told, own, strict=True)]


def unmet(query: Query, text: str, lang: str, vectors: WordVectors) -> tuple[str, ...]:
    """The words that the documents do not hold and that nothing in the text comes near either."""
    alone = {word: replace(query, words=(word,), weights=(1.0,), content=(True,)) for word in query.unknown}
    return tuple(word for word, asked in alone.items() if met(asked, text, lang, vectors).least < FAR)


def _met(query: Query, asked: Sequence[tuple[str, float]], closeness: Sequence[tuple[float, bool]]) -> Met:
    total = sum(weight for _, weight in asked) or 1.0
    found = [(close, exact, word, weight) for (close, exact), (word, weight) in zip(closeness, asked, strict=True)]
    unknown = [close for close, _, word, _ in found if word in query.unknown]
    return Met(
        mean=sum(close * weight for close, _, _, weight in found) / total,
        least=min(close for close, _, _, _ in found),
        unknown=sum(unknown) / len(unknown) if unknown else 1.0,
        unmet=sum(weight for close, _, _, weight in found if close < FAR) / total,
        heaviest=max((weight for _, exact, _, weight in found if not exact), default=0.0) / total,
    )


def _closeness(
    query: Query, told: Traits, cosines: NDArray[np.float32], lang: str, vectors: WordVectors
) -> list[tuple[float, bool]]:
    """For each content word how near the text comes to it, and whether it has the same stem, or that of an owner's synonym;
    `cosines` has a row for each.

    What letters alone suggest is no meaning: a word that the vectors do not list is met by its own stem or not at all.
    """
    there = frozenset(told.stems)
    asked = [word for word, content in zip(query.words, query.content, strict=True) if content]
    as_good = {word for word, stem in query.synonyms if stem in there}
    same = [stem in there or word in as_good for word, stem in zip(asked, stems(asked, lang), strict=True)]
    nearest = np.max(cosines, axis=1, initial=0.0).round(4).tolist()
    found = zip(same, asked, nearest, strict=True)
    return [(1.0 if exact else cosine if word in vectors else 0.0, exact) for exact, word, cosine in found]


def with_headings(candidate: Candidate, part: str) -> str:
    text, passage = candidate.document.text, candidate.passage
    above = [span.of(text) for span in (*passage.context, *([passage.heading] if passage.heading else []))]
    return " ".join([*above, part])


def signals(searches: Sequence[Search], ranked: Sequence[Candidate], vectors: WordVectors) -> tuple[float, ...]:
    """In the order of SIGNALS. `ranked` is not empty."""
    best = ranked[0]
    others = [c for c in ranked[1:RIVALS] if not says_the_same(best, c)]
    asked = max((search.query for search in searches), key=lambda query: len(query.words))
    taken = {name: best.features[place] for name, place in _PLACE.items()}
    lang = best.document.lang
    texts = (with_headings(best, best.passage.of(best.document.text)), with_headings(best, best.text))
    whole, alone = met_in_each(asked, texts, lang, vectors)
    return (
        1.0,
        best.score / 10,
        (best.score - others[0].score if others else best.score) / 3,
        sum(math.exp(c.score - best.score) for c in others) / 3,
        *taken.values(),
        min(1.0, sum(asked.content) / 10),
        1.0 - searches[0].weight,
        whole.mean,
        whole.least,
        whole.unknown,
        whole.unmet,
        whole.heaviest,
        alone.mean,
        alone.least,
    )


def confidence(searches: Sequence[Search], ranked: Sequence[Candidate], vectors: WordVectors, weights: Weights) -> float:
    """The probability that the best of `ranked` is right; 0.0 where there is none."""
    return logistic(signals(searches, ranked, vectors), weights.confidence) if ranked else 0.0


def logistic(found: Sequence[float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted signals, rounded to four places so that it is the same on every machine."""
    total = sum(weights.get(name, 0.0) * value for name, value in zip(SIGNALS, found, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)
