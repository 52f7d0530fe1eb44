"""An owner's own sentence model behind the encoder's seam: texts in, directions of meaning out. Needs the extra `neural`."""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.meaning import Encoder, unit

SCHEME = "sentence-transformers:"


class MeaningUnavailable(Exception):
    """The setting `meaning` names no folder of a model, or the extra that reads it is not installed."""


class SentenceModel(Protocol):
    """What is used of a `sentence_transformers.SentenceTransformer`."""

    def encode(self, sentences: list[str], *, show_progress_bar: bool) -> NDArray[np.float32]: ...


class NeuralEncoder:
    """An `Encoder`. As deterministic as its model is: the shipped vectors are so on every machine, a model need not be."""

    def __init__(self, model: SentenceModel) -> None:
        self._model = model
        self._dimensions = len(self._encoded([" "])[0])

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Empty texts have no direction; the model is not asked about them."""
        found = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        written = [place for place, text in enumerate(texts) if text.strip()]
        if written:
            found[written] = self._encoded([texts[place] for place in written])
        return unit(found)

    def _encoded(self, texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(self._model.encode(texts, show_progress_bar=False), dtype=np.float32)


def encoder_of(setting: str) -> Encoder:
    """The encoder that "sentence-transformers:FOLDER" names; nothing is ever downloaded. Raises MeaningUnavailable."""
    folder = Path(setting.removeprefix(SCHEME))
    if not setting.startswith(SCHEME) or not folder.is_dir():
        raise MeaningUnavailable(f'meaning = "{setting}": give "{SCHEME}FOLDER" with the folder of a model')
    try:
        package: Any = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise MeaningUnavailable('meaning needs the extra "neural": pip install "faqtual[neural]"') from error
    return NeuralEncoder(package.SentenceTransformer(str(folder), device="cpu", local_files_only=True))
