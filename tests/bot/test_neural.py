"""A stronger encoder behind the seam: a tiny model that knows one thing that letters and word vectors do not."""

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.retrieval.embedded import OtherEncoder, build, open_retriever
from bot.retrieval.meaning import OwnEncoder
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
    encoder: OwnEncoder = NeuralEncoder(model, "weekday")
    found = encoder.encode(["On Sundays", "", "Aprons"])
    assert encoder.dimensions == 4
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1).tolist() == pytest.approx([1, 0, 1])
    assert "" not in model.asked


def test_whole_texts_are_compared_by_the_encoder(tmp_path: Path) -> None:
    encoder = NeuralEncoder(Weekday(), "weekday")
    build(STUDIO, tmp_path / "index", release="r", encoder=encoder)
    retriever = open_retriever(tmp_path / "index", encoder)
    signals = {hit.position: dict(hit.signals) for hit in retriever.search("Sundays", 7)}
    assert signals[1]["sentence_meaning"] == pytest.approx(1)
    assert all(found["sentence_meaning"] == 0 for position, found in signals.items() if position != 1)
    assert retriever.search("footwear", 1)[0].position == 6  # word by word the shipped vectors still speak


def test_another_encoder_than_the_index_was_built_with_is_an_error(tmp_path: Path) -> None:
    build(STUDIO, tmp_path / "index", release="r", encoder=NeuralEncoder(Weekday(), "weekday"))
    with pytest.raises(OtherEncoder, match="`meaning`"):
        open_retriever(tmp_path / "index")
    with pytest.raises(OtherEncoder):
        open_retriever(tmp_path / "index", NeuralEncoder(Weekday(), "of the same shape"))


def test_where_there_is_no_folder_or_no_model_in_it_the_error_names_it(tmp_path: Path) -> None:
    with pytest.raises(MeaningUnavailable, match="no folder"):
        encoder_of(tmp_path / "nowhere")
    with pytest.raises(MeaningUnavailable):
        encoder_of(tmp_path)


def test_without_the_package_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MeaningUnavailable, match=r"faqtual\[neural\]"):
        encoder_of(tmp_path)


class _Package(ModuleType):
    """Reads any folder as the same model."""

    def __init__(self) -> None:
        super().__init__("sentence_transformers")
        self.opened: list[str] = []

    def SentenceTransformer(self, folder: str, **options: object) -> Weekday:
        assert options == {"device": "cpu", "local_files_only": True}
        self.opened.append(folder)
        return Weekday()


def test_a_model_is_known_by_its_files_and_not_by_where_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _Package()
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    fingerprints = []
    for place, weights in (("one", b"1"), ("two", b"1"), ("three", b"2")):
        (tmp_path / place / "part").mkdir(parents=True)
        (tmp_path / place / "part" / "weights").write_bytes(weights)
        fingerprints.append(encoder_of(tmp_path / place).fingerprint)
    assert fingerprints[0] == fingerprints[1] != fingerprints[2]
    assert package.opened == [str(tmp_path / place) for place in ("one", "two", "three")]
