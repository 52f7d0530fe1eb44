"""Databases for tests: a new SQLite file, or a new database in the PostgreSQL cluster that FAQTUAL_TEST_POSTGRES_URL names."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, make_url

from knowledge.database import connect, sqlite_url
from tests.postgres import ADDRESS

T = TypeVar("T")


class OnSqlite:
    """Mixed into a contract, runs it on SQLite."""

    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return sqlite_url(tmp_path)


class OnPostgresql:
    """Mixed into a contract, runs it on PostgreSQL."""

    @pytest.fixture
    def url(self) -> Iterator[str]:
        address = os.environ.get(ADDRESS)
        if not address:
            pytest.skip(f"{ADDRESS} is not set; run: python -m tests.postgres make test")
        with new_database(address) as url:
            yield url


@contextmanager
def new_database(address: str) -> Iterator[str]:
    """The URL of an empty database in the cluster at `address`; it is dropped afterwards."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield make_url(address).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def at_once(work: Callable[[int], T], count: int) -> list[T]:
    """What `work` gives for 0, 1, ... when all of them begin in one moment; raises what one of them raised."""
    start = Barrier(count)

    def begin(number: int) -> T:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(begin, range(count)))


@contextmanager
def connected(url: str) -> Iterator[Engine]:
    engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()
