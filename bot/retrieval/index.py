"""The files of an index: named arrays and JSON values go in, a signed folder comes out; and back, verified and memory-mapped.

Nothing in the folder is executable. It is written beside its place, synced and renamed, so it is there whole or not at all.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.manifest import FileDamaged, check_manifest, sync, sync_tree, write_manifest

KIND = "faqtual index"
FORMAT = 3  # raised with every change that an older reader would misread


class IndexCorrupt(Exception):
    """A file of an index is missing, damaged or of another format. `path` names it."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path} {problem}")
        self.path = path
        self.problem = problem


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """Yields an empty folder beside `folder`; on leaving, signs and syncs it and puts it in `folder`'s place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=".tmp", dir=folder.parent))
    try:
        yield draft
        write_manifest(draft, KIND, FORMAT)
        sync_tree(draft)
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def write_json(folder: Path, name: str, value: Any) -> None:
    (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")), encoding="ascii")


class IndexFiles:
    """An opened index folder; every file was compared with the manifest before this exists."""

    def __init__(self, folder: Path, *, read: bool = True) -> None:
        """Without `read` only sizes are compared, for files that were read before and have not changed since. Raises
        IndexCorrupt."""
        self._folder = folder
        try:
            check_manifest(folder, KIND, FORMAT, read=read)
        except FileDamaged as error:
            raise IndexCorrupt(error.path, error.problem) from error

    def array(self, name: str) -> NDArray[Any]:
        """Memory-mapped and read-only. Raises IndexCorrupt."""
        path = self._folder / f"{name}.npy"
        try:
            return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        except (OSError, ValueError) as error:
            raise IndexCorrupt(path, f"is no array ({error})") from error

    def json(self, name: str) -> Any:
        """Raises IndexCorrupt."""
        path = self._folder / f"{name}.json"
        try:
            return json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise IndexCorrupt(path, f"is no JSON ({error})") from error
