"""What staff decided on conflicts: an engine and a conflict's fingerprint go in, the decision comes out, and the other way.

What changes answers, "not a conflict" and "this source first", is part of the editorial layer and goes live with a release;
"confirmed" and "fixed" are notes among staff, kept beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import Connection, Engine, delete, insert, select

from knowledge.locks import alone
from knowledge.releases import Editorial, SettledConflict
from knowledge.schema import conflict_triage, settled_conflicts
from knowledge.transactions import reading


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
    """`preferred` is the name of the document whose side counts, `about` the attribute in words; `at` is UTC."""

    status: TriageStatus
    who: str
    note: str = ""
    preferred: str | None = None
    at: datetime | None = None
    about: str = ""


def triages(engine: Engine) -> Mapping[str, Triage]:
    """Every decision by the conflict's fingerprint; what the live release settles comes before a note. Raises
    DatabaseUnavailable."""
    with reading(engine) as connection:
        notes = connection.execute(select(conflict_triage)).all()
        settled = connection.execute(select(settled_conflicts)).all()
    found = {row.fingerprint: Triage(TriageStatus(row.status), row.who, row.note, None, row.at) for row in notes}
    for row in settled:
        status = TriageStatus.PREFERRED if row.preferred else TriageStatus.NO_CONFLICT
        found[row.fingerprint] = Triage(status, row.who, row.note, row.preferred, row.at, row.about)
    return found


def note(connection: Connection, fingerprint: str, triage: Triage) -> None:
    """Keeps "confirmed" or "fixed" in place of an earlier note; any other status forgets it. In a transaction that writes."""
    alone(connection, f"triage {fingerprint}")
    connection.execute(delete(conflict_triage).where(conflict_triage.c.fingerprint == fingerprint))
    if triage.status is TriageStatus.OPEN or triage.status in SETTLED:
        return
    values = {
        "fingerprint": fingerprint,
        "status": str(triage.status),
        "note": triage.note,
        "who": triage.who,
        "at": triage.at or datetime.now(UTC),
    }
    connection.execute(insert(conflict_triage).values(values))


def decided(editorial: Editorial, fingerprint: str, triage: Triage, over: str | None = None) -> Editorial:
    """The layer with the decision in it, or without an earlier one that it takes back. `over` is the document that the
    preferred one stands before."""
    settled = tuple(one for one in editorial.settled if one.conflict != fingerprint)
    if triage.status in SETTLED:
        other = over if triage.preferred else None
        settled = (*settled, SettledConflict(fingerprint, triage.preferred, other, triage.note, triage.about))
    return replace(editorial, settled=settled, preferred=precedence(settled))


def precedence(settled: Iterable[SettledConflict]) -> tuple[str, ...]:
    """The preferred documents, each before those that it was preferred over; of decisions that go round in a circle the
    latest hold. `settled` is in the order of the decisions."""
    pairs = [(one.preferred, one.over) for one in settled if one.preferred]
    kept: list[tuple[str, str | None]] = []
    order: tuple[str, ...] = ()
    for pair in reversed(pairs):
        try:
            order = _order([*kept, pair])
        except CycleError:
            continue
        kept.append(pair)
    first = {before for before, _ in kept}
    return tuple(name for name in order if name in first)


def _order(pairs: list[tuple[str, str | None]]) -> tuple[str, ...]:
    """Raises CycleError."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for before, after in pairs:
        sorter.add(before)
        if after is not None:
            sorter.add(after, before)
    return tuple(sorter.static_order())
