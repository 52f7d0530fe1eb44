"""Accounts, sessions and the throttle by themselves, on SQLite and on PostgreSQL where there is one."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from knowledge.database import sqlite_url
from knowledge.schema import login_failures, sessions, staff
from tests.databases import at_once, connected, new_database
from tests.postgres import ADDRESS
from web.accounts import LONGEST_PASSWORD, AccountRefused, Accounts, Role
from web.audit import Audit
from web.sessions import ABSOLUTE, IDLE, Sessions
from web.throttle import FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS, LONGEST_WAIT, Attempt, Throttle

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PASSWORD = "a password of some length"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        with connected(sqlite_url(tmp_path)) as made:
            yield made
        return
    if not os.environ.get(ADDRESS):
        pytest.skip(f"{ADDRESS} is not set; run: python -m tests.postgres make test")
    with new_database(os.environ[ADDRESS]) as url, connected(url) as made:
        yield made


@pytest.fixture
def accounts(engine: Engine) -> Accounts:
    return Accounts(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def test_the_right_password_says_who_it_is_and_nothing_else_does(accounts: Accounts) -> None:
    alice = accounts.add(" alice ", PASSWORD, Role.EDITOR)
    assert accounts.check("alice", PASSWORD) == alice
    assert alice.name == "alice"
    assert alice.may_edit
    for name, password in (("alice", "wrong"), ("alice", ""), ("charlie", PASSWORD), ("", "")):
        assert accounts.check(name, password) is None


def test_a_password_is_kept_as_argon2_only(accounts: Accounts, engine: Engine) -> None:
    accounts.add("alice", PASSWORD, Role.EDITOR)
    with engine.connect() as connection:
        kept = str(connection.execute(select(staff)).all())
    assert "$argon2id$" in kept
    assert PASSWORD not in kept


def test_letters_typed_in_two_ways_are_one_password(accounts: Accounts) -> None:
    accounts.add("zoë", "a café with twelve", Role.VIEWER)
    assert accounts.check("zoe\u0308", "a cafe\u0301 with twelve")


@pytest.mark.parametrize(
    ("name", "password"),
    [("alice", PASSWORD), ("", PASSWORD), ("a" * 65, PASSWORD), ("a\nb", PASSWORD), ("bob", "short"), ("bob", "x" * 1_001)],
)
def test_what_cannot_be_an_account_is_refused(accounts: Accounts, name: str, password: str) -> None:
    accounts.add("alice", PASSWORD, Role.EDITOR)
    with pytest.raises(AccountRefused):
        accounts.add(name, password, Role.EDITOR)
    assert [person.name for person in accounts.everybody()] == ["alice"]
    assert len(password) <= LONGEST_PASSWORD + 1


def test_a_new_password_and_disabling_end_every_session(accounts: Accounts, engine: Engine) -> None:
    alice, held = accounts.add("alice", PASSWORD, Role.EDITOR), Sessions(engine)
    keys = [held.begin(alice, NOW) for _ in range(2)]
    accounts.set_password("alice", "another password of length")
    assert [held.person(key, NOW) for key in keys] == [None, None]
    assert accounts.check("alice", PASSWORD) is None
    key = held.begin(alice, NOW)
    accounts.disable("alice")
    assert held.person(key, NOW) is None
    assert accounts.check("alice", "another password of length") is None
    assert accounts.check("alice", PASSWORD) is None
    accounts.disable("alice", disabled=False)
    assert accounts.check("alice", "another password of length")
    with pytest.raises(AccountRefused):
        accounts.set_password("charlie", PASSWORD)


def test_a_password_is_hashed_anew_under_stronger_parameters(accounts: Accounts, engine: Engine) -> None:
    accounts.add("alice", PASSWORD, Role.EDITOR)
    stronger = Accounts(engine, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert stronger.check("alice", PASSWORD)
    with engine.connect() as connection:
        assert "m=16,t=2" in str(connection.scalar(select(staff.c.password)))
    assert stronger.check("alice", PASSWORD)


@pytest.mark.parametrize(
    ("later", "alive"),
    [
        (timedelta(0), True),
        (IDLE, True),
        (IDLE + timedelta(seconds=1), False),
        (timedelta(minutes=-4), True),
        (timedelta(hours=-1), False),
    ],
)
def test_a_session_ends_when_nobody_clicks_and_when_the_clock_was_set_back(
    accounts: Accounts, engine: Engine, later: timedelta, alive: bool
) -> None:
    held = Sessions(engine)
    key = held.begin(accounts.add("alice", PASSWORD, Role.EDITOR), NOW)
    assert (held.person(key, NOW + later) is not None) == alive


def test_a_session_ends_after_twelve_hours_however_busy(accounts: Accounts, engine: Engine) -> None:
    held = Sessions(engine)
    key = held.begin(accounts.add("alice", PASSWORD, Role.EDITOR), NOW)
    moment = NOW
    while moment - NOW < ABSOLUTE:
        assert held.person(key, moment)
        moment += timedelta(minutes=20)
    assert held.person(key, NOW + ABSOLUTE + timedelta(seconds=1)) is None


def test_a_key_is_kept_as_a_hash_and_ended_sessions_are_forgotten(accounts: Accounts, engine: Engine) -> None:
    held, alice = Sessions(engine), accounts.add("alice", PASSWORD, Role.EDITOR)
    old = held.begin(alice, NOW)
    key = held.begin(alice, NOW + ABSOLUTE + timedelta(hours=1))
    with engine.connect() as connection:
        kept = connection.execute(select(sessions.c.hash)).scalars().all()
    assert len(kept) == 1
    assert old not in kept
    assert key not in kept
    held.end(key)
    assert held.person(key, NOW) is None


def failures(throttle: Throttle, attempt: Attempt, moments: list[datetime]) -> list[int]:
    return [throttle.admit(attempt, moment) for moment in moments]


def test_the_wait_grows_and_has_an_end(engine: Engine) -> None:
    throttle, attempt = Throttle(engine), Attempt("alice", "203.0.113.9")
    assert failures(throttle, attempt, [NOW] * FREE_FOR_ACCOUNT) == [0] * FREE_FOR_ACCOUNT
    moment, waits = NOW, []
    for _ in range(8):
        waits.append(throttle.admit(attempt, moment))
        moment += timedelta(seconds=waits[-1])
        assert throttle.admit(attempt, moment) == 0
    assert waits == [1, 2, 4, 8, 16, 32, LONGEST_WAIT, LONGEST_WAIT]


def test_attempts_at_the_same_moment_are_counted_too(engine: Engine) -> None:
    throttle, attempt = Throttle(engine), Attempt("alice", "203.0.113.9")
    assert at_once(lambda _: throttle.admit(attempt, NOW), 15).count(0) == FREE_FOR_ACCOUNT


def test_what_is_refused_is_not_counted(engine: Engine) -> None:
    throttle, attempt = Throttle(engine), Attempt("alice", "203.0.113.9")
    failures(throttle, attempt, [NOW] * 200)
    assert throttle.admit(attempt, NOW) == 1
    with engine.connect() as connection:
        assert len(connection.execute(select(login_failures)).all()) == FREE_FOR_ACCOUNT


def test_strangers_do_not_keep_the_owner_out(engine: Engine) -> None:
    """A browser that has signed in before is counted by itself; elsewhere the account is throttled for every address."""
    throttle = Throttle(engine)
    for number in range(50):
        throttle.admit(Attempt("alice", f"203.0.113.{number}"), NOW)
    assert throttle.admit(Attempt("alice", "198.51.100.1"), NOW) > 0
    assert throttle.admit(Attempt("alice", "198.51.100.1", browser="hers"), NOW) == 0
    assert throttle.admit(Attempt("bob", "198.51.100.1"), NOW) == 0


def test_an_address_that_tries_many_names_is_throttled(engine: Engine) -> None:
    throttle = Throttle(engine)
    tried = failures(throttle, Attempt("", "203.0.113.9"), [])
    tried += [throttle.admit(Attempt(f"name {number}", "203.0.113.9"), NOW) for number in range(FREE_FOR_ADDRESS + 1)]
    assert tried[:-1] == [0] * FREE_FOR_ADDRESS
    assert tried[-1] > 0
    assert throttle.admit(Attempt("name 1", "203.0.113.10"), NOW) == 0


def test_a_name_with_letters_that_nobody_sees_is_the_same_name(accounts: Accounts, engine: Engine) -> None:
    """Else each spelling would have failures of its own."""
    alice, throttle = accounts.add("alice", PASSWORD, Role.EDITOR), Throttle(engine)
    assert accounts.check("alice\0\u200b\ud800", PASSWORD) == alice
    for number in range(FREE_FOR_ACCOUNT):
        throttle.admit(Attempt("alice" + "\0" * number, f"203.0.113.{number}"), NOW)
    assert throttle.admit(Attempt("\u200balice", "203.0.113.9"), NOW) > 0


def test_a_right_password_clears_its_place_and_a_password_typed_as_a_name_is_not_kept(engine: Engine) -> None:
    throttle, attempt = Throttle(engine), Attempt("alice", "203.0.113.9")
    failures(throttle, attempt, [NOW] * FREE_FOR_ACCOUNT)
    throttle.forget(attempt)
    assert throttle.admit(attempt, NOW) == 0
    with engine.connect() as connection:
        assert "alice" not in str(connection.execute(select(login_failures)).all())


def test_the_audit_log_goes_back_page_by_page(engine: Engine) -> None:
    audit = Audit(engine)
    for number in range(5):
        audit.note("alice", "click", str(number), {"number": number})
    assert [entry.subject for entry in audit.latest(limit=2)] == ["4", "3"]
    assert [entry.subject for entry in audit.latest(audit.latest(limit=2)[-1].number)] == ["2", "1", "0"]
    assert [entry.detail["number"] for entry in audit.everything()] == [4, 3, 2, 1, 0]
    assert not [name for name in vars(Audit) if "delete" in name or "change" in name]
