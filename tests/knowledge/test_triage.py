"""What staff decided on a conflict: notes beside the releases, what changes answers in the editorial layer."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from knowledge.releases import Editorial, SettledConflict
from knowledge.transactions import writing
from knowledge.triage import SETTLED, Triage, TriageStatus, decided, note, precedence, triages
from tests.databases import OnPostgresql, OnSqlite, at_once, connected

FINGERPRINT = "0123456789abcdef"
NO_CONFLICT = Triage(TriageStatus.NO_CONFLICT, "Alice", "two rooms")


def preferring(document: str) -> Triage:
    return Triage(TriageStatus.PREFERRED, "Bob", "the newer one", document)


def keep(engine: Engine, fingerprint: str, triage: Triage) -> None:
    with writing(engine) as connection:
        note(connection, fingerprint, triage)


class NotesContract:
    @pytest.fixture
    def engine(self, url: str) -> Iterator[Engine]:
        with connected(url) as engine:
            yield engine

    def test_a_note_is_kept_replaced_and_forgotten(self, engine: Engine) -> None:
        assert triages(engine) == {}
        keep(engine, FINGERPRINT, Triage(TriageStatus.CONFIRMED, "Alice"))
        keep(engine, FINGERPRINT, Triage(TriageStatus.FIXED, "Bob", "in the new leaflet"))
        kept = triages(engine)[FINGERPRINT]
        assert (kept.status, kept.who, kept.note, kept.preferred) == ("fixed", "Bob", "in the new leaflet", None)
        assert kept.at is not None
        keep(engine, FINGERPRINT, NO_CONFLICT)
        assert triages(engine) == {}

    def test_of_notes_at_the_same_moment_one_stays(self, engine: Engine) -> None:
        for number in range(6):
            at_once(lambda _: keep(engine, str(number), Triage(TriageStatus.CONFIRMED, "Alice")), 6)  # noqa: B023 - called now
        assert len(triages(engine)) == 6


class TestOnSqlite(OnSqlite, NotesContract):
    pass


class TestOnPostgresql(OnPostgresql, NotesContract):
    pass


def test_only_a_decision_that_ends_the_matter_settles_it() -> None:
    assert {TriageStatus.NO_CONFLICT, TriageStatus.PREFERRED} == SETTLED


def test_the_layer_holds_one_decision_for_a_conflict_and_lets_go_of_what_is_taken_back() -> None:
    layer = decided(Editorial(), FINGERPRINT, NO_CONFLICT, "rules.txt")
    assert layer.settled == (SettledConflict(FINGERPRINT, note="two rooms"),)
    layer = decided(layer, FINGERPRINT, preferring("rules.txt"), "faq.md")
    assert layer.settled == (SettledConflict(FINGERPRINT, "rules.txt", "faq.md", "the newer one"),)
    assert layer.preferred == ("rules.txt",)
    assert decided(layer, FINGERPRINT, Triage(TriageStatus.CONFIRMED, "Alice")) == Editorial()


@pytest.mark.parametrize(
    ("decisions", "first"),
    [
        ([("a", "b"), ("b", "c")], ("a", "b")),
        ([("b", "c"), ("a", "b")], ("a", "b")),
        ([("y", "a"), ("b", "c"), ("a", "b")], ("y", "a", "b")),
        ([("a", "b"), ("b", "a")], ("b",)),  # of a circle the latest
        ([("a", "b"), ("b", "c"), ("c", "a")], ("b", "c")),
        ([("a", "a")], ()),
        ([("a", None)], ("a",)),
    ],
)
def test_each_preferred_document_stands_before_those_that_it_was_preferred_over(
    decisions: list[tuple[str, str | None]], first: tuple[str, ...]
) -> None:
    settled = [SettledConflict(str(number), *pair) for number, pair in enumerate(decisions)]
    assert precedence([*settled, SettledConflict("none")]) == first
