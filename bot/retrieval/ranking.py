"""Signals in, one score out. The weights are data, fitted by `benchmarks/fit_ranking.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGNALS = ("bm25", "pairs", "coverage", "chars", "sentence_meaning", "passage_meaning", "heading_meaning", "soft")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts: `relative` of its share of the best passage's value, `absolute` of the value itself."""

    relative: Mapping[str, float]
    absolute: Mapping[str, float]


def weights_from_json(value: Mapping[str, Mapping[str, float]]) -> Weights:
    """Raises KeyError or ValueError where `value` does not name each signal once, as numbers."""
    found = {part: {name: float(value[part][name]) for name in SIGNALS} for part in ("relative", "absolute")}
    return Weights(found["relative"], found["absolute"])


def fuse(signals: Mapping[str, NDArray[np.float32]], weights: Weights) -> NDArray[np.float64]:
    """One score a passage, rounded so that a last bit of arithmetic never decides."""
    total = np.zeros(len(next(iter(signals.values()))))
    for name in SIGNALS:
        values = signals[name].astype(np.float64)
        best = float(values.max(initial=0.0))
        total += values * (weights.absolute[name] + (weights.relative[name] / best if best > 0 else 0.0))
    return np.round(total, 6)
