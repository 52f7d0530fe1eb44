"""What may happen to a server while visitors ask: releases come and go, signals, a full disk, a locked database, crowds."""

import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from benchmarks.load import load
from bot.publishing import publish
from knowledge.database import sqlite_url
from knowledge.store import Store
from tests.corpus import FOLDER
from tests.databases import connected
from tests.faults.visitors import QUESTION, Tally, ask, asking
from tests.knowledge.test_database import UNPRIVILEGED
from tests.web.processes import PATIENCE, ROOT, Running, clean_environment, running
from web.commands import main
from web.tokens import read_secret_file

pytestmark = pytest.mark.slow

FULL = bool(os.environ.get("FAQTUAL_TEST_FULL"))
LOGGING = {"FAQTUAL_LOG_QUESTIONS": "on", "FAQTUAL_RATE_LIMIT": "off"}
LIMITS_OFF = {"FAQTUAL_RATE_LIMIT": "off"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose live release is the shared corpus."""
    folder = tmp_path / "data"
    with connected(sqlite_url(folder)) as engine:
        publish(Store(engine), FOLDER, folder)
    read_secret_file(folder / "secret.key")
    return folder


@contextmanager
def serving(data: Path, **environment: str) -> Iterator[Running]:
    with running("web.commands", "serve", "--port", "0", "--data", str(data), cwd=data, **environment) as server:
        yield server


def kept(data: Path) -> int:
    with closing(sqlite3.connect(data / "faqtual.db")) as database:
        [[integrity]] = database.execute("PRAGMA integrity_check").fetchall()
        assert integrity == "ok"
        [[count]] = database.execute("SELECT count(*) FROM turns").fetchall()
    return int(count)


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


# --- releases -------------------------------------------------------------------------------------------------------------


def test_publishing_and_rolling_back_fail_no_request_and_mix_no_releases(data: Path, tmp_path: Path) -> None:
    docs = Path(shutil.copytree(FOLDER, tmp_path / "docs"))
    (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
    with serving(data, **LIMITS_OFF) as server:
        first = server.ask(QUESTION)
        whole = {first["release"]: first["answer"]}
        with asking(server.port, 8) as tally:
            assert main(["publish", str(docs), "--data", str(data)]) == 0
            wait_for(lambda: server.ask(QUESTION)["release"] != first["release"])
            second = server.ask(QUESTION)
            whole[second["release"]] = second["answer"]
            assert main(["rollback", first["release"], "--data", str(data)]) == 0
            wait_for(lambda: server.ask(QUESTION)["release"] == first["release"])
            rolled_back = {server.ask(QUESTION)["answer"] for _ in range(20)}
        assert set(tally.statuses) == {200}
        assert set(tally.said) == set(whole.items())
        assert rolled_back == {first["answer"]}
        assert tally.broken == []


# --- signals --------------------------------------------------------------------------------------------------------------


def test_told_to_stop_under_load_it_answers_what_it_let_in_and_writes_its_log(data: Path) -> None:
    with serving(data, **LOGGING) as server, asking(server.port, 8) as tally:
        wait_for(lambda: tally.asked >= 300)
        server.send(signal.SIGTERM)
        assert server.wait() == 0
    assert set(tally.statuses) == {200}
    assert kept(data) == tally.statuses[200]


def test_reading_the_settings_again_under_load_fails_no_request_and_loses_no_question(data: Path) -> None:
    file = data / "faqtual.toml"
    with serving(data, **LOGGING) as server, ExitStack() as stack:
        tally: Tally = stack.enter_context(asking(server.port, 50))
        for number in range(4):
            file.write_text(f'name = "Number {number}"\n')
            before = tally.asked
            server.send(signal.SIGHUP)
            wait_for(lambda name=f"Number {number}": name in server.get("/")[1])  # type: ignore[misc]
            wait_for(lambda least=before + 100: tally.asked > least)  # type: ignore[misc]
        stack.close()
        server.send(signal.SIGTERM)
        assert server.wait() == 0
    assert (set(tally.statuses), tally.broken) == ({200}, [])
    assert kept(data) == tally.statuses[200]


def test_killed_under_load_it_starts_again_and_has_what_it_had_written(data: Path) -> None:
    with serving(data, **LOGGING) as server, asking(server.port, 8) as tally:
        wait_for(lambda: kept(data) > 100)
        written = kept(data)
        server.send(signal.SIGKILL)
        server.wait()
    assert written <= kept(data) <= tally.asked + 8
    with serving(data, **LOGGING) as server:
        assert server.ask(QUESTION)["outcome"]
        server.send(signal.SIGTERM)
        assert server.wait() == 0
    assert kept(data) > written


# --- a database that does not write ---------------------------------------------------------------------------------------


def test_a_full_disk_costs_the_log_and_nobody_an_answer(data: Path) -> None:
    command = ("tests.faults.confined", "60000", "serve", "--port", "0", "--data", str(data))
    with running(*command, cwd=data, **LOGGING) as server:
        while json.loads(server.get("/healthz")[1])["status"] == "ok":
            assert server.ask(QUESTION)["outcome"]
        assert server.ask(QUESTION)["outcome"]
        assert json.loads(server.get("/healthz")[1])["problem"] == "questions are not logged"
        lost = next(line for line in server.get("/metrics")[1].splitlines() if line.startswith("faqtual_questions_not_kept "))
        assert float(lost.split()[1]) > 0
        server.send(signal.SIGTERM)
        assert server.wait() == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read().count("questions are not logged") == 1
    kept(data)


def test_a_locked_database_delays_the_log_and_nobody_an_answer(data: Path) -> None:
    with serving(data, **LOGGING) as server:
        assert server.ask(QUESTION)["outcome"]
        wait_for(lambda: kept(data) == 1)
        with closing(sqlite3.connect(data / "faqtual.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(50):
                assert server.ask(QUESTION)["outcome"]
            assert kept(data) == 1
            other.execute("ROLLBACK")
        wait_for(lambda: kept(data) == 51)


def test_without_rights_it_says_in_one_line_what_to_do(data: Path) -> None:
    changed = [data, *data.rglob("*")]
    for path in changed:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = subprocess.run(
        [*UNPRIVILEGED, sys.executable, "-m", "web.commands", "serve", "--port", "0", "--data", str(data)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=clean_environment(),
        timeout=PATIENCE,
        check=False,
    )
    for path in changed:
        path.chmod(0o700)
    assert done.returncode in (2, 4)
    assert done.stderr.count("\n") == 1
    assert "make the database and its folder writable" in done.stderr


# --- crowds ---------------------------------------------------------------------------------------------------------------


def test_six_hundred_slow_connections_keep_nobody_waiting_and_are_closed() -> None:
    head = b"GET / HTTP/1.1\r\nHost: a\r\n"
    body = b"POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
    with running("tests.web.small_server", "30" if FULL else "10", "4", "1000") as server:
        slow = {server.socket(): beginning for beginning in [head, body] * 300}
        for connection, beginning in slow.items():
            connection.sendall(beginning)
            connection.setblocking(False)
        end = time.monotonic() + PATIENCE
        while slow and time.monotonic() < end:
            for connection in [one for one in slow if _is_closed_after_a_byte(one)]:
                del slow[connection]
            assert server.get("/") == (200, "here")
    assert not slow


def _is_closed_after_a_byte(connection: socket.socket) -> bool:
    try:
        connection.send(b"x")
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_a_thousand_visitors_get_an_answer_or_are_told_to_come_again(data: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 1_500:
        pytest.skip("fewer than 1,500 open files are allowed here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1_500), hard))
    body = json.dumps({"question": QUESTION})
    head = f"POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with serving(data, **LIMITS_OFF) as server:
        tally = load(server.port, [(head + body).encode()], 1_000, 30 if FULL else 5)
        assert tally.broken == 0
        assert set(tally.statuses) <= {200, 503}
        assert tally.statuses[200] > 0
        assert ask(server.connection())[0] == 200
