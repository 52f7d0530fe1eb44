"""The score: a weighted mean of signals that are shares of what is possible."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import resources
from bot.retrieval.ranking import SENTENCE_SIGNALS, SIGNALS, fuse, weights_from_json


def test_the_shipped_weights_name_every_signal_and_none_is_negative() -> None:
    weights = resources.ranking()
    assert set(weights.passages) == set(SIGNALS)
    assert set(weights.sentences) == set(SENTENCE_SIGNALS)
    assert min(weights.passages.values()) >= 0
    assert sum(weights.passages.values()) > 0


def test_a_signal_without_a_weight_is_an_error() -> None:
    with pytest.raises(KeyError):
        weights_from_json({"passages": dict.fromkeys(SIGNALS[1:], 1.0), "sentences": dict.fromkeys(SENTENCE_SIGNALS, 1.0)})


@given(st.lists(st.lists(st.floats(0, 1, width=32), min_size=2, max_size=2), min_size=1, max_size=9))
def test_a_score_lies_between_the_least_and_the_greatest_signal(rows: list[list[float]]) -> None:
    signals = {str(number): np.array(row, dtype=np.float32) for number, row in enumerate(rows)}
    scores = fuse(signals, dict.fromkeys(signals, 2.0))
    values = np.array(rows)
    assert np.all(scores <= values.max(axis=0) + 1e-6)
    assert np.all(scores >= values.min(axis=0) - 1e-6)


def test_a_signal_that_rises_never_lowers_the_score() -> None:
    weights = resources.ranking().passages
    for name in SIGNALS:
        signals = {other: np.array([0.5, 0.5], dtype=np.float32) for other in SIGNALS}
        signals[name] = np.array([0.4, 0.6], dtype=np.float32)
        low, high = fuse(signals, weights)
        assert low <= high
