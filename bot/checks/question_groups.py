"""Questions as an edition reads them go in, groups of those that ask the same come out: forty ways of asking are one row.

Core: no I/O. Two questions ask the same where their words mean the same, the rare ones above all, and where the same sentences
answer them; how much the sentences say depends on how surely they answer.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

from bot.answers import Conversation
from bot.assistant import Assistant
from bot.confidence import confidence
from bot.edition import Edition
from bot.retrieval import Query
from bot.retrieval.meaning import WordVectors, unit
from knowledge.text import words

# A logistic regression on all pairs of the questions in the packs, fitted by `benchmarks/question_groups.py`.
MEANING, EVIDENCE, BIAS = 7.5, 8.0, -5.8
ALIKE = 0.3  # the mean probability, over the pairs of two groups, from which they are one
LOOKED_AT = 8  # sentences that may answer a question

Place = tuple[int, int]  # a passage's position and the number of a sentence in it


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """`spelled` are its words as typed, `direction` (unit length, or zeros) what they mean, weighted by rarity in this release.
    `answers` are the sentences that may answer it with their shares, which add up to 1; `sure` is the probability that the best
    one does."""

    spelled: tuple[str, ...]
    direction: NDArray[np.float32]
    answers: Mapping[Place, float]
    sure: float


def asked(question: str, assistant: Assistant, edition: Edition) -> Asked:
    _, found = assistant.find(edition, Conversation(), question)
    best = found.ranked[:LOOKED_AT]
    odds = {(one.position, one.number): math.exp(one.score - best[0].score) for one in best}
    shares = {place: value / sum(odds.values()) for place, value in odds.items()}
    sure = confidence(found.searches, found.ranked, assistant.vectors, assistant.weights)
    return Asked(tuple(words(question)), _direction(found.focus.query, assistant.vectors), shares, sure)


def _direction(query: Query, vectors: WordVectors) -> NDArray[np.float32]:
    """Of the words that carry meaning; of all where none does."""
    weighed = list(zip(query.words, query.weights, query.content, strict=True))
    told = [(word, weight) for word, weight, content in weighed if content] or [(word, weight) for word, weight, _ in weighed]
    directions = unit(vectors.vectors([word for word, _ in told]))
    weights = np.array([[weight for _, weight in told]], dtype=np.float32)
    summed: NDArray[np.float32] = unit(weights @ directions)[0]
    return summed


def grouped(questions: Sequence[Asked]) -> list[list[int]]:
    """Positions in `questions`, each in exactly one group, the same in any order; the largest first, then the earliest."""
    spelled: dict[tuple[str, ...], list[int]] = {}
    for place, question in enumerate(questions):
        spelled.setdefault(question.spelled, []).append(place)
    alike = list(spelled.values())
    groups: dict[int, list[int]] = {}
    for places, label in zip(alike, _labels([questions[places[0]] for places in alike]), strict=True):
        groups.setdefault(label, []).extend(places)
    return sorted(map(sorted, groups.values()), key=lambda members: (-len(members), members[0]))


def _labels(questions: Sequence[Asked]) -> list[int]:
    """A number for each question, the same for those of one group: clusters by average linkage."""
    if len(questions) < 2:
        return [0] * len(questions)
    upper = np.triu_indices(len(questions), 1)
    distances = 1 - _probabilities(questions)[upper]
    return [int(label) for label in fcluster(linkage(distances, "average"), 1 - ALIKE, "distance")]


def _probabilities(questions: Sequence[Asked]) -> NDArray[np.float64]:
    """float64[n, n]: how surely each pair asks the same."""
    directions = np.stack([question.direction for question in questions]).astype(np.float64)
    numbers: dict[Place, int] = {}
    for question in questions:
        for place in question.answers:
            numbers.setdefault(place, len(numbers))
    evidence = np.zeros((len(questions), max(1, len(numbers))))
    for row, question in enumerate(questions):
        for place, share in question.answers.items():
            evidence[row, numbers[place]] = math.sqrt(share * question.sure)
    odds = MEANING * (directions @ directions.T) + EVIDENCE * (evidence @ evidence.T) + BIAS
    probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return probabilities
