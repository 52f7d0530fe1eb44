from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.assistant import shipped
from bot.checks.golden import golden_gate
from bot.publishing import edit, publish
from bot.publishing.publications import GateClosed, Terms
from knowledge.database import connect, sqlite_url
from knowledge.releases import Editorial, GoldenCheck, Quotation
from knowledge.store import Store

CARD = GoldenCheck("card", "What does a lost card cost?", Quotation("rules.txt", "A lost card is replaced for £3.50."))
REFUSED = GoldenCheck("volcano", "Which volcano erupted in Iceland?", None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(connect(sqlite_url(tmp_path)))
    yield made
    made.engine.dispose()


def test_a_publication_that_breaks_a_golden_check_is_stopped_and_says_which(store: Store, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    rules = docs / "rules.txt"
    rules.write_text("A lost card is replaced for £3.50.\n\nDogs are not admitted.")
    terms = Terms(gate=golden_gate(shipped()))
    publish(store, docs, tmp_path, terms)

    def with_checks(editorial: Editorial) -> Editorial:
        return replace(editorial, golden=(CARD, REFUSED))

    live = edit(store, tmp_path, with_checks, terms).release

    rules.write_text("A lost card is replaced for £4.00.\n\nDogs are not admitted.")
    with pytest.raises(GateClosed, match=r"lost card.*£3\.50.*£4\.00") as caught:
        publish(store, docs, tmp_path, terms)
    assert len(caught.value.broken) == 1
    now = store.live()
    assert now is not None
    assert now.release == live

    publication = publish(store, docs, tmp_path, replace(terms, override=True))
    assert publication.switched
    assert len(publication.broken) == 1


def test_a_question_that_has_to_be_refused_breaks_when_it_is_answered(store: Store, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "rules.txt").write_text("A lost card is replaced for £3.50.")
    terms = Terms(gate=golden_gate(shipped()))
    publish(store, docs, tmp_path, terms)
    edit(store, tmp_path, lambda editorial: replace(editorial, golden=(REFUSED,)), terms)
    (docs / "news.txt").write_text("The volcano Katla erupted in Iceland in 1918.")
    with pytest.raises(GateClosed, match="has to give no answer"):
        publish(store, docs, tmp_path, terms)
