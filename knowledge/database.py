"""A database URL goes in, an engine with an up-to-date schema comes out: SQLite by default, PostgreSQL by URL."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from knowledge.migrations import upgrade
from knowledge.private import make_file, make_folder
from knowledge.transactions import DatabaseUnavailable

BUSY_SECONDS = 5  # how long a SQLite writer waits for another one
PATIENCE_SECONDS = 2  # how long PostgreSQL may take to connect, and for one statement
PATIENCE_TO_UPGRADE_SECONDS = 120


def connect(url: str) -> Engine:
    """An engine whose schema is up to date.

    `url` is `sqlite:///path` or `postgresql://...`. Raises DatabaseUnavailable where the database cannot be reached,
    upgraded or understood, ValueError where the URL names another kind of database. Writes only if the schema is old.
    """
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
