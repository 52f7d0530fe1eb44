"""The weights that choose the sentence and state the confidence, as `benchmarks/fit_answering.py` fits them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """`ranking` is keyed by `bot.features.FEATURES`, `confidence` by `bot.confidence.SIGNALS`; `operating_point` is the
    least confidence that is answered unless the owner sets another."""

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    operating_point: float
