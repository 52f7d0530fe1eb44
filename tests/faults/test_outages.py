"""Redis and PostgreSQL killed and hung under a server: visitors get their answers, limits hold, and all heals."""

import http.client
import json
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from bot.publishing import publish
from knowledge.database import connect
from knowledge.store import Store
from tests.corpus import FOLDER
from tests.faults.visitors import QUESTION, ask, asking
from tests.postgres import Cluster, installed
from tests.web.processes import PATIENCE, Running, running

pytestmark = pytest.mark.slow

REDIS = shutil.which("redis-server")
SECRET = "a secret that all the servers of this test share"


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


# --- Redis ----------------------------------------------------------------------------------------------------------------


@contextmanager
def redis(port: int) -> Iterator[subprocess.Popen[bytes]]:
    assert REDIS
    process = subprocess.Popen(
        [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: listens(port))
        yield process
    finally:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def redis_port() -> int:
    if REDIS is None:
        pytest.skip("needs Debian's package redis-server")
    return free_port()


@contextmanager
def limited(port: int, data: Path, limit: str) -> Iterator[Running]:
    environment = {"FAQTUAL_REDIS_URL": f"redis://127.0.0.1:{port}/0", "FAQTUAL_RATE_LIMIT": limit}
    with running("web.commands", "serve", "--port", "0", "--data", str(data), cwd=data.parent, **environment) as server:
        yield server


def statuses(server: Running, count: int) -> list[int]:
    connection = server.connection()
    return [ask(connection)[0] for _ in range(count)]


def test_two_servers_share_a_limit(redis_port: int, tmp_path: Path) -> None:
    with (
        redis(redis_port),
        limited(redis_port, tmp_path / "one", "5/hour") as one,
        limited(redis_port, tmp_path / "two", "5/hour") as two,
    ):
        assert statuses(one, 3) == [200] * 3
        assert statuses(two, 3) == [200, 200, 429]
        assert statuses(one, 1) == [429]


def test_a_redis_that_is_killed_costs_no_answer_and_each_server_counts_by_itself(redis_port: int, tmp_path: Path) -> None:
    with redis(redis_port) as killed, limited(redis_port, tmp_path / "data", "8/hour") as server:
        assert statuses(server, 2) == [200] * 2
        killed.kill()
        killed.wait()
        after = statuses(server, 10)
        assert set(after) == {200, 429}
        assert after == sorted(after)
    with redis(redis_port), limited(redis_port, tmp_path / "data", "8/hour") as server:
        assert statuses(server, 1) == [200]


def test_a_redis_that_hangs_costs_no_answer_and_is_used_again_once_it_is_back(redis_port: int, tmp_path: Path) -> None:
    with redis(redis_port) as hung, limited(redis_port, tmp_path / "data", "1000/hour") as server:
        with asking(server.port, 4) as tally:
            wait_for(lambda: tally.asked > 20)
            hung.send_signal(signal.SIGSTOP)
            before = tally.asked
            wait_for(lambda: tally.asked > before + 50)
            hung.send_signal(signal.SIGCONT)
            before = tally.asked
            wait_for(lambda: tally.asked > before + 20)
        assert set(tally.statuses) <= {200, 429}
        assert tally.broken == []


# --- PostgreSQL -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    if not installed():
        pytest.skip("needs Debian's package postgresql")
    with Cluster() as cluster:
        yield cluster


@pytest.fixture
def server(cluster: Cluster, tmp_path: Path) -> Iterator[Running]:
    """On a database whose live release is the shared corpus; it keeps questions."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    engine = connect(cluster.url)
    publish(Store(engine), FOLDER, tmp_path / "elsewhere")
    engine.dispose()
    environment = {
        "FAQTUAL_DATABASE_URL": cluster.url,
        "FAQTUAL_SECRET_KEY": SECRET,
        "FAQTUAL_RATE_LIMIT": "off",
        "FAQTUAL_LOG_QUESTIONS": "on",
    }
    command = ("serve", "--port", "0", "--data", str(tmp_path / "data"))
    with running("web.commands", *command, cwd=tmp_path, **environment) as server:
        yield server


def vote(server: Running, answer_id: str) -> tuple[int, http.client.HTTPMessage]:
    connection = server.connection()
    body = json.dumps({"id": answer_id, "helpful": True})
    connection.request("POST", "/api/v1/feedback", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    return response.status, response.headers


def status_of(server: Running) -> str:
    found: str = json.loads(server.get("/healthz")[1])["status"]
    return found


def heals(server: Running) -> None:
    """The next question that can be kept says that questions are kept again."""
    wait_for(lambda: vote(server, server.ask(QUESTION)["id"])[0] == 204)
    wait_for(lambda: status_of(server) == "ok")


def told_to_come_again(server: Running, answer_id: str) -> None:
    status, headers = vote(server, answer_id)
    assert status == 503
    assert int(headers["Retry-After"]) > 0


def test_a_database_that_is_away_costs_votes_and_no_answers_and_heals(cluster: Cluster, server: Running) -> None:
    reply = server.ask(QUESTION)
    assert vote(server, reply["id"])[0] == 204
    cluster.stop()
    try:
        assert server.ask(QUESTION)["answer"] == reply["answer"]
        told_to_come_again(server, reply["id"])
        wait_for(lambda: status_of(server) == "degraded")
        assert server.get("/readyz")[0] == 200
    finally:
        cluster.start()
    heals(server)


def test_a_database_that_hangs_costs_votes_and_no_answers_and_heals(cluster: Cluster, server: Running) -> None:
    reply = server.ask(QUESTION)
    with asking(server.port, 4) as tally:
        cluster.pause()
        try:
            told_to_come_again(server, reply["id"])
            before = tally.asked
            wait_for(lambda: tally.asked > before + 50)
        finally:
            cluster.resume()
    assert (set(tally.statuses), tally.broken) == ({200}, [])
    heals(server)


def test_a_database_that_only_reads_costs_votes_and_no_answers_and_heals(cluster: Cluster, server: Running) -> None:
    reply = server.ask(QUESTION)
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'faqtual'")
    try:
        told_to_come_again(server, reply["id"])
        assert server.ask(QUESTION)["answer"] == reply["answer"]
    finally:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute("ALTER DATABASE postgres RESET default_transaction_read_only")
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'faqtual'")
    heals(server)


def test_a_second_server_answers_from_the_same_release_without_a_common_disk(
    cluster: Cluster, server: Running, tmp_path: Path
) -> None:
    environment = {"FAQTUAL_DATABASE_URL": cluster.url, "FAQTUAL_SECRET_KEY": SECRET}
    first = server.ask(QUESTION)
    command = ("serve", "--port", "0", "--data", str(tmp_path / "second"))
    with running("web.commands", *command, cwd=tmp_path, **environment) as second:
        assert second.ask(QUESTION)["release"] == first["release"]
        assert vote(second, first["id"])[0] == 204
