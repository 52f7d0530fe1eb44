"""A publish analyses what changed and takes the rest over from an earlier release: the outcome is the same, to the byte."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.publishing import edit, open_edition, publish
from bot.publishing.publications import Terms
from bot.publishing.unpublished import ephemeral
from bot.retrieval import Entry
from bot.retrieval.assembly import Run
from bot.retrieval.embedded import build, earlier_analysis
from bot.retrieval.meaning import OwnEncoder
from bot.retrieval.terms import terms
from knowledge.store import Store
from tests.databases import connected

ALICE = Terms(who="alice")
WORDS = (
    "day",
    "pass",
    "daypass",
    "kiln",
    "glaze",
    "kilns",
    "bring",
    "old",
    "shoes",
    "24",
    "hours",
    "zorkle",
    "über",
    "what",
    "to",
)


class ByLength:
    """Texts point one way or another by their length."""

    dimensions = 4
    fingerprint = "by length"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[1, 0, 0.2, 0] if len(text) % 2 else [0, 1, 0, 0.4] for text in texts], dtype=np.float32)


# --- indexes --------------------------------------------------------------------------------------------------------------


@st.composite
def passages(draw: st.DrawFn) -> Entry:
    def text(least: int) -> str:
        return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=5)))

    sentences = tuple(text(1) for _ in range(draw(st.integers(0, 3))))
    nearest = draw(st.sampled_from(("", "Day pass", "Day pass?", "Old kilns")))
    heading = f"{draw(st.sampled_from(('', 'Glaze')))} {nearest}".strip()
    return Entry(" ".join(sentences), heading, sentences, nearest, draw(st.booleans()))


documents = st.lists(st.lists(passages(), max_size=3), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(old=documents, data=st.data(), encoder=st.sampled_from((None, ByLength())))
def test_an_index_of_runs_and_texts_is_the_index_of_the_texts(
    tmp_path_factory: pytest.TempPathFactory, old: list[list[Entry]], data: st.DataObject, encoder: OwnEncoder | None
) -> None:
    folder = tmp_path_factory.mktemp("taken")
    build([entry for document in old for entry in document], folder / "old", release="old", encoder=encoder)
    analysis = earlier_analysis(folder / "old", "", encoder, "en")
    assert analysis is not None
    ends = np.cumsum([0, *map(len, old)]).tolist()
    items: list[Entry | Run] = []
    entries: list[Entry] = []
    for kept, fresh in data.draw(
        st.lists(st.tuples(st.none() | st.sampled_from(range(len(old))), st.lists(passages(), max_size=2)))
    ):
        if kept is not None:
            entries += old[kept]
            items.append(Run(analysis, ends[kept], ends[kept + 1]))
        entries += fresh
        items += fresh
    build(items, folder / "taken", release="new", encoder=encoder)
    build(entries, folder / "anew", release="new", encoder=encoder)
    assert _bytes(folder / "taken") == _bytes(folder / "anew")


# --- releases -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with connected(f"sqlite:///{tmp_path / 'faqtual.db'}") as engine:
        yield Store(engine)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder, dice = tmp_path / "docs", random.Random(5)
    folder.mkdir()
    for number in range(30):
        said = ". ".join(" ".join(dice.choices(WORDS, k=6)) for _ in range(4))
        (folder / f"{number:02}.md").write_text(
            f"# Page {number}\n\n## Day pass\n\n{said}.\n\n## Old kilns\n\nOpen {number} hours.\n"
        )
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read word by word for an index, from now on."""
    found: list[str] = []

    def watched(text: str) -> list[str]:
        found.append(text)
        return terms(text)

    monkeypatch.setattr("bot.retrieval.intake.terms", watched)
    return found


def _change(docs: Path) -> None:
    with (docs / "17.md").open("a") as file:
        file.write("\n## New\n\nA flurble is lent for a day.\n")


def test_of_many_documents_only_the_changed_one_is_read(store: Store, docs: Path, data: Path, read: list[str]) -> None:
    publish(store, docs, data, ALICE)
    everything = len(read)
    _change(docs)
    read.clear()
    publish(store, docs, data, ALICE)
    assert "A flurble is lent for a day." in read
    assert [text for text in read if "Open" in text] == ["Open 17 hours."]
    assert len(read) < everything / 10


def test_a_removed_document_and_other_synonyms_read_nothing(store: Store, docs: Path, data: Path, read: list[str]) -> None:
    publish(store, docs, data, ALICE)
    read.clear()
    (docs / "03.md").unlink()
    publish(store, docs, data, ALICE)
    edit(store, data, lambda words: words.__class__(synonyms=(("kiln", "oven"),)), ALICE)
    assert [text for text in read if text] == []


def test_the_files_are_those_of_a_store_that_never_had_another_release(
    store: Store, docs: Path, data: Path, tmp_path: Path
) -> None:
    publish(store, docs, data, ALICE)
    _change(docs)
    (docs / "00.md").unlink()
    publish(store, docs, data, ALICE)
    with connected(f"sqlite:///{tmp_path / 'other.db'}") as engine:
        publish(Store(engine), docs, tmp_path / "other", ALICE)
        assert _bytes(_files(Store(engine), tmp_path / "other")) == _bytes(_files(store, data))


@pytest.mark.parametrize(
    "name", ["archive/documents.json", "archive/passages.bin", "index/words.json", "index/sentences.words.npy"]
)
@pytest.mark.parametrize("damage", ["torn", "flipped", "missing"])
def test_damaged_files_are_noticed_and_everything_is_read_anew(
    store: Store, docs: Path, data: Path, tmp_path: Path, name: str, damage: str
) -> None:
    publish(store, docs, data, ALICE)
    path = _files(store, data) / name
    sound = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(sound[:-3] if damage == "torn" else sound[:-9] + bytes([sound[-9] ^ 4]) + sound[-8:])
    _change(docs)
    publish(store, docs, data, ALICE)
    with connected(f"sqlite:///{tmp_path / 'other.db'}") as engine:
        publish(Store(engine), docs, tmp_path / "other", ALICE)
        assert _bytes(_files(Store(engine), tmp_path / "other")) == _bytes(_files(store, data))


def test_another_version_of_the_program_reads_everything_anew(
    store: Store, docs: Path, data: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, docs, data, ALICE)
    everything = len(read)
    _change(docs)
    read.clear()
    monkeypatch.setattr("bot.publishing.earlier.indexer", lambda: "the next version")
    publish(store, docs, data, ALICE)
    assert len(read) >= everything


def test_a_folder_that_is_only_looked_at_is_read_once_as_well(docs: Path, data: Path, read: list[str]) -> None:
    ephemeral(docs, data)
    _change(docs)
    read.clear()
    ephemeral(docs, data)
    assert [text for text in read if "Open" in text] == ["Open 17 hours."]


def _files(store: Store, data: Path) -> Path:
    return data / "releases" / open_edition(store, data).contents.release


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
