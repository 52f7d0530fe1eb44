"""A name goes in; while the block runs, no other thread, process or server on the same database holds that name."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from knowledge.transactions import DatabaseUnavailable, is_postgresql, plainly

RETRY_SECONDS = 0.05


class LockTaken(Exception):
    """Somebody else holds the lock `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} in progress")


@contextmanager
def held(engine: Engine, name: str, patience: float = 0) -> Iterator[None]:
    """Raises LockTaken after `patience` seconds. A holder that is killed lets go.

    PostgreSQL: an advisory lock; SQLite: a lock on a file beside the database.
    """
    with ExitStack() as stack:
        deadline = monotonic() + patience
        while True:
            try:
                stack.enter_context(_advisory(engine, name) if is_postgresql(engine) else _beside(engine, name))
                break
            except LockTaken:
                if monotonic() >= deadline:
                    raise
                sleep(RETRY_SECONDS)
        yield


def alone(connection: Connection, name: str) -> None:
    """Waits until no other transaction that asked for `name` is open, so that what is read is still so when it is written.

    Call it first in a `writing`. Nothing to do for SQLite, whose writers are alone anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _key(name)})


@contextmanager
def folder_held(folder: Path) -> Iterator[bool]:
    """Whether the lock on `folder` was free; it is kept to the end of the block, and goes with a process that is killed."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield _lock(descriptor, shared=False)
    finally:
        os.close(descriptor)


def hold_folder(folder: Path) -> int:
    """A descriptor that shares the lock on `folder` until it is closed. Raises OSError where the folder is (being) removed."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    if not _lock(descriptor, shared=True):
        os.close(descriptor)
        raise FileNotFoundError(f"{folder} is being removed")
    return descriptor


def _lock(descriptor: int, *, shared: bool) -> bool:
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _beside(engine: Engine, name: str) -> Iterator[None]:
    path = f"{engine.url.database}.{name}.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseUnavailable("read-only", f"{path}: {error.strerror}") from error
    try:
        if not _lock(descriptor, shared=False):
            raise LockTaken(name)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _advisory(engine: Engine, name: str) -> Iterator[None]:
    key = _key(name)
    with plainly(), engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
            raise LockTaken(name)
        try:
            yield
        finally:
            try:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
            except DBAPIError:
                connection.invalidate()  # the session is gone, and the lock with it


def _key(name: str) -> int:
    """The number by which PostgreSQL knows the lock."""
    return int.from_bytes(hashlib.sha256(f"faqtual {name}".encode("utf-8", "surrogatepass")).digest()[:8], signed=True)
