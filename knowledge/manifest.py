"""A folder of files goes in, `manifest.json` with their sizes and SHA-256 comes out, and is checked before any is read."""

import hashlib
import json
import os
from pathlib import Path

MANIFEST = "manifest.json"


class FileDamaged(Exception):
    """A file is missing, shortened, changed or of another format. `path` names it."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path} {problem}")


def write_manifest(folder: Path, kind: str, version: int) -> None:
    """Lists every file that is in `folder` now. `kind` and `version` name the format."""
    files = {path.name: [path.stat().st_size, sha256(path)] for path in sorted(folder.iterdir())}
    (folder / MANIFEST).write_bytes(_sealed({"kind": kind, "version": version, "files": files}))


def _sealed(value: object) -> bytes:
    """The manifest with its own hash, always written alike."""
    digest = hashlib.sha256(json.dumps(value).encode()).hexdigest()
    return json.dumps({"manifest": value, "sha256": digest}, indent=1).encode("ascii")


def check_manifest(folder: Path, kind: str, version: int, *, read: bool = True) -> None:
    """Raises FileDamaged where any file of the folder is not what was written. Without `read` sizes alone are compared."""
    manifest = folder / MANIFEST
    found, files = _read(manifest)
    if found != (kind, version):
        raise FileDamaged(manifest, f"is of format {found[0]} {found[1]}, this version reads {kind} {version}")
    for name, (size, digest) in files.items():
        _check(folder / name, size, digest if read else None)


def _read(path: Path) -> tuple[tuple[str, int], dict[str, tuple[int, str]]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileDamaged(path, "is missing") from None
    try:
        value = json.loads(data)["manifest"]
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in value["files"].items()}
        kind = (str(value["kind"]), int(value["version"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise FileDamaged(path, "is damaged") from error
    if data != _sealed(value):
        raise FileDamaged(path, "is damaged")
    return kind, files


def _check(path: Path, size: int, digest: str | None) -> None:
    if not path.is_file():
        raise FileDamaged(path, "is missing")
    if path.stat().st_size != size:
        raise FileDamaged(path, f"has {path.stat().st_size} bytes instead of {size}")
    if digest is not None and sha256(path) != digest:
        raise FileDamaged(path, "does not match its checksum")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_tree(folder: Path) -> None:
    """Everything in `folder` is on the disk afterwards, the names as well as the contents."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """A file's contents, or a folder's names, are on the disk afterwards."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
