"""Publishing: a folder becomes the live release whole or not at all, and a server takes it over by itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import Queue
from time import monotonic, sleep

import pytest
from sqlalchemy import update

from bot.edition import Edition, EditionUnusable, NothingPublished
from bot.publishing import edit, open_edition, preview, preview_drafts, publish, publish_drafts, repair, rollback
from bot.publishing.drafting import UploadRefused, upload
from bot.publishing.editions import Editions
from bot.publishing.publications import FolderEmpty, GateClosed, StaffOverwritten, Terms
from bot.publishing.unpublished import KEPT, ephemeral
from knowledge import schema
from knowledge.child import Child, Limits
from knowledge.drafts import draft, drafts
from knowledge.metadata import MetadataError
from knowledge.records import DraftsOutdated, NewRelease, PublishInProgress, ReleaseOutdated, ReleaseUnknown, Switch
from knowledge.releases import Editorial, Quotation, UrgentRule
from knowledge.releases import GoldenCheck as Golden
from knowledge.store import Store
from knowledge.transactions import writing
from tests.corpus import FOLDER
from tests.databases import OnPostgresql, OnSqlite, connected

ALICE, BOB = Terms(who="alice"), Terms(who="bob")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "docs"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


class WithStore:
    @pytest.fixture
    def store(self, url: str) -> Iterator[Store]:
        with connected(url) as engine:
            yield Store(engine)


class PublishingContract(WithStore):
    def test_a_folder_becomes_the_live_release(self, store: Store, docs: Path, data: Path) -> None:
        publication = publish(store, docs, data, ALICE)
        assert publication.switched
        assert publication.changes.added == ("house-rules.txt", "questions.md", "visit.html")
        edition = open_edition(store, data)
        assert edition.release == publication.release
        assert _best(edition, "how many items can I take home?").startswith("You can have 12 items")
        assert [record.made_by for record in store.releases()] == ["alice"]

    def test_the_same_folder_again_makes_no_release_and_parses_nothing(
        self, store: Store, docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = publish(store, docs, data, ALICE)
        parsed = _watched(monkeypatch)
        again = publish(store, docs, data, BOB)
        assert (again.release, again.switched, parsed) == (first.release, False, [])
        assert len(store.publications()) == 1

    def test_a_newer_version_of_the_program_parses_everything_again(
        self, store: Store, docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(store, docs, data, ALICE)
        parsed = _watched(monkeypatch)
        monkeypatch.setattr("bot.publishing.gathering.reader", lambda: "the next version")
        publish(store, docs, data, ALICE)
        assert sorted(parsed) == [".html", ".md", ".txt"]

    def test_only_the_changed_file_is_parsed(
        self, store: Store, docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(store, docs, data, ALICE)
        _say(docs, "questions.md", "Four weeks", "Five weeks")
        (docs / "visit.html").unlink()
        (docs / "new.txt").write_text("The library has a piano.")
        parsed = _watched(monkeypatch)
        changes = publish(store, docs, data, ALICE).changes
        assert sorted(parsed) == [".md", ".txt"]
        assert (changes.added, changes.changed, changes.removed) == (("new.txt",), ("questions.md",), ("visit.html",))

    # --- the editorial layer

    def test_an_edit_makes_a_release_without_parsing_or_indexing(
        self, store: Store, docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = publish(store, docs, data, ALICE)
        shutil.rmtree(docs)
        parsed = _watched(monkeypatch)
        folders = {path for path in (data / "releases").iterdir() if path.is_dir()}
        after = edit(store, data, _urgent("fire"), BOB)
        assert after.switched
        assert after.release != before.release
        assert parsed == []
        assert {path for path in (data / "releases").iterdir() if path.is_dir()} == folders
        assert open_edition(store, data).editorial == Editorial(urgent=(UrgentRule(("fire",), "Leave."),))

    def test_two_edits_at_once_both_last(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda word: edit(store, data, _urgent(word), BOB), ["fire", "smoke", "flood", "gas"]))
        words = {rule.words[0] for rule in open_edition(store, data).editorial.urgent}
        assert words == {"fire", "smoke", "flood", "gas"}

    # --- rolling back and pruning

    def test_rolling_back_takes_documents_and_editorial_layer_back(self, store: Store, docs: Path, data: Path) -> None:
        first = publish(store, docs, data, ALICE)
        _say(docs, "questions.md", "Four weeks", "Five weeks")
        publish(store, docs, data, ALICE)
        second = edit(store, data, lambda now: replace(now, golden=(Golden("g", "?", Quotation("a", "b")),)), BOB)
        assert rollback(store, data, first.release, replace(BOB, gate=_keeps("Six weeks."))).switched
        edition = open_edition(store, data)
        assert (edition.release, edition.editorial) == (first.release, Editorial())
        assert "Four weeks." in _sentences(edition)
        rollback(store, data, second.release, BOB)
        assert len(open_edition(store, data).editorial.golden) == 1
        assert [item.action for item in store.publications()] == ["rollback", "rollback", "editorial", "folder", "folder"]
        with pytest.raises(ReleaseUnknown):
            rollback(store, data, "r9", BOB)

    def test_edits_push_out_no_release_with_other_documents(self, store: Store, docs: Path, data: Path) -> None:
        terms = replace(ALICE, keep=2)
        first = publish(store, docs, data, terms).release
        _say(docs, "questions.md", "Four weeks", "Five weeks")
        second = publish(store, docs, data, terms).release
        edits = [edit(store, data, _urgent(word), terms).release for word in ("fire", "flood", "fumes", "frost")]
        assert [record.id for record in store.releases()] == [edits[3], edits[2], second, first]
        assert rollback(store, data, first, terms).switched
        assert _best(open_edition(store, data), "how long can I keep a book?") == "Four weeks."

    def test_old_releases_are_pruned_but_not_one_in_use(self, store: Store, docs: Path, data: Path) -> None:
        terms = replace(ALICE, keep=2)
        used = _published(store, docs, data, terms, "0 weeks")
        edition = open_edition(store, data)
        made = [_published(store, docs, data, terms, f"{number} weeks") for number in (1, 2, 3)]
        assert [record.id for record in store.releases()] == [made[2], made[1]]
        folders = {path.name for path in (data / "releases").iterdir() if path.is_dir()}
        assert folders == {record.files for record in store.releases()} | {edition.contents.release}
        assert "0 weeks." in _sentences(edition)
        assert edition.release == used
        del edition
        _published(store, docs, data, terms, "4 weeks")
        kept = {record.files for record in store.releases()}
        assert {path.name.partition(".")[0] for path in (data / "releases").iterdir()} == kept

    # --- publishers

    def test_the_second_publisher_is_told_who_the_first_is(self, store: Store, docs: Path, data: Path) -> None:
        def gate(_: Edition) -> list[str]:
            with pytest.raises(PublishInProgress, match="started by alice at"):
                publish(store, docs, data, BOB)
            return []

        assert publish(store, docs, data, replace(ALICE, gate=gate)).switched

    def test_a_release_that_went_live_meanwhile_is_not_overwritten(self, store: Store, docs: Path, data: Path) -> None:
        first = publish(store, docs, data, ALICE)
        second = _published(store, docs, data, ALICE, "5 weeks")

        def gate(_: Edition) -> list[str]:  # as if the lock had been lost
            store.go_live(store.release(first.release), Switch(store.live(), "bob", "rollback"))
            return []

        with pytest.raises(ReleaseOutdated):
            _published(store, docs, data, replace(ALICE, gate=gate), "6 weeks")
        assert _live(store) == first.release != second

    def test_what_a_killed_publisher_left_is_swept_and_what_a_living_one_writes_is_not(
        self, store: Store, docs: Path, data: Path
    ) -> None:
        from bot.publishing.release_files import unfinished

        orphan = data / "releases" / "abc.123.tmp"
        orphan.mkdir(parents=True)
        (orphan / "half").write_bytes(b"a file")
        with unfinished(data / "releases" / "def") as beside:
            publish(store, docs, data, ALICE)
            assert not orphan.exists()
            assert beside.exists()

    # --- damage

    def test_damaged_files_are_refused_by_name_and_made_anew_by_the_next_publication(
        self, store: Store, docs: Path, data: Path
    ) -> None:
        publish(store, docs, data, ALICE)
        _damage(data)
        with pytest.raises(EditionUnusable, match=r"passages\.bin does not match its checksum"):
            open_edition(store, data)
        assert not publish(store, docs, data, ALICE).switched
        assert "Four weeks." in _sentences(open_edition(store, data))

    def test_rolling_back_to_a_release_whose_files_are_gone_makes_them_anew(self, store: Store, docs: Path, data: Path) -> None:
        first = publish(store, docs, data, ALICE)
        _published(store, docs, data, ALICE, "5 weeks")
        shutil.rmtree(data / "releases")
        rollback(store, data, first.release, ALICE)
        assert "Four weeks." in _sentences(open_edition(store, data))

    def test_repaired_files_are_the_same_bytes(self, store: Store, docs: Path, data: Path) -> None:
        release = publish(store, docs, data, ALICE).release
        before = _bytes(data)
        shutil.rmtree(data / "releases")
        repair(store, data, release)
        assert _bytes(data) == before

    def test_another_version_of_the_program_makes_files_of_its_own(
        self, store: Store, docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        release = publish(store, docs, data, ALICE).release
        old = store.release(release).files
        monkeypatch.setattr("bot.publishing.release_files.indexer", lambda: "the next version")
        repair(store, data, release)
        assert store.release(release).files != old
        assert open_edition(store, data).release == release

    # --- a server

    def test_a_server_takes_over_what_is_published(self, store: Store, docs: Path, data: Path) -> None:
        with Editions(store, data, check_seconds=0.01) as editions:
            with pytest.raises(NothingPublished):
                editions.current()
            first = publish(store, docs, data, ALICE)
            assert _eventually(lambda: editions.current().release == first.release)
            kept = editions.current()
            second = _published(store, docs, data, ALICE, "5 weeks")
            assert _eventually(lambda: editions.current().release == second)
            rollback(store, data, first.release, ALICE)
            editions.refresh()
            assert editions.current().release == kept.release == first.release
            assert editions.problem is None

    def test_a_server_goes_on_looking_whatever_happens(
        self, store: Store, docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (data / "releases" / "abc.1.tmp").mkdir(parents=True)
        with Editions(store, data, check_seconds=0.01) as editions:
            assert not list((data / "releases").glob("*.tmp"))
            with monkeypatch.context() as broken:
                broken.setattr(Store, "live", lambda _: 1 / 0)
                assert _eventually(lambda: editions.problem is not None)
            assert _eventually(lambda: editions.problem is None)
            release = publish(store, docs, data, ALICE).release
            assert _eventually(lambda: editions.current().release == release)

    def test_each_edition_that_is_served_is_prepared_once(self, store: Store, docs: Path, data: Path) -> None:
        prepared: Queue[Edition] = Queue()
        publish(store, docs, data, ALICE)
        editions = Editions(store, data, prepare=prepared.put)
        for _ in range(2):
            editions.refresh()
        assert prepared.get(timeout=5) is editions.current()
        (docs / "hours.md").write_text("# Hours\n\nWe open at nine.\n", encoding="utf-8")
        publish(store, docs, data, ALICE)
        editions.refresh()
        assert prepared.get(timeout=5) is editions.current()
        assert prepared.empty()

    def test_a_server_keeps_the_last_good_edition_and_says_so(self, store: Store, docs: Path, data: Path) -> None:
        first = publish(store, docs, data, ALICE)
        editions = Editions(store, data)
        editions.refresh()
        _published(store, docs, data, ALICE, "5 weeks")
        _damage(data)
        editions.refresh()
        assert editions.current().release == first.release
        assert editions.problem is not None
        assert "passages.bin does not match its checksum" in editions.problem
        assert editions.problem.endswith(f"serving {first.release}")

    def test_a_server_that_starts_beside_damaged_files_serves_the_release_before(
        self, store: Store, docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = publish(store, docs, data, ALICE)
        second = _published(store, docs, data, ALICE, "5 weeks")
        _damage(data)
        monkeypatch.setattr("bot.publishing.editions.RETRY_SECONDS", 0.0)
        editions = Editions(store, data)
        editions.refresh()
        assert editions.current().release == first.release
        assert editions.problem is not None
        repair(store, data, second)
        editions.refresh()
        assert editions.current().release == second
        assert editions.problem is None

    def test_a_server_without_any_sound_files_makes_them_anew(self, store: Store, docs: Path, data: Path) -> None:
        release = publish(store, docs, data, ALICE).release
        shutil.rmtree(data / "releases")
        if store.engine.dialect.name == "postgresql":
            store.forget([])
            with writing(store.engine) as connection:
                connection.execute(schema.index_files.delete())
        editions = Editions(store, data)
        editions.refresh()
        assert (editions.current().release, editions.problem) == (release, None)


class TestFolders(OnSqlite, WithStore):
    def test_files_that_cannot_be_read_are_named_and_the_others_go_on(self, store: Store, docs: Path, data: Path) -> None:
        (docs / "scan.pdf").write_bytes(b"%PDF-1.4 nothing more")
        (docs / "film.mp4").write_bytes(b"frames")
        publication = publish(store, docs, data, ALICE)
        assert [unread.name for unread in publication.unread] == ["scan.pdf"]
        assert [skipped.name for skipped in publication.skipped] == ["film.mp4"]
        assert open_edition(store, data).unread == publication.unread
        assert open_edition(store, data).contents.document_count == 3

    def test_a_folder_without_documents_makes_an_empty_release(self, store: Store, data: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        publish(store, tmp_path / "empty", data, ALICE)
        assert open_edition(store, data).contents.passage_count == 0

    def test_a_folder_without_documents_takes_nothing_offline_unasked(
        self, store: Store, docs: Path, data: Path, tmp_path: Path
    ) -> None:
        first = publish(store, docs, data, ALICE)
        (tmp_path / "empty").mkdir()
        with pytest.raises(FolderEmpty, match="would take the 3 documents that are live offline"):
            publish(store, tmp_path / "empty", data, ALICE)
        assert _live(store) == first.release
        assert publish(store, tmp_path / "empty", data, replace(ALICE, empty=True)).switched
        assert open_edition(store, data).contents.passage_count == 0

    def test_a_folder_does_not_undo_what_staff_changed_unasked(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        upload(store, "house-rules.txt", b"A lost card is replaced for 4 pounds.", "bob")
        corrected = publish_drafts(store, data, BOB)
        shown = preview(store, docs, data, replace(ALICE, overwrite=True))
        assert shown.publication.overwritten == ("house-rules.txt",)
        with pytest.raises(StaffOverwritten, match="undo what staff changed in the console"):
            publish(store, docs, data, ALICE)
        assert _live(store) == corrected.release
        done = publish(store, docs, data, replace(ALICE, overwrite=True))
        assert done.overwritten == ("house-rules.txt",)
        assert publish(store, docs, data, ALICE).overwritten == ()

    def test_a_folder_that_holds_what_staff_put_up_undoes_nothing(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        upload(store, "notice.txt", b"Closed on Friday.", "bob")
        publish_drafts(store, data, BOB)
        (docs / "notice.txt").write_bytes(b"Closed on Friday.")
        assert publish(store, docs, data, ALICE).overwritten == ()

    def test_a_folder_that_is_none_changes_nothing(self, store: Store, docs: Path, data: Path) -> None:
        before = publish(store, docs, data, ALICE)
        with pytest.raises(NotADirectoryError):
            publish(store, docs / "nowhere", data, ALICE)
        (docs / "documents.toml").write_text('["*.txt"]\naudeince = "staff"\n')
        with pytest.raises(MetadataError):
            publish(store, docs, data, ALICE)
        assert _live(store) == before.release

    def test_a_folder_that_was_published_last_is_left_alone_on_request(self, store: Store, docs: Path, data: Path) -> None:
        first = publish(store, docs, data, ALICE, again=False)
        edited = edit(store, data, _urgent("fire"), BOB)
        upload(store, "console.txt", b"Put up by staff.", "bob")
        last = publish_drafts(store, data, BOB)
        assert not publish(store, docs, data, ALICE, again=False).switched
        assert _live(store) == last.release
        _say(docs, "questions.md", "Four weeks", "Five weeks")
        assert publish(store, docs, data, ALICE, again=False).switched
        assert len({first.release, edited.release, last.release, _live(store)}) == 4


class TestDrafts(OnSqlite, WithStore):
    def test_a_draft_is_live_only_once_it_is_published(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        document = upload(store, "café/menü.txt", b"Tea costs 80p.", "bob")
        assert document.name == "café/menü.txt"
        assert "café/menü.txt" not in _names(open_edition(store, data))
        shown = preview_drafts(store, data, BOB)
        assert shown.publication.changes.added == ("café/menü.txt",)
        assert _live(store) != shown.edition.release
        published = publish_drafts(store, data, BOB)
        assert published.release == shown.edition.release == _live(store)
        assert drafts(store.engine) == ()
        assert "café/menü.txt" in _names(open_edition(store, data))

    def test_a_draft_can_take_a_document_away(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        draft(store.engine, "visit.html", None, "bob")
        assert publish_drafts(store, data, BOB).changes.removed == ("visit.html",)

    def test_a_draft_that_says_what_is_live_goes(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        upload(store, "a.txt", b"One.", "bob")
        publish_drafts(store, data, BOB)
        upload(store, "a.txt", b"One.", "bob")
        assert not publish_drafts(store, data, BOB).switched
        assert drafts(store.engine) == ()

    def test_a_draft_that_is_put_up_meanwhile_stays(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        upload(store, "a.txt", b"One.", "bob")
        publish_drafts(store, data, BOB)
        upload(store, "a.txt", b"One.", "bob")

        class Busy(Store):
            """Somebody else proposes another change once the drafts were read."""

            def release(self, release: str) -> NewRelease:
                draft(self.engine, "a.txt", None, "alice")
                return super().release(release)

        assert not publish_drafts(Busy(store.engine), data, BOB).switched
        assert [(item.name, item.hash) for item in drafts(store.engine)] == [("a.txt", None)]

    def test_only_the_drafts_that_were_seen_go_live(self, store: Store, docs: Path, data: Path) -> None:
        before = publish(store, docs, data, ALICE).release
        upload(store, "a.txt", b"One.", "bob")
        seen = drafts(store.engine)
        upload(store, "b.txt", b"Two.", "bob")
        with pytest.raises(DraftsOutdated):
            publish_drafts(store, data, BOB, seen)
        assert _live(store) == before
        assert publish_drafts(store, data, BOB, drafts(store.engine)).switched

    def test_a_folder_keeps_what_staff_put_up_names_it_and_drops_it_only_on_request(
        self, store: Store, docs: Path, data: Path
    ) -> None:
        publish(store, docs, data, ALICE)
        upload(store, "notice.txt", b"Closed on Friday.", "bob")
        publish_drafts(store, data, BOB)
        kept = publish(store, docs, data, ALICE)
        assert (kept.console_only, kept.switched) == (("notice.txt",), False)
        assert "notice.txt" in _names(open_edition(store, data))
        dropped = publish(store, docs, data, replace(ALICE, replace=True))
        assert (dropped.console_only, dropped.changes.removed) == (("notice.txt",), ("notice.txt",))

    @pytest.mark.parametrize(
        "name", ["../up.txt", "/etc/up.txt", "a/../../up.txt", "..\\up.txt", "", "a\0.txt", "x" * 300 + ".txt"]
    )
    def test_an_upload_stays_in_its_folder(self, store: Store, name: str) -> None:
        with pytest.raises(UploadRefused, match="has a name that cannot be used"):
            upload(store, name, b"Words.", "bob")

    def test_a_name_may_be_as_long_as_it_says_whatever_a_disk_can_hold(self, store: Store) -> None:
        assert upload(store, "é" * 190 + ".txt", b"Words.", "bob").text == "Words."

    def test_an_upload_may_be_as_large_as_the_owner_says(self, store: Store) -> None:
        with pytest.raises(UploadRefused, match=r"^long\.txt is larger than 0\.001 MB$"):
            upload(store, "long.txt", b"x" * 1_001, "bob", Limits(file=1_000))
        large = b"<p>Words.</p><!--" + b"x" * 24_000_000 + b"-->"
        assert upload(store, "large.html", large, "bob", Limits(file=50_000_000)).text == "Words."

    def test_an_upload_that_cannot_be_read_says_why(self, store: Store) -> None:
        with pytest.raises(UploadRefused, match=r"scan\.pdf "):
            upload(store, "scan.pdf", b"%PDF-1.4 nothing more", "bob")
        with pytest.raises(UploadRefused, match=r"film\.mp4 is of a kind that is not read"):
            upload(store, "film.mp4", b"frames", "bob")
        with pytest.raises(UploadRefused, match=r"documents\.toml is of a kind that is not read"):
            upload(store, "documents.toml", b"no = TOML = at all", "bob")
        with pytest.raises(UploadRefused, match="has a name that cannot be used"):
            upload(store, "~$open.docx", b"PK", "bob")
        assert drafts(store.engine) == ()


class TestGate(OnSqlite, WithStore):
    def test_a_broken_check_stops_the_publication(self, store: Store, docs: Path, data: Path) -> None:
        before = publish(store, docs, data, ALICE)
        _say(docs, "questions.md", "Four weeks", "Five weeks")
        with pytest.raises(GateClosed, match=r"1 golden check breaks: how long\?") as caught:
            publish(store, docs, data, replace(ALICE, gate=_keeps("Four weeks.")))
        assert caught.value.broken == ("how long?",)
        assert _live(store) == before.release
        assert len(store.releases()) == 1

    def test_an_override_is_recorded(self, store: Store, docs: Path, data: Path) -> None:
        publication = publish(store, docs, data, replace(ALICE, gate=_keeps("Six weeks."), override=True))
        assert publication.broken == ("how long?",)
        assert store.publications()[0].overrode == ("how long?",)

    def test_the_gate_sees_what_would_be_live(self, store: Store, docs: Path, data: Path) -> None:
        seen: list[Edition] = []

        def gate(edition: Edition) -> list[str]:
            seen.append(edition)
            return []

        publication = publish(store, docs, data, replace(ALICE, gate=gate))
        assert [edition.release for edition in seen] == [publication.release]
        assert "Four weeks." in _sentences(seen[0])

    def test_a_preview_shows_what_would_be_live_and_leaves_what_is(self, store: Store, docs: Path, data: Path) -> None:
        before = publish(store, docs, data, ALICE)
        _say(docs, "questions.md", "Four weeks", "Five weeks")
        shown = preview(store, docs, data, replace(ALICE, gate=_keeps("Four weeks.")))
        assert shown.publication.broken == ("how long?",)
        assert shown.publication.changes.changed == ("questions.md",)
        assert "Five weeks." in _sentences(shown.edition)
        assert _live(store) == before.release
        assert publish(store, docs, data, ALICE).release == shown.edition.release


class TestEdits(OnSqlite, WithStore):
    def test_synonyms_reach_the_index(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        plain = open_edition(store, data)
        edit(store, data, lambda now: replace(now, synonyms=(("hound", "dog"),)), BOB)
        assert "hound" not in _best(plain, "may my hound come in?")
        assert "dog" in _best(open_edition(store, data), "may my hound come in?")

    def test_an_edit_that_breaks_a_check_is_stopped(self, store: Store, docs: Path, data: Path) -> None:
        publish(store, docs, data, ALICE)
        with pytest.raises(GateClosed):
            edit(store, data, _urgent("fire"), replace(BOB, gate=_keeps("Six weeks.")))
        assert store.editorial() == Editorial()

    def test_there_is_nothing_to_edit_before_the_first_release(self, store: Store, data: Path) -> None:
        with pytest.raises(NothingPublished, match="faqtual publish DIR"):
            edit(store, data, _urgent("fire"), BOB)


class TestSqlite(OnSqlite, PublishingContract):
    def test_a_server_outlives_its_database(self, store: Store, docs: Path, data: Path, url: str) -> None:
        release = publish(store, docs, data, ALICE).release
        editions = Editions(store, data)
        editions.refresh()
        store.engine.dispose()
        file = Path(str(store.engine.url.database))
        file.rename(file.with_suffix(".away"))
        file.mkdir()
        editions.refresh()
        assert editions.current().release == release
        assert editions.problem is not None
        assert "the database is inaccessible" in editions.problem
        file.rmdir()
        file.with_suffix(".away").rename(file)
        editions.refresh()
        assert editions.problem is None

    def test_questions_are_answered_while_another_process_publishes_and_rolls_back(
        self, store: Store, docs: Path, data: Path, url: str
    ) -> None:
        publish(store, docs, data, ALICE)
        whole = {_live(store): "Four weeks."}
        for number in range(10):
            whole[_published(store, docs, data, ALICE, f"{number} weeks")] = f"{number} weeks."
        with Editions(store, data, check_seconds=0.01) as editions:
            other = subprocess.Popen(
                [sys.executable, "-m", "tests.bot.publishers", url, str(data), str(docs)], env=_environment()
            )
            try:
                asked = 0
                seen = set()
                while asked < 200 or other.poll() is None:
                    edition = editions.current()
                    said = _best(edition, "how long can I keep a book?")
                    assert whole.get(edition.release, "Ten weeks.") == said
                    seen.add(edition.release)
                    asked += 1
                assert other.wait() == 0
            finally:
                other.kill()
                other.wait()
        assert len(seen) > 2
        assert len(store.publications()) == 11 + 20


class TestPostgresql(OnPostgresql, PublishingContract):
    def test_a_second_server_without_a_common_disk_gets_the_files(
        self, store: Store, docs: Path, data: Path, tmp_path: Path
    ) -> None:
        release = publish(store, docs, data, ALICE).release
        elsewhere = tmp_path / "elsewhere"
        edition = open_edition(store, elsewhere)
        assert edition.release == release
        assert _bytes(elsewhere) == _bytes(data)

    def test_a_second_server_keeps_the_old_release_until_the_new_one_is_whole(
        self, store: Store, docs: Path, data: Path, tmp_path: Path
    ) -> None:
        first = publish(store, docs, data, ALICE)
        editions = Editions(store, tmp_path / "elsewhere")
        editions.refresh()
        _published(store, docs, data, ALICE, "5 weeks")
        with writing(store.engine) as connection:
            connection.execute(update(schema.index_chunks).values(data=b"changed"))
        editions.refresh()
        assert editions.current().release == first.release
        assert editions.problem is not None
        assert "was changed in the database" in editions.problem
        assert not list((tmp_path / "elsewhere" / "releases").glob("*.tmp"))


# --- ephemeral editions ---------------------------------------------------------------------------------------------------


def test_an_ephemeral_edition_is_made_once(docs: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ephemeral(docs, data)
    parsed = _watched(monkeypatch)
    again = ephemeral(docs, data)
    assert (again.release, parsed) == (first.release, [])
    assert "Four weeks." in _sentences(again)


@pytest.mark.parametrize("change", ["words", "name", "metadata", "unread"])
def test_another_folder_is_another_ephemeral_edition(docs: Path, data: Path, change: str) -> None:
    before = ephemeral(docs, data)
    if change == "words":
        _say(docs, "questions.md", "Four weeks", "Five weeks")
    elif change == "name":
        (docs / "questions.md").rename(docs / "faq.md")
    elif change == "metadata":
        (docs / "documents.toml").write_text('["*.txt"]\ntitle = "Rules"\n')
    else:
        (docs / "scan.pdf").write_bytes(b"%PDF-1.4 nothing more")
    after = ephemeral(docs, data)
    assert after.release != before.release
    assert [unread.name for unread in after.unread] == (["scan.pdf"] if change == "unread" else [])
    assert [unread.name for unread in ephemeral(docs, data).unread] == [unread.name for unread in after.unread]


def test_an_ephemeral_edition_answers_as_the_published_one(docs: Path, data: Path, tmp_path: Path) -> None:
    from knowledge.database import sqlite_url

    with connected(sqlite_url(tmp_path)) as engine:
        publish(Store(engine), docs, data, ALICE)
        published = open_edition(Store(engine), data)
    short = ephemeral(docs, data)
    for question in ("how long can I keep a book?", "what does a late book cost?", "is there a ramp?"):
        assert short.retriever.search(question, 5) == published.retriever.search(question, 5)


def test_damaged_ephemeral_files_are_made_anew(docs: Path, data: Path) -> None:
    release = ephemeral(docs, data).release
    for damaged in ("archive/passages.bin", "unread.json"):
        (data / "ephemeral" / release / damaged).write_bytes(b"")
        assert "Four weeks." in _sentences(ephemeral(docs, data))


def test_only_the_latest_ephemeral_editions_stay(docs: Path, data: Path) -> None:
    for number in range(KEPT + 2):
        (docs / "number.txt").write_text(f"The number is {number}.")
        last = ephemeral(docs, data)
    left = {path.name for path in (data / "ephemeral").iterdir() if path.is_dir()}
    assert len(left) <= KEPT + 1  # one may still be open
    assert last.release in left


# --- what the tests have in common ----------------------------------------------------------------------------------------


def _live(store: Store) -> str:
    live = store.live()
    assert live is not None
    return live.release


def _names(edition: Edition) -> set[str]:
    return {document.name for document, _ in edition.contents.documents()}


def _sentences(edition: Edition) -> set[str]:
    return {
        sentence.of(document.text)
        for document, passages in edition.contents.documents()
        for passage in passages
        for sentence in passage.sentences
    }


def _best(edition: Edition, question: str) -> str:
    """The best sentence of the best passage."""
    hit = edition.retriever.search(question, 1)[0]
    document, passage = edition.contents.passage(hit.position)
    return passage.sentences[0].of(document.text)


def _say(docs: Path, name: str, old: str, new: str) -> None:
    text = (docs / name).read_text()
    assert old in text
    (docs / name).write_text(text.replace(old, new))


def _published(store: Store, docs: Path, data: Path, terms: Terms, weeks: str) -> str:
    """Publishes the folder with another loan period; the release."""
    shutil.copy(FOLDER / "questions.md", docs / "questions.md")
    _say(docs, "questions.md", "Four weeks", weeks)
    return publish(store, docs, data, terms).release


def _keeps(sentence: str) -> Callable[[Edition], list[str]]:
    return lambda edition: [] if sentence in _sentences(edition) else ["how long?"]


def _urgent(word: str) -> Callable[[Editorial], Editorial]:
    return lambda now: replace(now, urgent=(*now.urgent, UrgentRule((word,), "Leave.")))


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The suffixes of the files that are parsed from now on."""
    parsed: list[str] = []
    load = Child.load

    def watched(child: Child, suffix: str, data: bytes) -> object:
        parsed.append(suffix)
        return load(child, suffix, data)

    monkeypatch.setattr(Child, "load", watched)
    return parsed


def _damage(data: Path) -> None:
    """Changes one byte in the newest release's files."""
    folders = (path for path in (data / "releases").iterdir() if path.is_dir())
    newest = max(folders, key=lambda path: path.stat().st_mtime)
    path = newest / "archive" / "passages.bin"
    damaged = bytearray(path.read_bytes())
    damaged[100] ^= 1
    path.write_bytes(damaged)


def _bytes(data: Path) -> dict[str, bytes]:
    """Of every file in the folders of releases; what stands beside them says how the disk holds them."""
    return {str(path.relative_to(data)): path.read_bytes() for path in (data / "releases").glob("*/**/*") if path.is_file()}


def _eventually(holds: Callable[[], bool]) -> bool:
    deadline = monotonic() + 30
    while monotonic() < deadline:
        try:
            if holds():
                return True
        except NothingPublished:
            pass
        sleep(0.01)
    return False


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
