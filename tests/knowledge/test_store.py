"""The store: what is kept, which release is live, and what two publishers see of each other. On SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select, update

from knowledge import schema
from knowledge.codec import BlobDamagedError, pack
from knowledge.documents import Document
from knowledge.drafts import draft, drafts, withdraw
from knowledge.editorial import read_editorial
from knowledge.index_files import CHUNK, fetch_folder, holds_folder, store_folder
from knowledge.manifest import FileDamaged
from knowledge.passages import split
from knowledge.records import (
    Listed,
    Live,
    NewRelease,
    PublishInProgress,
    ReleaseOutdated,
    ReleaseUnknown,
    Switch,
    Unread,
)
from knowledge.releases import CuratedAnswer, Editorial, GoldenCheck, Quotation, SettledConflict, UrgentRule, WordingCheck
from knowledge.store import GRACE, Parsed, Store
from knowledge.transactions import reading, writing
from tests.databases import OnPostgresql, OnSqlite, at_once, connected

EVERYTHING = Editorial(
    curated=(
        CuratedAnswer(
            "c1", ("What does joining cost?", "fee?"), (Quotation("house-rules.txt", "free of charge"),), "Good news:"
        ),
        CuratedAnswer("c2", ("Dogs?",), (), "", "2027-01-31"),
    ),
    golden=(GoldenCheck("g1", "May I eat?", Quotation("house-rules.txt", "You must not eat")), GoldenCheck("g2", "Why?", None)),
    wordings=(WordingCheck("w1", ("fine?", "late?")),),
    synonyms=(("film", "DVD"), ("copy", "print", "photocopy")),
    suppressed=frozenset({"p2", "p1"}),
    settled=(
        SettledConflict("f1", None, None, "two rooms"),
        SettledConflict("f2", "questions.md", "house-rules.txt"),
        SettledConflict("f3", "house-rules.txt", "visit.html"),
    ),
    preferred=("questions.md", "house-rules.txt"),
    urgent=(UrgentRule(("fire", "smoke"), "Leave the building."),),
    operating_point=0.4,
)


@pytest.fixture
def parsed(library: tuple[Document, ...]) -> list[Parsed]:
    return [(document, split(document)) for document in library]


class StoreContract:
    @pytest.fixture
    def store(self, url: str) -> Iterator[Store]:
        with connected(url) as engine:
            yield Store(engine)

    # --- documents

    def test_documents_come_back_as_they_were_in_order(self, store: Store, parsed: list[Parsed]) -> None:
        hashes = store.keep(parsed)
        assert list(store.parsed(reversed(hashes))) == parsed[::-1]

    def test_the_same_document_is_stored_once(self, store: Store, parsed: list[Parsed]) -> None:
        assert store.keep(parsed) == store.keep(parsed)
        with reading(store.engine) as connection:
            assert len(connection.execute(select(schema.documents.c.hash)).all()) == len(parsed)

    def test_other_passages_make_another_hash(self, store: Store, parsed: list[Parsed]) -> None:
        document, passages = parsed[0]
        assert store.keep([(document, passages)]) != store.keep([(document, passages[:-1])])

    def test_changed_words_are_noticed(self, store: Store, parsed: list[Parsed]) -> None:
        [name] = store.keep(parsed[:1])
        with writing(store.engine) as connection:
            connection.execute(update(schema.documents).values(blob=pack([{"text": "forged"}, []])))
        with pytest.raises(BlobDamagedError, match=name):
            list(store.parsed([name]))

    def test_a_document_is_found_by_its_id(self, store: Store, parsed: list[Parsed]) -> None:
        store.keep(parsed)
        assert store.find(parsed[1][0].id) == parsed[1]
        assert store.find("unheard of") is None

    def test_a_parse_is_remembered_by_its_key(self, store: Store, parsed: list[Parsed]) -> None:
        [name] = store.keep(parsed[:1])
        assert store.parse("k1") is None
        store.remember_parses({"k1": name})
        assert store.parse("k1") == (name, parsed[0][0])

    # --- releases

    def test_nothing_is_live_at_first(self, store: Store) -> None:
        assert store.live() is None
        assert store.releases() == []
        assert store.editorial() == Editorial()
        assert store.last_folder() is None

    def test_a_release_comes_back_as_it_was(self, store: Store, parsed: list[Parsed]) -> None:
        made = _release("r1", _listed(store, parsed), EVERYTHING)
        assert store.go_live(made, Switch(None, "alice", "folder", "f")) == Live("r1", 1)
        assert store.live() == Live("r1", 1)
        assert store.release("r1") == made
        assert store.editorial() == EVERYTHING
        with pytest.raises(ReleaseUnknown, match="r9"):
            store.release("r9")

    def test_the_log_says_who_published_what(self, store: Store) -> None:
        first = store.go_live(_release("r1"), Switch(None, "alice", "folder", "folder-1"))
        store.go_live(_release("r2"), Switch(first, "bob", "editorial", overrode=("g1 breaks",)))
        latest, earliest = store.publications()
        assert (latest.who, latest.release, latest.replaced, latest.action) == ("bob", "r2", "r1", "editorial")
        assert latest.overrode == ("g1 breaks",)
        assert (earliest.who, earliest.replaced) == ("alice", None)
        assert store.last_folder() == "folder-1"

    def test_the_list_says_which_is_live_and_the_latest_comes_first(self, store: Store) -> None:
        live = None
        for name in ("r1", "r2", "r1"):
            live = store.go_live(_release(name), Switch(live, "alice", "folder"))
        assert [(record.id, record.live, record.number) for record in store.releases()] == [("r1", True, 3), ("r2", False, 2)]

    def test_a_publisher_that_started_from_an_older_release_changes_nothing(self, store: Store) -> None:
        seven = store.go_live(_release("r1"), Switch(None, "alice", "folder"))
        eight = store.go_live(_release("r2"), Switch(seven, "bob", "folder"))
        with pytest.raises(ReleaseOutdated, match=r"version 2, this was based on version 1.*try again") as caught:
            store.go_live(_release("r3", editorial=EVERYTHING), Switch(seven, "alice", "folder"))
        assert (caught.value.base, caught.value.current) == (seven, eight)
        assert store.live() == eight
        assert [record.id for record in store.releases()] == ["r2", "r1"]
        assert store.editorial() == Editorial()

    def test_of_two_first_publishers_one_wins(self, store: Store) -> None:
        store.go_live(_release("r1"), Switch(None, "alice", "folder"))
        with pytest.raises(ReleaseOutdated, match="this was based on nothing"):
            store.go_live(_release("r2"), Switch(None, "bob", "folder"))

    # --- one publisher

    def test_the_second_publisher_hears_who_the_first_is_and_since_when(self, store: Store) -> None:
        with store.publishing("alice"), pytest.raises(PublishInProgress) as caught, store.publishing("bob"):
            pass
        assert caught.value.who == "alice"
        assert caught.value.since is not None
        assert str(caught.value) == f"publish in progress, started by alice at {caught.value.since.astimezone():%H:%M}"
        with store.publishing("bob"):
            pass

    def test_a_patient_publisher_waits_for_its_turn(self, store: Store) -> None:
        turns = []

        def wait() -> None:
            with store.publishing("bob", patience=20):
                turns.append("bob")

        with store.publishing("alice"):
            waiting = Thread(target=wait)
            waiting.start()
            turns.append("alice")
        waiting.join()
        assert turns == ["alice", "bob"]

    def test_a_publisher_that_fails_lets_go(self, store: Store) -> None:
        with pytest.raises(ZeroDivisionError), store.publishing("alice"):
            raise ZeroDivisionError
        with store.publishing("bob"):
            pass

    # --- the editorial layer

    def test_the_tables_hold_what_is_live(self, store: Store) -> None:
        live = store.go_live(_release("r1", editorial=EVERYTHING), Switch(None, "alice", "editorial"))
        with reading(store.engine) as connection:
            assert read_editorial(connection) == EVERYTHING
        store.go_live(_release("r2"), Switch(live, "alice", "rollback"))
        with reading(store.engine) as connection:
            assert read_editorial(connection) == Editorial()

    def test_a_row_keeps_its_author_until_it_is_changed(self, store: Store) -> None:
        live = store.go_live(_release("r1", editorial=EVERYTHING), Switch(None, "alice", "editorial"))
        changed = replace(EVERYTHING, curated=(EVERYTHING.curated[0], replace(EVERYTHING.curated[1], lead="Yes:")))
        store.go_live(_release("r2", editorial=changed), Switch(live, "bob", "editorial"))
        assert [(item.key, item.who) for item in store.authorship("curated")] == [("c1", "alice"), ("c2", "bob")]
        assert {item.who for item in store.authorship("golden")} == {"alice"}

    # --- drafts

    def test_a_draft_is_put_up_replaced_and_withdrawn(self, store: Store, parsed: list[Parsed]) -> None:
        one, two, _ = store.keep(parsed)
        draft(store.engine, "a.txt", one, "alice")
        draft(store.engine, "a.txt", two, "bob")
        draft(store.engine, "b.txt", None, "bob")
        assert [(item.name, item.hash, item.who) for item in drafts(store.engine)] == [
            ("a.txt", two, "bob"),
            ("b.txt", None, "bob"),
        ]
        withdraw(store.engine, "a.txt")
        assert [item.name for item in drafts(store.engine)] == ["b.txt"]

    def test_of_drafts_put_up_at_the_same_moment_one_stays(self, store: Store, parsed: list[Parsed]) -> None:
        hashes = store.keep(parsed)
        for number in range(6):
            at_once(lambda i: draft(store.engine, f"{number}.txt", hashes[i % 3], "alice"), 6)  # noqa: B023 - called in this round
        assert [item.name for item in drafts(store.engine)] == [f"{number}.txt" for number in range(6)]

    def test_a_published_draft_is_none_any_more_unless_it_was_put_up_again(self, store: Store, parsed: list[Parsed]) -> None:
        one, two, _ = store.keep(parsed)
        draft(store.engine, "a.txt", one, "alice")
        draft(store.engine, "b.txt", one, "alice")
        published = drafts(store.engine)
        draft(store.engine, "b.txt", two, "bob")
        store.go_live(_release("r1"), Switch(None, "alice", "console", drafts=published))
        assert [(item.name, item.hash) for item in drafts(store.engine)] == [("b.txt", two)]

    # --- pruning

    def test_forgetting_never_takes_the_live_release(self, store: Store) -> None:
        live = store.go_live(_release("r1"), Switch(None, "alice", "folder"))
        store.go_live(_release("r2"), Switch(live, "alice", "folder"))
        store.forget(["r1", "r2"])
        assert [record.id for record in store.releases()] == ["r2"]

    def test_forgetting_takes_documents_that_nothing_needs(
        self, store: Store, parsed: list[Parsed], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("knowledge.store.GRACE", -timedelta(minutes=1))
        one, two, three = store.keep(parsed)
        store.remember_parses({"k1": one, "k3": three})
        live = store.go_live(_release("r1", (Listed("a", one, "folder"),)), Switch(None, "alice", "folder"))
        store.go_live(_release("r2", (Listed("a", two, "folder"),)), Switch(live, "alice", "folder"))
        draft(store.engine, "c", three, "alice")
        store.forget(["r1"])
        with reading(store.engine) as connection:
            assert set(connection.scalars(select(schema.documents.c.hash))) == {two, three}
        assert store.parse("k1") is None
        assert store.parse("k3") == (three, parsed[2][0])

    def test_forgetting_leaves_what_was_stored_a_moment_ago(self, store: Store, parsed: list[Parsed]) -> None:
        assert timedelta(hours=1) < GRACE
        hashes = store.keep(parsed)
        store.forget([])
        assert list(store.parsed(hashes)) == parsed

    # --- index files in the database

    def test_a_folder_comes_back_byte_by_byte(self, store: Store, tmp_path: Path) -> None:
        there, back = _folder(tmp_path), tmp_path / "back"
        store_folder(store.engine, "f1", there)
        assert holds_folder(store.engine, "f1")
        assert not holds_folder(store.engine, "f2")
        fetch_folder(store.engine, "f1", back)
        for name in ("big.npy", "sub/small.json", "empty"):
            assert (back / name).read_bytes() == (there / name).read_bytes()

    def test_no_row_is_larger_than_a_chunk_and_the_same_bytes_are_stored_once(self, store: Store, tmp_path: Path) -> None:
        there = _folder(tmp_path)
        store_folder(store.engine, "f1", there)
        store_folder(store.engine, "f2", there)
        with reading(store.engine) as connection:
            sizes = [len(data) for data in connection.scalars(select(schema.index_chunks.c.data))]
        assert sorted(sizes) == [0, 2, 5, CHUNK]

    def test_a_changed_or_missing_chunk_is_refused(self, store: Store, tmp_path: Path) -> None:
        store_folder(store.engine, "f1", _folder(tmp_path))
        chunks = schema.index_chunks
        with writing(store.engine) as connection:
            connection.execute(update(chunks).where(chunks.c.data == b"tail!").values(data=b"tale!"))
        with pytest.raises(FileDamaged, match=r"big\.npy was changed in the database"):
            fetch_folder(store.engine, "f1", tmp_path / "back")

    def test_forgetting_a_release_takes_its_index_files(self, store: Store, tmp_path: Path) -> None:
        live = store.go_live(replace(_release("r1"), files="f1"), Switch(None, "alice", "folder"))
        store.go_live(replace(_release("r2"), files="f2"), Switch(live, "alice", "folder"))
        there = _folder(tmp_path)
        store_folder(store.engine, "f1", there)
        (there / "empty").unlink()
        store_folder(store.engine, "f2", there)
        store.forget(["r1"])
        assert not holds_folder(store.engine, "f1")
        fetch_folder(store.engine, "f2", tmp_path / "back")
        with reading(store.engine) as connection:
            assert len(connection.scalars(select(schema.index_chunks.c.hash)).all()) == 3


class TestSqlite(OnSqlite, StoreContract):
    pass


class TestPostgresql(OnPostgresql, StoreContract):
    pass


def _listed(store: Store, parsed: list[Parsed]) -> tuple[Listed, ...]:
    hashes = store.keep(parsed)
    return tuple(Listed(document.name, name, "folder") for (document, _), name in zip(parsed, hashes, strict=True))


def _release(name: str, listed: tuple[Listed, ...] = (), editorial: Editorial | None = None) -> NewRelease:
    return NewRelease(name, f"files of {name}", listed, editorial or Editorial(), (Unread("scan.pdf", "is encrypted"),), 9)


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    (folder / "sub").mkdir(parents=True)
    (folder / "big.npy").write_bytes(b"\x00\x01" * (CHUNK // 2) + b"tail!")
    (folder / "sub" / "small.json").write_bytes(b"{}")
    (folder / "empty").write_bytes(b"")
    return folder
