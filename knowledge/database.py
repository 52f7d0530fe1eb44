"""A database URL goes in, an engine with an up-to-date schema comes out: SQLite by default, PostgreSQL by URL."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from knowledge.private import make_file, make_folder

BUSY_SECONDS = 5  # how long a SQLite writer waits for another one
PATIENCE_SECONDS = 2  # how long PostgreSQL may take to connect, and for one statement
PATIENCE_TO_UPGRADE_SECONDS = 120

_HINTS = {
    "busy": "another process is writing; try again",
    "read-only": "make the database and its folder writable for the user that runs faqtual",
    "inaccessible": "make the database and its folder writable for the user that runs faqtual",
    "full": "free some space on the disk that holds the database",
    "failing": "check the disk that holds the database; it may be full",
    "unreachable": "check that the database runs and that its URL is right",
    "damaged": "restore the latest backup",
    "newer": "it was written by a newer faqtual: install that version, or restore an older backup",
}


class DatabaseUnavailable(Exception):
    """The database cannot do what it was asked. `reason` is a key of `_HINTS`, `hint` says what to do about it."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        self.detail = " ".join(detail.split())
        self.hint = _HINTS[reason]
        super().__init__(f"the database is {reason}: {self.detail}; {self.hint}")


def connect(url: str) -> Engine:
    """An engine whose schema is up to date.

    `url` is `sqlite:///path` or `postgresql://...`. Raises DatabaseUnavailable where the database cannot be reached,
    upgraded or understood, ValueError where the URL names another kind of database. Writes only if the schema is old.
    """
    from knowledge.migrations import upgrade

    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _make_folder(address)
        engine = patient = _sqlite(address)
    else:
        engine, patient = _postgresql(address, PATIENCE_SECONDS), _postgresql(address, PATIENCE_TO_UPGRADE_SECONDS)
    try:
        upgrade(engine, patient)
    except BaseException:
        engine.dispose()
        raise
    finally:
        if patient is not engine:
            patient.dispose()
    return engine


def sqlite_url(data: Path) -> str:
    """Where the database stands unless the owner says otherwise: `faqtual.db` in the data directory."""
    return URL.create("sqlite", database=str(data.absolute() / "faqtual.db")).render_as_string()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes nothing. Raises DatabaseUnavailable."""
    with plainly(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock from its start, so that it never fails halfway for want of it.

    Raises DatabaseUnavailable; what was written by then is rolled back.
    """
    with plainly(), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]], renew: str | None = None) -> None:
    """Inserts the rows whose primary key is not there yet; of the others only the column `renew` is set."""
    if not rows:
        return
    made = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(table)
    if renew is None:
        connection.execute(made.on_conflict_do_nothing(), rows)
    else:
        connection.execute(
            made.on_conflict_do_update(index_elements=table.primary_key, set_={renew: made.excluded[renew]}), rows
        )


def is_postgresql(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise ValueError("the database URL cannot be read; write sqlite:///path or postgresql://user@host/name") from error
    if address.drivername in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        return address
    raise ValueError(f"the database URL names {address.drivername}; write sqlite:///path or postgresql://user@host/name")


def _make_folder(address: URL) -> None:
    if not address.database or address.database == ":memory:":
        raise ValueError("the database URL names no file; write sqlite:///path")
    try:
        make_folder(Path(address.database).parent)
        make_file(Path(address.database))
    except OSError as error:
        raise DatabaseUnavailable("read-only", f"{address.database}: {error.strerror}") from error


def _sqlite(address: URL) -> Engine:
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN is a deferred one
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "journal_size_limit=67108864",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once if another one has committed in between.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(address: URL, seconds: int) -> Engine:
    from knowledge.patience import open_connection

    target = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return create_engine(
        address,
        pool_pre_ping=True,
        pool_timeout=seconds,
        creator=lambda: open_connection(target, seconds),
        hide_parameters=True,  # no error may quote what visitors and staff typed
    )


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what the drivers raise for an unusable database into DatabaseUnavailable; mistakes in SQL stay what they are."""
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseUnavailable("busy", "every connection is taken") from error
    except DBAPIError as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise DatabaseUnavailable(reason, str(error.orig)) from error


_SQLITE_REASONS = {
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_READONLY": "read-only",
    "SQLITE_PERM": "read-only",
    "SQLITE_FULL": "full",
    "SQLITE_IOERR": "failing",
    "SQLITE_CANTOPEN": "inaccessible",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
}
_POSTGRESQL_REASONS = {
    "40001": "busy",  # serialization_failure
    "40P01": "busy",  # deadlock_detected
    "55P03": "busy",  # lock_not_available
    "57014": "busy",  # query_canceled: statement_timeout
    "25006": "read-only",  # read_only_sql_transaction
    "53100": "full",  # disk_full
    "XX001": "damaged",  # data_corrupted
    "XX002": "damaged",  # index_corrupted
}


def _reason(error: DBAPIError) -> str | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return _SQLITE_REASONS.get("_".join(name.split("_")[:2]))
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRESQL_REASONS:
        return _POSTGRESQL_REASONS[state]
    if state is None or re.match("08|53|57P", state):
        return "unreachable" if isinstance(error, OperationalError | InternalError) else None
    return None
