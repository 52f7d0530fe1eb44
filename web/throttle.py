"""Sign-in attempts go in, how long the next one has to wait comes out: a delay that grows, for the account and the address.

Nobody is locked out for good: a wait ends after seconds, and a browser that has signed in before is counted by itself, so
that what strangers try under a person's name does not keep that person waiting.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, insert, select

from knowledge.locks import alone
from knowledge.schema import login_failures
from knowledge.transactions import writing
from web.accounts import spelled

COUNTED = timedelta(minutes=15)  # how far back failures count
KEPT = timedelta(days=1)
FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS = 5, 15  # failures that cost no wait
LONGEST_WAIT = 60  # seconds
KNOWN = "known:"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`address` is whom a limit counts; `browser` names a browser that this account has signed in with before."""

    name: str
    address: str
    browser: str | None = None

    @property
    def account(self) -> str:
        """A hash: people type passwords into the wrong field."""
        return hashlib.sha256(spelled(self.name).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def place(self) -> str:
        return f"{KNOWN}{self.browser}"[:64] if self.browser else self.address[:64]


class Throttle:
    """Every method is one transaction, so that attempts at the same moment are counted, too. Raises DatabaseUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def admit(self, attempt: Attempt, now: datetime) -> int:
        """0 lets the attempt through and counts it as failed until `forget`; else the seconds to wait. A refused one is not
        counted, so nobody waits for ever."""
        with writing(self._engine) as connection:
            alone(connection, "sign in")
            connection.execute(delete(login_failures).where(login_failures.c.at < now - KEPT))
            seconds = max(_wait(connection, chosen, free, now) for chosen, free in _buckets(attempt))
            if not seconds:
                row = {"name": attempt.account, "address": attempt.place, "at": now}
                connection.execute(insert(login_failures).values(**row))
        return seconds

    def forget(self, attempt: Attempt) -> None:
        """The attempt was right: what went wrong before it from the same place does not count any more."""
        here = and_(login_failures.c.name == attempt.account, login_failures.c.address == attempt.place)
        with writing(self._engine) as connection:
            connection.execute(delete(login_failures).where(here))

    def forget_account(self, name: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(login_failures).where(login_failures.c.name == Attempt(name, "").account))


def _buckets(attempt: Attempt) -> list[tuple[ColumnElement[bool], int]]:
    """What counts against the attempt, with the failures that are free."""
    account, address = login_failures.c.name, login_failures.c.address
    if attempt.browser:
        return [(and_(account == attempt.account, address == attempt.place), FREE_FOR_ACCOUNT)]
    strangers = and_(account == attempt.account, address.not_like(f"{KNOWN}%"))
    return [(strangers, FREE_FOR_ACCOUNT), (address == attempt.place, FREE_FOR_ADDRESS)]


def _wait(connection: Connection, chosen: ColumnElement[bool], free: int, now: datetime) -> int:
    at = login_failures.c.at
    recent = and_(chosen, at > now - COUNTED, at <= now)
    count, last = connection.execute(select(func.count(), func.max(at)).where(recent)).one()
    if count < free:
        return 0
    whole: int = min(LONGEST_WAIT, 1 << min(count - free, 10))
    passed: float = (now - last).total_seconds()
    return max(0, ceil(whole - passed))
