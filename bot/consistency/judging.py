"""Pairs of claims with their signals go in; the probability that both claims of a pair are of one thing comes out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.consistency.pairing import Pairs
from bot.consistency.standing import standing
from bot.consistency.statements import Statement
from bot.consistency.trees import Trees

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Looks twice: at each pair alone, by a logistic regression (`weights` [signals], `bias`), and then, by boosted trees, also
    at how it stands among the pairs of the same claims. `least` is the probability from which a pair that differs is reported.
    """

    weights: Floats
    bias: float
    trees: Trees
    least: float

    def at_first_sight(self, signals: Floats) -> Floats:
        """[pairs]"""
        return np.asarray(1 / (1 + np.exp(-(signals @ self.weights + self.bias))))

    def chances(self, pairs: Pairs, statements: Sequence[Statement], signals: Floats, differs: NDArray[np.bool_]) -> Floats:
        """[pairs]"""
        at_first = self.at_first_sight(signals)
        return self.trees.probabilities(np.hstack([signals, standing(pairs, statements, at_first, differs)]))


@dataclass(frozen=True, slots=True)
class Judges:
    """Of quantities and of what is allowed, required or denied."""

    quantities: Judge
    stances: Judge
