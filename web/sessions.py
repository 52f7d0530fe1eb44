"""Who is signed in: a key that a browser holds goes in, the person comes out. Sessions are rows that end by themselves."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, update

from knowledge.schema import sessions, staff
from knowledge.transactions import reading, writing
from web.accounts import Person, Role

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
NOTED = timedelta(minutes=1)  # how far the noted time of the last request may lag behind
AHEAD = timedelta(minutes=5)  # how far another server's clock may be ahead


class Sessions:
    """Every method is one transaction; `now` is UTC. Only a hash of a key is kept. Raises DatabaseUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, person: Person, now: datetime) -> str:
        """A new key; sessions that have ended are forgotten."""
        key = secrets.token_urlsafe(32)
        with writing(self._engine) as connection:
            ended = (sessions.c.made_at < now - ABSOLUTE) | (sessions.c.seen_at < now - IDLE)
            connection.execute(delete(sessions).where(ended))
            connection.execute(insert(sessions).values(hash=_hash(key), staff=person.id, made_at=now, seen_at=now))
        return key

    def person(self, key: str, now: datetime) -> Person | None:
        """Whose session that is, and that they were seen just now; None where it has ended."""
        query = select(staff, sessions.c.made_at.label("began"), sessions.c.seen_at).join(sessions)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(sessions.c.hash == _hash(key))).mappings().one_or_none()
        if row is None or row["disabled"] or not _is_good(row["began"], row["seen_at"], now):
            return None
        if now - row["seen_at"] > NOTED:
            self._note(key, now)
        return Person(row["id"], row["name"], Role(row["role"]), row["disabled"], row["made_at"])

    def end(self, key: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == _hash(key)))

    def _note(self, key: str, now: datetime) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(sessions).where(sessions.c.hash == _hash(key)).values(seen_at=now))


def _is_good(began: datetime, seen: datetime, now: datetime) -> bool:
    """A session of the future is none: a clock that was set back must not lengthen it."""
    return max(began, seen) <= now + AHEAD and now - began <= ABSOLUTE and now - seen <= IDLE


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
