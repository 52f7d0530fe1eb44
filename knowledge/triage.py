"""What staff decided on conflicts: an engine and a conflict's fingerprint go in, the decision comes out, and the other way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Engine, delete, insert, select

from knowledge.schema import conflict_triage


class TriageStatus(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    NO_CONFLICT = "not a conflict"
    PREFERRED = "source preferred"
    FIXED = "fixed"


# A conflict that is still found although somebody said "fixed" is not.
SETTLED = frozenset({TriageStatus.NO_CONFLICT, TriageStatus.PREFERRED})


@dataclass(frozen=True, slots=True)
class Triage:
    """`preferred` is the name of the document whose side counts; `at` is UTC."""

    status: TriageStatus
    who: str
    note: str = ""
    preferred: str | None = None
    at: datetime | None = None


def triages(engine: Engine) -> Mapping[str, Triage]:
    """Every decision by the conflict's fingerprint. Raises sqlalchemy's errors."""
    with engine.connect() as connection:
        rows = connection.execute(select(conflict_triage)).all()
    return {row.fingerprint: Triage(TriageStatus(row.status), row.who, row.note, row.preferred, row.at) for row in rows}


def decide(engine: Engine, fingerprint: str, triage: Triage) -> None:
    """Keeps a decision in place of an earlier one; OPEN forgets it."""
    with engine.begin() as connection:
        connection.execute(delete(conflict_triage).where(conflict_triage.c.fingerprint == fingerprint))
        if triage.status is TriageStatus.OPEN:
            return
        values = {
            "fingerprint": fingerprint,
            "status": str(triage.status),
            "preferred": triage.preferred,
            "note": triage.note,
            "who": triage.who,
            "at": triage.at or datetime.now(UTC),
        }
        connection.execute(insert(conflict_triage).values(values))
