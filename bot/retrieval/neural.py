"""An owner's own sentence model behind the encoder's seam: texts in, directions of meaning out. Needs the extra `neural`."""

import hashlib
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.meaning import OwnEncoder, unit


class MeaningUnavailable(Exception):
    """There is no model in the folder, or the extra that reads it is not installed."""


class SentenceModel(Protocol):
    """What is used of a `sentence_transformers.SentenceTransformer`."""

    def encode(self, sentences: list[str], *, show_progress_bar: bool) -> NDArray[np.float32]: ...


class NeuralEncoder:
    """An `OwnEncoder`. As deterministic as its model is: the shipped vectors are so on every machine, a model need not be."""

    def __init__(self, model: SentenceModel, fingerprint: str) -> None:
        """`fingerprint` is of the model's files."""
        self._model = model
        self._fingerprint = fingerprint
        self._dimensions = len(self._encoded([" "])[0])

    @property
    def dimensions(self) -> int:
        return self._dimensions

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Empty texts have no direction; the model is not asked about them."""
        found = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        written = [place for place, text in enumerate(texts) if text.strip()]
        if written:
            found[written] = self._encoded([texts[place] for place in written])
        return unit(found)

    def _encoded(self, texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(self._model.encode(texts, show_progress_bar=False), dtype=np.float32)


def encoder_of(folder: Path) -> OwnEncoder:
    """The sentence-transformers model in `folder`; nothing is ever downloaded. Raises MeaningUnavailable, OSError."""
    if not folder.is_dir():
        raise MeaningUnavailable(f"there is no folder {folder}")
    try:
        package: Any = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise MeaningUnavailable('needs what is installed by: pip install "faqtual[neural]"') from error
    try:
        model: SentenceModel = package.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise MeaningUnavailable(f"{folder} holds no model that sentence-transformers can read: {error}") from error
    return NeuralEncoder(model, _fingerprint(folder))


def _fingerprint(folder: Path) -> str:
    """Of the names and contents of all files: the same model in another place is the same encoder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest.update(f"{path.relative_to(folder)}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\0".encode())
    return digest.hexdigest()
