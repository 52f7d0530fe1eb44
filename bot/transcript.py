"""All SQL on what visitors asked: turns and votes go in, redacted; questions to review and exports come out.

Nothing is written here unless the owner switched question logging on, but for the counts of helpful and unhelpful votes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, delete, func, insert, or_, select, update

from bot.answers import Outcome, Turn
from bot.redaction import redact
from knowledge.erasure import forget_deleted
from knowledge.locks import alone
from knowledge.schema import feedback, turns, votes
from knowledge.transactions import insert_new, reading, writing

VOTED_FOR = timedelta(hours=24)  # as long as an answer's id is good
DOUBTFUL = 0.5  # a confidence below this is worth a look by staff


class Review(StrEnum):
    DONE = "done"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn as it is kept. `utterance`, `query` and `comment` are redacted; `id` is a hash of the answer's signed id."""

    id: str
    at: datetime
    release: str
    lang: str
    utterance: str
    query: str
    outcome: str
    reason: str | None = None
    confidence: float | None = None
    passages: tuple[str, ...] = ()
    helpful: bool | None = None
    comment: str | None = None
    review: str | None = None


def turn_record(answer_id: str, at: datetime, lang: str, turn: Turn) -> TurnRecord:
    """What is kept of a turn that was just answered; redacted here, before it goes anywhere."""
    answer = turn.answer
    return TurnRecord(
        id=answer_id,
        at=at,
        release=turn.release,
        lang=lang,
        utterance=redact(turn.conversation.turns[-1].utterance),
        query=redact(answer.query),
        outcome=answer.outcome,
        reason=answer.reason,
        confidence=answer.confidence,
        passages=tuple(dict.fromkeys(citation.passage for citation in answer.citations)),
    )


@dataclass(frozen=True, slots=True)
class Day:
    """What was asked on one day (UTC), by outcome."""

    date: str
    outcomes: tuple[tuple[str, int], ...]


class Transcript:
    """Safe to share between threads; every method is one transaction. Raises DatabaseUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, records: Sequence[TurnRecord]) -> None:
        with writing(self._engine) as connection:
            connection.execute(insert(turns), [{**asdict(record), "passages": list(record.passages)} for record in records])
            _take_up_votes(connection, [record.id for record in records])

    def vote(self, answer_id: str, helpful: bool, passages: Sequence[str], at: datetime, comment: str | None = None) -> None:
        """The last vote on an answer wins; per passage only counts are kept. A comment is kept, redacted, where the turn is."""
        with writing(self._engine) as connection:
            alone(connection, f"vote {answer_id}")
            connection.execute(delete(votes).where(votes.c.at < at - VOTED_FOR))
            earlier = connection.execute(select(votes.c.helpful, votes.c.passages).where(votes.c.id == answer_id)).first()
            if earlier is not None:
                _count(connection, earlier.passages, earlier.helpful, -1)
                connection.execute(delete(votes).where(votes.c.id == answer_id))
            connection.execute(insert(votes).values(id=answer_id, helpful=helpful, passages=list(passages), at=at))
            _count(connection, passages, helpful, 1)
            kept = {"helpful": helpful} if comment is None else {"helpful": helpful, "comment": redact(comment)}
            connection.execute(update(turns).where(turns.c.id == answer_id).values(**kept))

    def votes_of(self, passages: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Passage id -> how many found it helpful, and how many did not."""
        found = select(feedback).where(feedback.c.passage.in_(passages))
        with reading(self._engine) as connection:
            return {row.passage: (row.helpful, row.unhelpful) for row in connection.execute(found)}

    def to_review(self, limit: int = 1_000) -> list[TurnRecord]:
        """What was refused, answered with little confidence or voted down, and not looked at yet; newest first."""
        doubtful = or_(turns.c.outcome == Outcome.NO_ANSWER, turns.c.helpful.is_(False), turns.c.confidence < DOUBTFUL)
        return self._records(select(turns).where(turns.c.review.is_(None), doubtful).order_by(turns.c.at.desc()).limit(limit))

    def review(self, ids: Sequence[str], review: Review) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(turns).where(turns.c.id.in_(ids)).values(review=review))

    def questions(self, limit: int = 1_000) -> list[str]:
        """The most asked self-contained questions, those asked most often first."""
        often = select(turns.c.query).where(turns.c.query != "").group_by(turns.c.query)
        ordered = often.order_by(func.count().desc(), turns.c.query).limit(limit)
        with reading(self._engine) as connection:
            return list(connection.execute(ordered).scalars())

    def typed(self, queries: Sequence[str]) -> dict[str, str]:
        """Of self-contained questions, the words in which each was typed most often."""
        pair = turns.c.query, turns.c.utterance
        ordered = (
            select(*pair).where(turns.c.query.in_(queries)).group_by(*pair).order_by(func.count(), turns.c.utterance.desc())
        )
        with reading(self._engine) as connection:
            return {row["query"]: row["utterance"] for row in connection.execute(ordered).mappings()}

    def days(self, since: datetime) -> list[Day]:
        """Oldest first; days on which nothing was asked are left out."""
        counts: dict[str, dict[str, int]] = {}
        with reading(self._engine) as connection:
            for at, outcome in connection.execute(select(turns.c.at, turns.c.outcome).where(turns.c.at >= since)):
                day = counts.setdefault(at.date().isoformat(), {})
                day[outcome] = day.get(outcome, 0) + 1
        return [Day(date, tuple(sorted(outcomes.items()))) for date, outcomes in sorted(counts.items())]

    def export(self) -> Iterator[TurnRecord]:
        """Everything that is kept, oldest first."""
        yield from self._records(select(turns).order_by(turns.c.at, turns.c.id))

    def erase(self, identifier: str) -> int:
        """Deletes the turn with this id; how many there were."""
        with writing(self._engine) as connection:
            connection.execute(delete(votes).where(votes.c.id == identifier))
            gone = connection.execute(delete(turns).where(turns.c.id == identifier)).rowcount
        forget_deleted(self._engine)
        return gone

    def purge(self, before: datetime) -> int:
        """Deletes turns and votes older than `before`; how many turns there were."""
        with writing(self._engine) as connection:
            connection.execute(delete(votes).where(votes.c.at < before))
            gone = connection.execute(delete(turns).where(turns.c.at < before)).rowcount
        if gone:
            forget_deleted(self._engine)
        return gone

    def _records(self, query: Select[Any]) -> list[TurnRecord]:
        with reading(self._engine) as connection:
            return [_record(row) for row in connection.execute(query).mappings()]


def _take_up_votes(connection: Connection, written: Sequence[str]) -> None:
    """Turns wait a moment before they are written; some were voted on meanwhile."""
    for vote in connection.execute(select(votes.c.id, votes.c.helpful).where(votes.c.id.in_(written))).all():
        connection.execute(update(turns).where(turns.c.id == vote.id).values(helpful=vote.helpful))


def _record(row: RowMapping) -> TurnRecord:
    return TurnRecord(**{**row, "passages": tuple(row["passages"])})


def _count(connection: Connection, passages: Sequence[str], helpful: bool, step: int) -> None:
    chosen = sorted(set(passages))  # in one order everywhere, so that two votes never wait for each other
    insert_new(connection, feedback, [{"passage": passage, "helpful": 0, "unhelpful": 0} for passage in chosen])
    column = feedback.c.helpful if helpful else feedback.c.unhelpful
    for passage in chosen:
        connection.execute(update(feedback).where(feedback.c.passage == passage).values({column: column + step}))
