"""The audit log: what staff did goes in, and stays; the latest entries come out.

The database refuses to change or delete an entry; where the law asks for it, an entry loses its words and stays in its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from knowledge.erasure import forget_deleted
from knowledge.schema import audit_log
from knowledge.transactions import reading, writing

AT_ONCE = 200  # entries of a page
LONGEST_NUMBER = 18  # digits: the databases count to 2^63
ERASED = "(erased)"  # the one subject that the database lets an entry get afterwards


@dataclass(frozen=True, slots=True)
class Entry:
    """`number` grows; `detail` is plain data."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]


def number_of(text: str) -> int:
    """The number of an entry, as somebody typed it. Raises ValueError, also for one that no entry can have."""
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise ValueError("no entry has such a number")
    return int(text)


def write(connection: Connection, who: str, action: str, subject: str = "", detail: Mapping[str, Any] | None = None) -> None:
    """An entry in the transaction of the deed itself: both or neither."""
    row = {"at": datetime.now(UTC), "who": who, "action": action, "subject": subject, "detail": dict(detail or {})}
    connection.execute(insert(audit_log).values(**row))


class Audit:
    """Every method is one transaction. Raises DatabaseUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, who: str, action: str, subject: str = "", detail: Mapping[str, Any] | None = None) -> None:
        with writing(self._engine) as connection:
            write(connection, who, action, subject, detail)

    def latest(self, before: int | None = None, limit: int = AT_ONCE) -> list[Entry]:
        """The last entry first; `before` is the number of the entry that the page goes on from."""
        query = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(audit_log.c.id < before)
        with reading(self._engine) as connection:
            return [Entry(row.id, row.at, row.who, row.action, row.subject, row.detail) for row in connection.execute(query)]

    def everything(self) -> Iterator[Entry]:
        """The last entry first, read in pages."""
        before: int | None = None
        while page := self.latest(before):
            yield from page
            before = page[-1].number

    def erase_words(self, number: int) -> bool:
        """Takes subject and detail from an entry, for good; who did what and when stays. False where there is no such entry."""
        with writing(self._engine) as connection:
            entry = update(audit_log).where(audit_log.c.id == number).values(subject=ERASED, detail={})
            found = connection.execute(entry).rowcount
        forget_deleted(self._engine)
        return bool(found)
