"""The archive: one release's documents and passages in checked files."""

import random
import shutil
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import starmap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.archive import KIND, VERSION, ArchiveCorrupt, open_archive, record_of, write_archive
from knowledge.documents import Document, Passage, Sentence, SentenceKind, Span
from knowledge.manifest import MANIFEST
from knowledge.passages import split
from knowledge.store import Parsed

FILES = ("documents.bin", "documents.npy", "passages.bin", "passages.npy", "first.npy", "documents.json", MANIFEST)


@pytest.fixture
def parsed(library: tuple[Document, ...]) -> list[Parsed]:
    return [(document, split(document)) for document in library]


@pytest.fixture
def folder(tmp_path: Path, parsed: list[Parsed]) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    write_archive(folder, "r1", starmap(record_of, parsed))
    return folder


def test_contents_come_back_as_they_were(folder: Path, parsed: list[Parsed]) -> None:
    archive = open_archive(folder)
    assert archive.release == "r1"
    assert archive.document_count == 3
    assert archive.passage_count == sum(len(passages) for _, passages in parsed)
    assert list(archive.documents()) == parsed


def test_passages_are_numbered_through_all_documents(folder: Path, parsed: list[Parsed]) -> None:
    archive = open_archive(folder)
    expected = [(document, passage) for document, passages in parsed for passage in passages]
    assert [archive.passage(position) for position in range(archive.passage_count)] == expected
    for outside in (-1, archive.passage_count):
        with pytest.raises(IndexError):
            archive.passage(outside)


def test_a_document_is_found_by_its_id(folder: Path, parsed: list[Parsed]) -> None:
    archive = open_archive(folder)
    assert archive.document(parsed[1][0].id) == parsed[1]
    assert archive.document(parsed[1][0].id)[0].id == parsed[1][0].id  # type: ignore[index]
    assert archive.document("unheard of") is None


def test_nothing_and_documents_without_passages(tmp_path: Path) -> None:
    assert write_archive(tmp_path, "r1", []) == 0
    assert list(open_archive(tmp_path).documents()) == []
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    empty, full = Document("empty.txt", "", "Empty"), _written(1)
    write_archive(mixed, "r1", starmap(record_of, [(empty, ()), full, (empty, ())]))
    archive = open_archive(mixed)
    assert archive.passage(0) == (full[0], full[1][0])
    assert archive.document_count == 3


def test_the_same_contents_make_the_same_bytes(folder: Path, tmp_path: Path, parsed: list[Parsed]) -> None:
    again = tmp_path / "again"
    again.mkdir()
    write_archive(again, "r1", starmap(record_of, parsed))
    for name in FILES:
        assert (again / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_byte_anywhere_is_refused_by_name(folder: Path, name: str) -> None:
    path = folder / name
    sound = path.read_bytes()
    dice = random.Random(name)
    for _ in range(60):
        data = bytearray(sound)
        data[dice.randrange(len(data))] ^= dice.randrange(1, 256)
        path.write_bytes(data)
        with pytest.raises(ArchiveCorrupt) as caught:
            open_archive(folder)
        assert caught.value.path == path
    path.write_bytes(sound)
    open_archive(folder)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["shortened", "empty", "missing"])
def test_a_file_that_is_not_whole_is_refused_by_name(folder: Path, name: str, damage: str) -> None:
    path = folder / name
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] if damage == "shortened" else b"")
    with pytest.raises(ArchiveCorrupt, match=name.replace(".", r"\.")):
        open_archive(folder)


def test_another_format_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.archive.VERSION", 4)
    with pytest.raises(ArchiveCorrupt, match="is of format archive 3, this version reads archive 4"):
        open_archive(folder)


def test_pickled_data_under_a_good_checksum_is_not_unpickled(folder: Path) -> None:
    """Somebody who can write the manifest still cannot have code run: arrays are read without pickle."""
    import numpy as np

    from knowledge.manifest import write_manifest

    np.save(folder / "first.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    (folder / MANIFEST).unlink()
    write_manifest(folder, KIND, VERSION)
    with pytest.raises(ArchiveCorrupt, match="cannot be read"):
        open_archive(folder)


def test_an_open_archive_survives_the_removal_of_its_folder(folder: Path, parsed: list[Parsed]) -> None:
    archive = open_archive(folder)
    shutil.rmtree(folder)
    assert list(archive.documents()) == parsed


def test_threads_share_an_archive(folder: Path, parsed: list[Parsed]) -> None:
    archive = open_archive(folder)
    expected = [(document, passage) for document, passages in parsed for passage in passages]
    positions = [position % len(expected) for position in range(800)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(archive.passage, positions)) == [expected[position] for position in positions]


def test_memory_does_not_grow_with_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.archive.KEPT_CHARACTERS", 20_000)
    monkeypatch.setattr("knowledge.archive.KEPT_PASSAGES", 100)
    count = write_archive(tmp_path, "r1", (record_of(*_written(number, lines=200)) for number in range(100)))
    archive = open_archive(tmp_path)
    tracemalloc.start()
    try:
        for position in range(0, count, 7):
            archive.passage(position)
        assert tracemalloc.get_traced_memory()[0] < 1_000_000  # the texts alone are 1.4 million characters
    finally:
        tracemalloc.stop()


spans = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
sentences = st.builds(
    Sentence, st.integers(0, 99), st.integers(0, 99), st.sampled_from(SentenceKind), st.none() | spans, st.booleans()
)
passages = st.builds(
    Passage,
    st.text(),
    st.integers(0, 99),
    st.integers(0, 99),
    st.lists(sentences, max_size=3).map(tuple),
    st.none() | spans,
    st.lists(spans, max_size=3).map(tuple),
)
anything = st.tuples(
    st.builds(Document, st.text(), st.text(st.characters()), st.text(), pages=st.lists(st.integers(0, 9)).map(tuple)),
    st.lists(passages, max_size=3).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(anything, max_size=4))
def test_any_text_round_trips(tmp_path_factory: pytest.TempPathFactory, contents: list[Parsed]) -> None:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder, "r1", starmap(record_of, contents))
    assert list(open_archive(folder).documents()) == contents


def _written(number: int, lines: int = 1) -> Parsed:
    """A document with one passage to a line."""
    text = "".join(
        f"Line {line} of document {number} says nothing more than its own number, which is {line}.\n" for line in range(lines)
    )
    return Document(f"{number}.txt", text, f"Document {number}"), tuple(_lines(number, text))


def _lines(number: int, text: str) -> Iterator[Passage]:
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line) - 1
        yield Passage(f"{number}-{start}", start, end, (Sentence(start, end),))
        start += len(line)
