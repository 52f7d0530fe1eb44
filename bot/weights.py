"""The fitted weights of answers: what `benchmarks/fit_answering.py` writes, as what the code reads."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """`ranking` is keyed by `bot.features.FEATURES`, `confidence` by `bot.confidence.SIGNALS`; `operating_point` is the
    least confidence that is answered unless the owner sets another."""

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    operating_point: float
