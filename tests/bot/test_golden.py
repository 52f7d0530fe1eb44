from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Answer, Citation, Outcome, SourceInfo
from bot.assistant import shipped
from bot.checks.golden import golden_findings, golden_gate, holds
from bot.publishing import edit, open_edition, publish
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


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ("Yes, well-behaved dogs are welcome.", True),
        ("dogs are\nwelcome", True),
        ("Yes, well-behaved dogs are welcome. But never in the reading room.", False),
        ("Yes.", False),
    ],
)
def test_every_sentence_that_is_expected_has_to_be_shown(store: Store, tmp_path: Path, expected: str, holds: bool) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "rules.md").write_text("# Rules\n\n### Can I bring my dog?\n\nYes, well-behaved dogs are welcome.\n")
    publish(store, docs, tmp_path)
    check = GoldenCheck("dogs", "Can I bring my dog?", Quotation("rules.md", expected))
    edit(store, tmp_path, lambda editorial: replace(editorial, golden=(check,)))
    assert [finding.holds for finding in golden_findings(shipped(), open_edition(store, tmp_path))] == [holds]


def test_what_is_expected_may_be_shown_in_several_quotes() -> None:
    said = ("Bring a towel.", "Bring a\npadlock for the locker.")
    source = SourceInfo("d", "rules.md", "Rules")
    citations = tuple(Citation(n, source, quote, 0, len(quote), f"p{n}") for n, quote in enumerate(said, 1))
    answer = Answer(Outcome.ANSWERED, citations=citations)
    assert holds(answer, Quotation("rules.md", "Bring a towel. Bring a padlock for the locker."))
    assert not holds(answer, Quotation("other.md", "Bring a towel."))
    assert not holds(answer, Quotation("rules.md", "Bring a towel. Never run."))
