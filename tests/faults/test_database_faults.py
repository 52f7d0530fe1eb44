"""PostgreSQL restarted, hung and read-only: what is loaded goes on answering, writes fail in one line, and all heals."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from bot.publishing import publish
from bot.publishing.editions import Editions
from knowledge.database import connect
from knowledge.store import Store
from knowledge.transactions import DatabaseUnavailable, reading, writing
from tests.faults.publisher import number_of, write_edition
from tests.postgres import Cluster, installed

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not installed(), reason="needs Debian's package postgresql")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster() as cluster:
        yield cluster


@pytest.fixture
def store(cluster: Cluster) -> Iterator[Store]:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    engine = connect(cluster.url)
    yield Store(engine)
    engine.dispose()


@pytest.fixture
def editions(store: Store, tmp_path: Path) -> Editions:
    _publish(store, tmp_path, 1)
    editions = Editions(store, tmp_path / "data")
    editions.refresh()
    return editions


def test_a_restart_is_healed(cluster: Cluster, store: Store, editions: Editions, tmp_path: Path) -> None:
    cluster.stop()
    editions.refresh()
    assert number_of(editions.current()) == 1
    assert editions.problem is not None
    assert editions.problem.startswith("the database is unreachable")
    cluster.start()
    editions.refresh()
    assert editions.problem is None
    _publish(store, tmp_path, 2)
    editions.refresh()
    assert number_of(editions.current()) == 2


def test_a_connection_that_broke_while_idle_is_replaced_unnoticed(cluster: Cluster, store: Store) -> None:
    with reading(store.engine) as connection:
        connection.execute(text("SELECT 1"))
    cluster.stop()
    cluster.start()
    with reading(store.engine) as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_a_hung_server_is_given_up_and_what_is_loaded_answers(cluster: Cluster, store: Store, editions: Editions) -> None:
    cluster.pause()
    try:
        editions.refresh()  # comes back, since this side counts the seconds as well
        assert number_of(editions.current()) == 1
        assert editions.problem is not None
        assert editions.problem.startswith("the database is unreachable")
        with pytest.raises(DatabaseUnavailable), writing(store.engine):
            pass
    finally:
        cluster.resume()
    editions.refresh()
    assert editions.problem is None


def test_a_statement_that_takes_too_long_is_given_up(store: Store) -> None:
    with pytest.raises(DatabaseUnavailable) as caught, reading(store.engine) as connection:
        connection.execute(text("SELECT pg_sleep(60)"))
    assert caught.value.reason == "busy"


def test_a_standby_can_be_read_and_says_that_it_cannot_be_written(
    cluster: Cluster, store: Store, editions: Editions, tmp_path: Path
) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
    try:
        standby = connect(cluster.url)
        assert Store(standby).live() == store.live()
        with pytest.raises(DatabaseUnavailable, match="writable") as caught:
            _publish(Store(standby), tmp_path, 2)
        assert caught.value.reason == "read-only"
        standby.dispose()
        assert number_of(editions.current()) == 1
    finally:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute("ALTER DATABASE postgres RESET default_transaction_read_only")


def _publish(store: Store, tmp_path: Path, number: int) -> None:
    folder = tmp_path / "pages"
    folder.mkdir(exist_ok=True)
    write_edition(folder, number)
    publish(store, folder, tmp_path / "data")
