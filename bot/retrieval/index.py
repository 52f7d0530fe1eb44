"""The files of an index: named arrays and JSON values go in, a signed folder comes out; and back, verified and memory-mapped.

Nothing in the folder is executable. It is written beside its place, synced and renamed, so it is there whole or not at all.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1  # raised with every change that an older reader would misread
MANIFEST = "manifest.json"
BLOCK = 1 << 22  # bytes read at a time


class IndexCorrupt(Exception):
    """A file of an index is missing, damaged or of another format. `path` names it."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """Yields an empty folder beside `folder`; on leaving, signs and syncs it and puts it in `folder`'s place."""
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        _sign(draft)
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
        _sync(folder.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def write_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def write_json(folder: Path, name: str, value: Any) -> None:
    (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")), encoding="ascii")


class IndexFiles:
    """An opened index folder; every file was compared with the manifest before this exists."""

    def __init__(self, folder: Path, *, verify: bool = True) -> None:
        """Raises IndexCorrupt. Without `verify`, the contents are trusted and only the format is looked at."""
        self._folder = folder
        self._names = _manifest(folder)
        for name, digest in self._names.items():
            path = folder / name
            if not path.is_file():
                raise IndexCorrupt(path, "is missing")
            if verify and _sha256(path) != digest:
                raise IndexCorrupt(path, "is damaged (its SHA-256 is not the manifest's)")

    def array(self, name: str) -> NDArray[Any]:
        """Memory-mapped and read-only."""
        path = self._listed(f"{name}.npy")
        try:
            return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        except (OSError, ValueError) as error:
            raise IndexCorrupt(path, f"is no array ({error})") from error

    def json(self, name: str) -> Any:
        path = self._listed(f"{name}.json")
        try:
            return json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise IndexCorrupt(path, f"is no JSON ({error})") from error

    def _listed(self, name: str) -> Path:
        if name not in self._names:
            raise IndexCorrupt(self._folder / name, "is not in the manifest")
        return self._folder / name


def _manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_bytes())
        version, files = found["format"], found["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(path, f"cannot be read ({error!r})") from error
    if version != FORMAT:
        raise IndexCorrupt(path, f"is of format {version}, this version reads {FORMAT}; publish again")
    if not isinstance(files, dict) or not all(Path(name).name == name for name in files):
        raise IndexCorrupt(path, "is no map from file names to SHA-256")
    return files


def _sign(folder: Path) -> None:
    paths = sorted(folder.iterdir())
    _write_synced(folder / MANIFEST, {"format": FORMAT, "files": {path.name: _sha256(path) for path in paths}})
    for path in paths:
        _sync(path)
    _sync(folder)


def _write_synced(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="ascii")
    _sync(path)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
