"""A stronger encoder behind the seam: a tiny model that knows one thing that letters and word vectors do not."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.retrieval.embedded import build, open_retriever
from bot.retrieval.meaning import Encoder
from bot.retrieval.neural import MeaningUnavailable, NeuralEncoder, encoder_of
from tests.bot.retriever_contract import STUDIO


class Weekday:
    """Texts about Sundays point one way, all others another; lengths are far from one."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, sentences: list[str], *, show_progress_bar: bool) -> NDArray[np.float32]:
        self.asked += sentences
        return np.array([[3, 0, 0, 4] if "sundays" in text.lower() else [0, 2, 0, 0] for text in sentences])


def test_directions_are_of_unit_length_and_empty_texts_have_none() -> None:
    model = Weekday()
    encoder: Encoder = NeuralEncoder(model)
    found = encoder.encode(["On Sundays", "", "Aprons"])
    assert encoder.dimensions == 4
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1).tolist() == pytest.approx([1, 0, 1])
    assert "" not in model.asked


def test_whole_texts_are_compared_by_the_encoder(tmp_path: Path) -> None:
    encoder = NeuralEncoder(Weekday())
    build(STUDIO, tmp_path / "index", release="r", encoder=encoder)
    retriever = open_retriever(tmp_path / "index", encoder)
    signals = {hit.position: dict(hit.signals) for hit in retriever.search("Sundays", 7)}
    assert signals[1]["sentence_meaning"] == pytest.approx(1)
    assert all(found["sentence_meaning"] == 0 for position, found in signals.items() if position != 1)
    assert retriever.search("footwear", 1)[0].position == 6  # word by word the shipped vectors still speak


def test_another_encoder_than_the_index_was_built_with_is_an_error(tmp_path: Path) -> None:
    build(STUDIO, tmp_path / "index", release="r", encoder=NeuralEncoder(Weekday()))
    with pytest.raises(ValueError, match="another encoder"):
        open_retriever(tmp_path / "index")


@pytest.mark.parametrize("setting", ["sentence-transformers:/nowhere/at/all", "a-model", ""])
def test_a_setting_that_names_no_folder_says_what_to_give(setting: str) -> None:
    with pytest.raises(MeaningUnavailable, match="sentence-transformers:FOLDER"):
        encoder_of(setting)
