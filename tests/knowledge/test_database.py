"""The database: its settings, its schema, its errors in plain words."""

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

import knowledge.migrations
from knowledge import schema
from knowledge.database import DatabaseUnavailable, connect, reading, sqlite_url, writing
from knowledge.migrations import upgrade
from tests.databases import OnPostgresql, OnSqlite, connected

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade() -> None:
    op.add_column("live", sa.Column("mood", sa.Text()))
    op.create_table("moods", sa.Column("id", sa.Integer(), primary_key=True))
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
            assert _revision(engine) == "0001"
            upgrade(engine, engine, _scripts(tmp_path, NEXT))
            assert _revision(engine) == "0002"
            assert _passages(engine) == ["p1"]

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

    def test_two_writers_that_read_first_never_fail(self, url: str) -> None:
        """SQLite refuses at once to turn a reader into a writer after another commit; these hold the lock from the start."""
        with connected(url) as engine:
            _write_feedback(engine, "p1")

            def count(_: int) -> None:
                with writing(engine) as connection:
                    row = connection.execute(select(schema.feedback.c.helpful).with_for_update()).scalar_one()
                    connection.execute(schema.feedback.update().values(helpful=row + 1))

            with ThreadPoolExecutor(2) as pool:
                list(pool.map(count, range(200)))
            with reading(engine) as connection:
                assert connection.scalar(select(schema.feedback.c.helpful)) == 201


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


class TestPostgresql(OnPostgresql, DatabaseContract):
    pass


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


def _preference(document: str) -> dict[str, object]:
    return {"position": 0, "document": document, "who": "alice", "at": datetime.now(UTC)}


def _revision(engine: Engine) -> str | None:
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _scripts(folder: Path, following: str) -> Path:
    """The shipped migrations and one more."""
    shipped = Path(knowledge.migrations.__file__).parent
    scripts = folder / "migrations"
    shutil.copytree(shipped, scripts, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "0002_next.py").write_text(following)
    return scripts
