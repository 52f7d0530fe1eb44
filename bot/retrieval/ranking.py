"""Signals in, one score out. The weights are data, fitted by `benchmarks/fit_ranking.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGNALS = (
    "bm25",
    "pairs",
    "coverage",
    "chars",
    "sentence_meaning",
    "passage_meaning",
    "heading_meaning",
    "soft",
    "sentence_soft",
)
SENTENCE_SIGNALS = ("meaning", "soft")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts for a passage, and what each counts for a sentence."""

    passages: Mapping[str, float]
    sentences: Mapping[str, float]


def weights_from_json(value: Mapping[str, Mapping[str, float]]) -> Weights:
    """Raises KeyError or ValueError where `value` does not give each signal a number."""
    return Weights(
        {name: float(value["passages"][name]) for name in SIGNALS},
        {name: float(value["sentences"][name]) for name in SENTENCE_SIGNALS},
    )


def fuse(signals: Mapping[str, NDArray[np.float32]], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """The weighted mean of the signals (from 0 to 1), rounded so that a last bit of arithmetic never decides."""
    total = sum(signals[name].astype(np.float64) * weight for name, weight in weights.items())
    return np.round(total / sum(weights.values()), 6)
