"""A release under an owner's own encoder: indexed by it, opened by it, and made anew where the setting has changed."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.edition import Edition, EncodedOtherwise
from bot.publishing import edit, open_edition, preview, publish, rollback
from bot.publishing.editions import Editions
from bot.publishing.publications import Terms
from bot.publishing.unpublished import ephemeral
from knowledge.store import Store
from tests.corpus import FOLDER
from tests.databases import connected

PLAIN = Terms(who="alice")


class DogsAndOthers:
    """Texts about dogs, or with the word that only this encoder knows, point one way, all others another."""

    dimensions = 4
    fingerprint = "dogs"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        dogs = [any(word in text.lower() for word in ("dog", "zorblax")) for text in texts]
        return np.array([[0.6, 0, 0, 0.8] if dog else [0, 1, 0, 0] for dog in dogs], dtype=np.float32)


DOGS = DogsAndOthers()
OWN = replace(PLAIN, encoder=DOGS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with connected(f"sqlite:///{tmp_path / 'faqtual.db'}") as engine:
        yield Store(engine)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "docs"))


def about_dogs(edition: Edition) -> bool:
    """Whether a word that only the own encoder knows finds the passage about dogs."""
    hits = edition.retriever.search("may a zorblax come in?", 20)
    near = [hit for hit in hits if dict(hit.signals)["sentence_meaning"] > 0.99]
    return any("dog" in edition.contents.passage(hit.position)[0].text.lower() for hit in near)


def test_a_folder_is_indexed_and_opened_by_the_owners_encoder(store: Store, docs: Path, tmp_path: Path) -> None:
    shown = preview(store, docs, tmp_path, OWN)
    published = publish(store, docs, tmp_path, OWN)
    assert published.release == shown.edition.release
    assert about_dogs(shown.edition)
    assert about_dogs(open_edition(store, tmp_path, encoder=DOGS))
    assert about_dogs(ephemeral(docs, tmp_path, encoder=DOGS))
    assert not about_dogs(ephemeral(docs, tmp_path))


def test_the_same_documents_under_another_encoder_are_another_release(store: Store, docs: Path, tmp_path: Path) -> None:
    plain = publish(store, docs, tmp_path, PLAIN)
    own = publish(store, docs, tmp_path, OWN)
    assert own.switched
    assert plain.release != own.release
    assert ephemeral(docs, tmp_path).release != ephemeral(docs, tmp_path, encoder=DOGS).release
    assert not publish(store, docs, tmp_path, OWN).switched


def test_files_of_another_encoder_are_refused_and_the_setting_is_named(store: Store, docs: Path, tmp_path: Path) -> None:
    publish(store, docs, tmp_path, OWN)
    with pytest.raises(EncodedOtherwise, match="`meaning`; publish again"):
        open_edition(store, tmp_path)


def test_a_server_makes_the_live_release_anew_when_the_setting_has_changed(store: Store, docs: Path, tmp_path: Path) -> None:
    publish(store, docs, tmp_path, PLAIN)
    (docs / "notice.txt").write_text("Closed on the first Monday of every month.")
    live = publish(store, docs, tmp_path, PLAIN).release
    for encoder in (DOGS, None):
        editions = Editions(store, tmp_path, encoder=encoder)
        editions.refresh()
        assert (editions.current().release, editions.problem) == (live, None)
        assert about_dogs(editions.current()) is (encoder is DOGS)


def test_an_older_release_comes_back_under_the_encoder_of_now(store: Store, docs: Path, tmp_path: Path) -> None:
    older = publish(store, docs, tmp_path, PLAIN).release
    edit(store, tmp_path, lambda now: replace(now, synonyms=(("hound", "dog"),)), OWN)
    rollback(store, tmp_path, older, OWN)
    edition = open_edition(store, tmp_path, encoder=DOGS)
    assert edition.release == older
    assert about_dogs(edition)
