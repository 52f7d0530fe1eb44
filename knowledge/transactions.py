"""An engine goes in, a transaction comes out; what a database cannot do is said in plain words, whichever it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

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
