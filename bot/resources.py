"""The data that ships with the code: a folder's name in, its verified files and what is made of them out.

Each folder of `bot/data` has a `manifest.json`: file name -> SHA-256. Nothing is read that does not match it.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.meaning import Packed, VectorTable, WordVectors
from bot.retrieval.ranking import Weights, weights_from_json

MANIFEST = "manifest.json"
MEANING = ("words.txt", "frequencies.npy", "vectors.npy", "vectors.scales.npy", "grams.npy", "grams.scales.npy")
SHIPPED = Path(str(files("bot"))) / "data"


class ResourceError(Exception):
    """A shipped file is missing or is not what was shipped."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}; install Faqtual again")
        self.path = path
        self.problem = problem


@cache
def word_vectors() -> WordVectors:
    """The shipped word vectors; read and verified once a process."""
    return read_word_vectors(SHIPPED / "meaning")


@cache
def ranking() -> Weights:
    """What each signal counts. Raises ResourceError."""
    path = SHIPPED / "ranking.json"
    try:
        return weights_from_json(read_json(path))
    except (KeyError, TypeError, ValueError) as error:
        raise ResourceError(path, f"gives no weight ({error!r})") from error


def read_word_vectors(folder: Path) -> WordVectors:
    """Verifies and memory-maps the arrays of a `meaning` folder. Raises ResourceError."""
    verify(folder, *MEANING)
    words = tuple((folder / "words.txt").read_text(encoding="utf-8").split("\n"))
    frequencies = read_array(folder / "frequencies.npy").astype(np.float32)
    vectors, grams = _packed(folder, "vectors"), _packed(folder, "grams")
    if len(words) != len(frequencies) or len(words) < len(vectors):
        raise ResourceError(folder / "words.txt", f"has {len(words)} words for {len(frequencies)} and {len(vectors)} rows")
    return WordVectors(VectorTable(words, frequencies, vectors, grams))


def verify(folder: Path, *needed: str) -> None:
    """Raises ResourceError, naming the file, unless the folder's manifest lists every file that is `needed` and each file it
    lists is there as it was shipped."""
    listed = _manifest(folder)
    for name in {**dict.fromkeys(needed, ""), **listed}:
        path = folder / name
        if not path.is_file():
            raise ResourceError(path, "is missing")
        if sha256(path) != listed.get(name):
            raise ResourceError(path, "is damaged (its SHA-256 is not the manifest's)")


def read_json(path: Path) -> Any:
    """A shipped JSON file. Raises ResourceError."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(path, f"cannot be read ({error})") from error


def write_manifest(folder: Path) -> None:
    """Signs what lies in `folder`: called by the scripts that fit shipped data."""
    digests = {path.name: sha256(path) for path in sorted(folder.iterdir()) if path.is_file() and path.name != MANIFEST}
    (folder / MANIFEST).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    found = read_json(path)
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ResourceError(path, "is no map from file names to SHA-256")
    return found


def read_array(path: Path) -> NDArray[Any]:
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise ResourceError(path, f"is no array ({error})") from error


def _packed(folder: Path, name: str) -> Packed:
    path = folder / f"{name}.npy"
    codes, scales = read_array(path), read_array(folder / f"{name}.scales.npy").astype(np.float32)
    if codes.ndim != 2 or len(codes) != len(scales):
        raise ResourceError(path, f"has the shape {codes.shape} for {len(scales)} scales")
    return Packed(codes, scales)
