"""A database goes in, one file comes out that holds all of it; and back, while servers run.

Index files are not in it: a server makes them anew from the documents.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

from sqlalchemy import Engine

from knowledge import database
from knowledge.manifest import sync
from knowledge.migrations import revisions, upgrade
from knowledge.transactions import DatabaseUnavailable, is_postgresql, plainly


class BackupUnusable(Exception):
    """The file is no sound backup."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path} {problem}")


def back_up(engine: Engine, target: Path) -> None:
    """Writes one moment's whole database to `target`, whole or not at all; servers and publishers go on meanwhile.

    Raises ValueError for PostgreSQL, FileExistsError, OSError, DatabaseUnavailable.
    """
    _refuse_postgresql(engine, "pg_dump")
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / target.name
        with plainly(), engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # no transaction may be open here
            connection.exec_driver_sql("VACUUM INTO ?", (str(draft),))
        _check(draft)
        draft.chmod(0o600)
        sync(draft)
        draft.rename(target)
    sync(target.parent)


def restore(engine: Engine, source: Path) -> None:
    """Replaces everything in the database by what `source` holds, in one transaction; servers take it over by themselves.

    Raises ValueError for PostgreSQL, BackupUnusable, DatabaseUnavailable; then the database stays as it was.
    """
    _refuse_postgresql(engine, "pg_restore")
    _check(source)
    with plainly(), engine.connect() as connection, closing(sqlite3.connect(_read_only(source), uri=True)) as backup:
        connection.exec_driver_sql("COMMIT")
        backup.backup(_driver(connection.connection.driver_connection), progress=_patience())
    upgrade(engine, engine)  # the backup may be older than this program


def _patience() -> Callable[[int, int, int], None]:
    """SQLite would try for ever to replace a database that somebody writes to."""
    deadline = monotonic() + database.BUSY_SECONDS

    def give_up(status: int, _remaining: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > deadline:
            raise DatabaseUnavailable("busy", "somebody writes to it")

    return give_up


def _driver(connection: object) -> sqlite3.Connection:
    assert isinstance(connection, sqlite3.Connection)
    return connection


def _refuse_postgresql(engine: Engine, program: str) -> None:
    if is_postgresql(engine):
        raise ValueError(f"a PostgreSQL database is backed up and restored with its own programs; use {program}")


def _check(path: Path) -> None:
    if not path.is_file():
        raise BackupUnusable(path, "is missing")
    try:
        with closing(sqlite3.connect(_read_only(path), uri=True)) as backup:
            [[found]] = backup.execute("PRAGMA integrity_check(1)").fetchall()
            [[revision]] = backup.execute("SELECT version_num FROM alembic_version").fetchall()
    except (sqlite3.DatabaseError, ValueError) as error:
        raise BackupUnusable(path, f"is no backup of faqtual: {error}") from error
    if found != "ok":
        raise BackupUnusable(path, f"is damaged: {found}")
    if revision not in revisions():
        raise BackupUnusable(path, "was made by a newer faqtual; install that version")


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"
