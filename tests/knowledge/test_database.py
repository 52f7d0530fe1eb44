"""The database: its settings, its schema, its errors in plain words."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

import knowledge.migrations
from knowledge import schema
from knowledge.database import connect, sqlite_url
from knowledge.editorial import read_editorial
from knowledge.migrations import revisions, upgrade
from knowledge.releases import SettledConflict
from knowledge.transactions import DatabaseUnavailable, reading, writing
from knowledge.triage import triages
from tests.databases import OnPostgresql, OnSqlite, connected

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9998"
down_revision = "{head}"
def upgrade() -> None:
    op.add_column("live", sa.Column("mood", sa.Text()))
    op.create_table("moods", sa.Column("id", sa.Integer(), primary_key=True))
"""


OLD_TRIAGE = """
INSERT INTO conflict_triage (fingerprint, status, preferred, note, who, at)
VALUES (:name, :status, :preferred, 'why', 'Bob', '2026-01-02 03:04:05')
"""

# Even root keeps to the permissions of files without this capability.
UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


class DatabaseContract:
    def test_the_migrations_make_the_schema_that_the_code_uses(self, url: str) -> None:
        with connected(url) as engine, reading(engine) as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, schema.metadata) == []

    def test_connecting_again_keeps_what_is_there(self, url: str) -> None:
        with connected(url) as engine:
            _write_feedback(engine, "p1")
        with connected(url) as engine:
            assert _passages(engine) == ["p1"]

    def test_two_that_connect_at_once_upgrade_once(self, url: str) -> None:
        with ThreadPoolExecutor(4) as pool:
            engines = list(pool.map(connect, [url] * 4))
        for engine in engines:
            assert _passages(engine) == []
            engine.dispose()

    def test_an_upgrade_that_fails_midway_leaves_the_old_schema(self, url: str, tmp_path: Path) -> None:
        with connected(url) as engine:
            _write_feedback(engine, "p1")
            scripts = _scripts(tmp_path, NEXT + "    raise RuntimeError('pulled the plug')\n")
            with pytest.raises(RuntimeError, match="pulled the plug"):
                upgrade(engine, engine, scripts)
            assert _revision(engine) == revisions()[0]
            upgrade(engine, engine, _scripts(tmp_path, NEXT))
            assert _revision(engine) == "9998"
            assert _passages(engine) == ["p1"]

    def test_what_was_settled_before_it_was_part_of_the_layer_joins_it(self, url: str, tmp_path: Path) -> None:
        with _before("0002", url, tmp_path) as engine:
            with writing(engine) as connection:
                rows = [("f1", "confirmed", None), ("f2", "source preferred", "rules.txt"), ("f3", "not a conflict", None)]
                for name, status, preferred in rows:
                    connection.execute(text(OLD_TRIAGE), {"name": name, "status": status, "preferred": preferred})
            upgrade(engine, engine)
            with reading(engine) as connection:
                settled = read_editorial(connection).settled
            assert settled == (SettledConflict("f2", "rules.txt", None, "why"), SettledConflict("f3", None, None, "why"))
            found = {name: (str(triage.status), triage.who) for name, triage in triages(engine).items()}
            assert found == {
                "f1": ("confirmed", "Bob"),
                "f2": ("source preferred", "Bob"),
                "f3": ("not a conflict", "Bob"),
            }

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_log SET who = 'Charlie'",
            "UPDATE audit_log SET subject = '(erased)'",
            "UPDATE audit_log SET subject = '(erased)', detail = '{}', action = 'sign in'",
            "DELETE FROM audit_log",
        ],
    )
    def test_the_audit_log_refuses_to_forget(self, url: str, statement: str) -> None:
        with connected(url) as engine:
            _note(engine, 1)
            with pytest.raises(IntegrityError, match="append-only"), writing(engine) as connection:
                connection.execute(text(statement))
            with reading(engine) as connection:
                assert connection.execute(select(schema.audit_log.c.who, schema.audit_log.c.subject)).all() == [
                    ("Bob", "words")
                ]

    def test_an_audit_entry_may_lose_its_words_and_keeps_its_place(self, url: str) -> None:
        with connected(url) as engine:
            _note(engine, 1)
            _note(engine, 2)
            with writing(engine) as connection:
                connection.execute(text("UPDATE audit_log SET subject = '(erased)', detail = '{}' WHERE id = 1"))
            with reading(engine) as connection:
                found = connection.execute(select(schema.audit_log).order_by(schema.audit_log.c.id)).all()
            assert [(row.id, row.who, row.subject, row.detail) for row in found] == [
                (1, "Bob", "(erased)", {}),
                (2, "Bob", "words", {"more": "words"}),
            ]

    def test_a_database_of_a_newer_version_is_left_alone(self, url: str) -> None:
        with connected(url) as engine, writing(engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(DatabaseUnavailable, match="newer faqtual") as caught:
            connect(url)
        assert caught.value.reason == "newer"

    def test_a_transaction_that_fails_leaves_nothing(self, url: str) -> None:
        with connected(url) as engine:
            with pytest.raises(ZeroDivisionError), writing(engine) as connection:
                connection.execute(insert(schema.feedback).values(passage="p1", helpful=1, unhelpful=0))
                raise ZeroDivisionError
            assert _passages(engine) == []

    def test_a_mistake_in_the_data_stays_a_mistake(self, url: str) -> None:
        with connected(url) as engine:
            _write_feedback(engine, "p1")
            with pytest.raises(IntegrityError):
                _write_feedback(engine, "p1")

    def test_text_that_a_database_would_refuse_is_stored_without_what_it_refuses(self, url: str) -> None:
        with connected(url) as engine:
            with writing(engine) as connection:
                connection.execute(insert(schema.preferences).values(_preference("a\0b\ud800c")))
            with reading(engine) as connection:
                assert connection.scalar(select(schema.preferences.c.document)) == "abc"

    @pytest.mark.parametrize("writes", [200, pytest.param(2_000, marks=pytest.mark.slow)])
    def test_two_writers_that_read_first_never_fail(self, url: str, writes: int) -> None:
        """SQLite refuses at once to turn a reader into a writer after another commit; these hold the lock from the start."""
        with connected(url) as engine:
            _write_feedback(engine, "p1")

            def count(_: int) -> None:
                with writing(engine) as connection:
                    row = connection.execute(select(schema.feedback.c.helpful).with_for_update()).scalar_one()
                    connection.execute(schema.feedback.update().values(helpful=row + 1))

            with ThreadPoolExecutor(2) as pool:
                list(pool.map(count, range(writes)))
            with reading(engine) as connection:
                assert connection.scalar(select(schema.feedback.c.helpful)) == writes + 1


class TestSqlite(OnSqlite, DatabaseContract):
    def test_settings(self, url: str) -> None:
        with connected(url) as engine, reading(engine) as connection:
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
            assert found == ["wal", 1]
            assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1

    def test_deleted_words_are_gone_from_the_files(self, url: str, tmp_path: Path) -> None:
        words = "the combination of the safe"
        with connected(url) as engine:
            with writing(engine) as connection:
                connection.execute(insert(schema.preferences).values(_preference(words)))
            with writing(engine) as connection:
                connection.execute(schema.preferences.delete())
            with reading(engine) as connection:
                connection.exec_driver_sql("SELECT 1")
            with engine.connect() as raw:
                raw.exec_driver_sql("COMMIT")
                raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        assert all(words.encode() not in path.read_bytes() for path in tmp_path.iterdir())

    def test_a_writer_that_waits_too_long_is_told_so(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("knowledge.database.BUSY_SECONDS", 0.05)
        with connected(url) as engine, writing(engine), pytest.raises(DatabaseUnavailable, match="try again") as caught:
            _write_feedback(engine, "p1")
        assert caught.value.reason == "busy"

    def test_readers_do_not_wait_for_a_writer(self, url: str) -> None:
        with connected(url) as engine, writing(engine):
            assert _passages(engine) == []

    def test_a_file_that_is_no_database(self, url: str, tmp_path: Path) -> None:
        (tmp_path / "faqtual.db").write_bytes(b"This is a letter. " * 300)
        with pytest.raises(DatabaseUnavailable, match="restore the latest backup"):
            connect(url)

    def test_the_folder_is_made_for_its_owner_only(self, tmp_path: Path) -> None:
        with connected(sqlite_url(tmp_path / "new")):
            assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700

    @pytest.mark.parametrize("file", [0o600, 0o400], ids=["folder", "file and folder"])
    def test_what_cannot_be_written_is_one_line_that_says_what_to_do(self, url: str, tmp_path: Path, file: int) -> None:
        with sqlite3.connect(tmp_path / "faqtual.db") as connection:
            connection.execute("CREATE TABLE of_somebody_else (a)")
        connection.close()
        (tmp_path / "faqtual.db").chmod(file)
        tmp_path.chmod(0o500)
        code = f"from knowledge.database import connect\ntry: connect({url!r})\nexcept Exception as e: print(e)"
        done = subprocess.run([*UNPRIVILEGED, sys.executable, "-c", code], capture_output=True, text=True, check=True)
        tmp_path.chmod(0o700)
        assert done.stdout.count("\n") == 1
        assert "make the database and its folder writable" in done.stdout

    def test_no_entry_of_the_audit_log_takes_the_place_of_another(self, url: str) -> None:
        with connected(url) as engine:
            _note(engine, 1)
            with pytest.raises(IntegrityError, match="append-only"), writing(engine) as connection:
                connection.execute(schema.audit_log.insert().prefix_with("OR REPLACE").values(**_entry(1)))


class TestPostgresql(OnPostgresql, DatabaseContract):
    def test_the_audit_log_is_not_emptied(self, url: str) -> None:
        with connected(url) as engine:
            _note(engine, 1)
            with pytest.raises(IntegrityError, match="append-only"), writing(engine) as connection:
                connection.execute(text("TRUNCATE audit_log"))


def test_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    engine = connect(sqlite_url(tmp_path / "new" / "data"))
    with writing(engine) as connection:
        connection.execute(text("SELECT 1"))
        files = list((tmp_path / "new" / "data").iterdir())
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700
    engine.dispose()


@pytest.mark.parametrize("url", ["mysql://h/d", "sqlite://", "sqlite:///:memory:", "not a url"])
def test_other_databases_are_refused_by_name(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///path"):
        connect(url)


def test_an_unreachable_server_is_one_line_without_the_password() -> None:
    with pytest.raises(DatabaseUnavailable, match="check that the database runs") as caught:
        connect("postgresql://alice:hunter2@127.0.0.1:1/faqtual")
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def _write_feedback(engine: Engine, passage: str) -> None:
    with writing(engine) as connection:
        connection.execute(insert(schema.feedback).values(passage=passage, helpful=1, unhelpful=0))


def _passages(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(select(schema.feedback.c.passage)))


def _entry(number: int) -> dict[str, object]:
    at = datetime.now(UTC)
    return {"id": number, "at": at, "who": "Bob", "action": "publish", "subject": "words", "detail": {"more": "words"}}


def _note(engine: Engine, number: int) -> None:
    with writing(engine) as connection:
        connection.execute(insert(schema.audit_log).values(**_entry(number)))


@contextmanager
def _before(revision: str, url: str, folder: Path) -> Iterator[Engine]:
    """An engine on a database as it was before the migration `revision`."""
    scripts = _scripts(folder)
    for path in (scripts / "versions").glob("0*.py"):
        if path.name >= revision:
            path.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("knowledge.database.upgrade", partial(upgrade, scripts=scripts))
        engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _preference(document: str) -> dict[str, object]:
    return {"position": 0, "document": document, "who": "alice", "at": datetime.now(UTC)}


def _revision(engine: Engine) -> str | None:
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _scripts(folder: Path, following: str | None = None) -> Path:
    """The shipped migrations and one more."""
    shipped = Path(knowledge.migrations.__file__).parent
    scripts = folder / "migrations"
    shutil.copytree(shipped, scripts, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    if following:
        (scripts / "versions" / "9998_next.py").write_text(following.replace("{head}", revisions()[0]))
    return scripts
