"""The fitted weights: what `benchmarks/fit_answering.py` and `benchmarks/fit_attributes.py` write, as what the code reads."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """`ranking` is keyed by `bot.features.FEATURES`, `confidence` by `bot.confidence.SIGNALS`; `operating_point` is the
    least confidence that is answered unless the owner sets another."""

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    operating_point: float


@dataclass(frozen=True, slots=True)
class AttributeWeights:
    """`signals` is keyed by SIGNALS and ALIKE of `bot.consistency.signals`; `least` is the probability from which two differing
    quantities are a conflict."""

    bias: float
    signals: Mapping[str, float]
    least: float
