"""Shipped data: what is damaged or missing is refused, by name."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.resources import MANIFEST, SHIPPED, ResourceError, read_word_vectors, verify, word_vectors, write_manifest
from bot.retrieval.meaning import packed

FILES = ("vectors.npy", "vectors.scales.npy", "grams.npy", "grams.scales.npy", "frequencies.npy", "words.txt")
LARGEST_TABLE = 12_000_000  # bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("vectors", "grams"):
        rows = packed(np.eye(2, 4, dtype=np.float32))
        np.save(tmp_path / f"{name}.npy", rows.codes)
        np.save(tmp_path / f"{name}.scales.npy", rows.scales)
    np.save(tmp_path / "frequencies.npy", np.array([6.5, 0], dtype=np.float32))
    (tmp_path / "words.txt").write_text("day\nzorb", encoding="utf-8")
    write_manifest(tmp_path)
    return tmp_path


def test_a_whole_folder_is_read(folder: Path) -> None:
    vectors = read_word_vectors(folder)
    assert vectors.is_word("day")
    assert "zorb" in vectors
    assert vectors.dimensions == 4


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_byte_is_noticed(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    for offset in range(len(content)):
        damaged = bytearray(content)
        damaged[offset] ^= 1
        (folder / name).write_bytes(damaged)
        with pytest.raises(ResourceError, match=name) as caught:
            read_word_vectors(folder)
        assert caught.value.path == folder / name


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ResourceError, match=name):
        read_word_vectors(folder)


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"grams.npy": 1}', '{"grams.npy": "0"}'])
def test_a_bad_manifest_is_refused(folder: Path, manifest: str) -> None:
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(ResourceError):
        read_word_vectors(folder)


def test_fewer_words_than_rows_are_refused(folder: Path) -> None:
    (folder / "words.txt").write_text("day", encoding="utf-8")
    write_manifest(folder)
    with pytest.raises(ResourceError, match="1 words for 2 and 2 rows"):
        read_word_vectors(folder)


@pytest.mark.parametrize("name", ["vectors", "grams"])
def test_rows_without_their_scale_are_refused(folder: Path, name: str) -> None:
    np.save(folder / f"{name}.scales.npy", np.ones(1, dtype=np.float32))
    write_manifest(folder)
    with pytest.raises(ResourceError, match=rf"{name}\.npy"):
        read_word_vectors(folder)


def test_an_array_of_objects_is_refused(folder: Path) -> None:
    np.save(folder / "vectors.npy", np.array([{}, {}], dtype=object))
    write_manifest(folder)
    with pytest.raises(ResourceError, match=r"vectors\.npy"):
        read_word_vectors(folder)


def test_what_is_shipped_is_whole_and_small() -> None:
    folder = SHIPPED / "meaning"
    verify(folder)
    listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert set(listed) == {path.name for path in folder.iterdir()} - {MANIFEST}
    assert sum(path.stat().st_size for path in folder.iterdir()) <= LARGEST_TABLE


def test_it_is_read_once() -> None:
    assert word_vectors() is word_vectors()
