"""The files of an index: damage is named, nothing in them is executable, and a failed build leaves nothing behind."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.retrieval import Entry
from bot.retrieval.embedded import build, open_retriever
from bot.retrieval.index import IndexCorrupt
from tests.bot.retriever_contract import STUDIO


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index") / "whole"
    build(STUDIO, folder, release="r")
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_byte_is_found_and_its_file_named(copy: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = rng.choice(sorted(p for p in copy.iterdir() if p.stat().st_size))
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    with pytest.raises(IndexCorrupt) as error:
        open_retriever(copy)
    assert error.value.path.name == path.name


@pytest.mark.parametrize("change", ["missing", "empty", "short"])
def test_a_file_that_is_gone_or_cut_is_named(copy: Path, change: str) -> None:
    for path in sorted(copy.iterdir()):
        data = path.read_bytes()
        path.unlink()
        if change != "missing":
            path.write_bytes(b"" if change == "empty" else data[:-1])
        if data != (path.read_bytes() if path.exists() else None):
            with pytest.raises(IndexCorrupt) as error:
                open_retriever(copy)
            assert error.value.path.name == path.name
        path.write_bytes(data)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexCorrupt):
        open_retriever(tmp_path / "nowhere")


def test_arrays_hold_no_objects_and_the_rest_is_json(whole: Path) -> None:
    assert {path.suffix for path in whole.iterdir()} == {".npy", ".json"}
    for path in whole.glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype != object


def test_a_build_that_fails_leaves_the_old_index_and_nothing_else(whole: Path) -> None:
    def failing() -> Iterator[Entry]:
        yield STUDIO[0]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        build(failing(), whole, release="new")
    assert open_retriever(whole).release == "r"
    assert list(whole.parent.iterdir()) == [whole]


def test_a_build_replaces_what_was_there(copy: Path) -> None:
    build(STUDIO[:1], copy, release="new")
    assert open_retriever(copy).release == "new"


def test_the_same_passages_make_the_same_files(whole: Path, copy: Path) -> None:
    build(STUDIO, copy, release="r")
    assert {p.name: p.read_bytes() for p in copy.iterdir()} == {p.name: p.read_bytes() for p in whole.iterdir()}
