"""What identifies a visitor is written nowhere, what is erased or too old is nowhere any more, and no clock changes that."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from bot.publishing import publish
from bot.transcript import Transcript, TurnRecord
from knowledge.database import sqlite_url
from knowledge.store import Store
from tests.corpus import FOLDER
from tests.databases import connected
from tests.web.processes import Running, running
from tests.web.test_api import ask
from web import parts
from web.commands import main
from web.retention import Retention
from web.throttle import Attempt, Throttle

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRETS = {
    "mail": "ada.lovelace@example.org",
    "phone": "07700 900123",
    "card": "4111 1111 1111 1111",
    "iban": "GB33BUKB20201555555555",
    "national number": "078-05-1120",
    "token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with connected(sqlite_url(folder)) as engine:
        publish(Store(engine), FOLDER, folder)
    return folder


@contextmanager
def serving(data: Path, **environment: str) -> Iterator[Running]:
    with running("web.commands", "serve", "--port", "0", "--data", str(data), cwd=data, **environment) as server:
        yield server


def stopped(server: Running) -> str:
    """What it had written to its two outputs."""
    server.send(signal.SIGTERM)
    assert server.wait() == 0
    assert server.process.stdout is not None
    assert server.process.stderr is not None
    return server.process.stdout.read() + server.process.stderr.read()


def post(server: Running, path: str, message: dict[str, Any]) -> int:
    connection = server.connection()
    connection.request("POST", path, json.dumps(message), {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    return response.status


def found_in(folder: Path, words: str) -> list[str]:
    """Files that hold the words: the database and what stands beside it, SQLite's log as well."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


@pytest.mark.slow
@pytest.mark.parametrize("switch", ["on", "off"])
def test_what_identifies_a_visitor_is_written_nowhere(data: Path, switch: str) -> None:
    with serving(data, FAQTUAL_LOG_QUESTIONS=switch) as server:
        for secret in SECRETS.values():
            reply = server.ask(f"Can I bring my unicorn? {secret}")
            vote = {"id": reply["id"], "helpful": False, "comment": f"call {secret}"}
            assert post(server, "/api/v1/feedback", vote) == 204
            assert post(server, "/api/v1/ask", {"question": secret, "lang": "no such language!"}) == 422
            assert server.get(f"/sources/{secret.replace(' ', '%20')}")[0] == 404
        everything = server.get("/metrics")[1] + server.get("/healthz")[1] + stopped(server)
    for secret in SECRETS.values():
        assert secret not in everything
        assert found_in(data, secret) == []
    assert bool(found_in(data, "unicorn")) == (switch == "on")


@pytest.mark.slow
def test_a_question_is_kept_with_its_vote_until_it_is_erased_and_then_nowhere(data: Path) -> None:
    with serving(data, FAQTUAL_LOG_QUESTIONS="on") as server:
        erased = server.ask("Can I bring my unicorn to the reading room?")["id"]
        stays = server.ask("Can I bring my parrot to the reading room?")["id"]
        while len(kept(data)) < 2:
            time.sleep(0.05)
        assert post(server, "/api/v1/feedback", {"id": erased, "helpful": False, "comment": "a narwhal then"}) == 204
        assert post(server, "/api/v1/feedback", {"id": stays, "helpful": True}) == 204
        assert [(record.helpful, record.comment) for record in kept(data)] == [(False, "a narwhal then"), (True, None)]
        assert main(["erase", erased, "--data", str(data)]) == 0
        for words in ("unicorn", "narwhal"):  # while the server runs and its log is open
            assert found_in(data, words) == []
        assert "unicorn" not in stopped(server)
    assert ["parrot" in record.utterance for record in kept(data)] == [True]


def kept(data: Path) -> list[TurnRecord]:
    with connected(sqlite_url(data)) as engine:
        return list(Transcript(engine).export())


def record(number: int, at: datetime) -> TurnRecord:
    return TurnRecord(f"t{number}", at, "r1", "en", f"{'x' * (number % 300)} secret{number:05} x", "", "answered")


def test_of_a_thousand_questions_those_that_are_too_old_are_in_no_file_any_more(tmp_path: Path) -> None:
    """Pages that are split, merged and freed on the way leave no copies."""
    with connected(sqlite_url(tmp_path)) as engine:
        transcript = Transcript(engine)
        for start in range(0, 1_000, 50):
            transcript.write([record(number, NOON + timedelta(days=number % 60)) for number in range(start, start + 50)])
        for number in range(0, 1_000, 7):
            transcript.erase(f"t{number}")
        transcript.purge(NOON + timedelta(days=30))
        left = {record.id for record in transcript.export()}
        assert left == {f"t{number}" for number in range(1_000) if number % 60 >= 30 and number % 7}
        everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert {number for number in range(1_000) if b"secret%05d" % number in everything} == {int(name[1:]) for name in left}


def test_switching_the_log_off_does_not_keep_old_questions_longer(make_app: Callable[..., Flask], data: Path) -> None:
    now = datetime.now(UTC)
    with connected(sqlite_url(data)) as engine:
        Transcript(engine).write([record(1, now - timedelta(days=8)), record(2, now - timedelta(days=6))])
    here = parts.of(make_app(data=data, retention_days=7))
    here.retention.close()
    assert [record.id for record in here.transcript.export()] == ["t2"]


# --- clocks ---------------------------------------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_deletes_nothing_too_early_and_keeps_nothing_for_ever(tmp_path: Path) -> None:
    with connected(sqlite_url(tmp_path)) as engine:
        transcript = Transcript(engine)
        transcript.write([record(1, NOON)])
        for days, left in ((-400, 1), (29, 1), (31, 0)):
            Retention(transcript, days=30).purge(NOON + timedelta(days=days))
            assert len(list(transcript.export())) == left


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Apia"])
def test_summer_time_and_time_zones_move_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> Iterator[None] | None:
    before_the_change = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with connected(sqlite_url(tmp_path)) as engine:
        transcript = Transcript(engine)
        transcript.write([record(1, before_the_change)])
        monkeypatch.setitem(os.environ, "TZ", zone)
        time.tzset()
        try:
            [found] = transcript.export()
            assert found.at == before_the_change
            assert transcript.purge(before_the_change) == 0
            assert transcript.purge(before_the_change + timedelta(seconds=1)) == 1
        finally:
            monkeypatch.delitem(os.environ, "TZ")
            time.tzset()
    return None


def test_failures_to_sign_in_from_a_future_that_was_taken_back_keep_nobody_waiting(tmp_path: Path) -> None:
    attempt = Attempt("alice", "203.0.113.1")
    with connected(sqlite_url(tmp_path)) as engine:
        throttle = Throttle(engine)
        for _ in range(5):
            assert throttle.admit(attempt, NOON) == 0
        assert throttle.admit(attempt, NOON) > 0
        assert throttle.admit(attempt, NOON - timedelta(days=300)) == 0


def test_tokens_of_a_future_that_was_taken_back_start_afresh(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = make_app().test_client()
    reply = ask(visitor, "What does a lost card cost?")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now - 3 * 24 * 3600)
    again = ask(visitor, "What does a lost card cost?", conversation=reply["conversation"])
    assert again["answer"] == reply["answer"]
    assert visitor.post("/api/v1/feedback", json={"id": reply["id"], "helpful": True}).status_code == 404


def test_a_clock_that_was_set_back_keeps_nobody_limited(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = make_app(rate_limit="1/minute").test_client()

    def status() -> int:
        return visitor.post("/api/v1/ask", json={"question": "Can I bring my dog?"}).status_code

    assert [status(), status()] == [200, 429]
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now - 3 * 24 * 3600)
    response = visitor.post("/api/v1/ask", json={"question": "Can I bring my dog?"})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) <= 60
