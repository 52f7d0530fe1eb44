"""What is kept of visitors' questions, on both databases."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.answers import Answer, Citation, Conversation, Outcome, PastTurn, SourceInfo, Turn
from bot.transcript import Review, Transcript, TurnRecord, turn_record
from bot.turn_log import TurnLog
from knowledge.transactions import DatabaseUnavailable
from tests.databases import OnPostgresql, OnSqlite, at_once, connected

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FINE = TurnRecord("a1", NOON, "r1", "en", "how much is the fine", "how much is the fine", "answered", None, 0.9, ("p1", "p2"))
POOL = TurnRecord(
    "a2", NOON + timedelta(hours=1), "r1", "en", "is there a pool", "is there a pool", "no_answer", "weak_match", 0.1
)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


class TranscriptContract:
    @pytest.fixture
    def transcript(self, url: str) -> Iterator[Transcript]:
        with connected(url) as engine:
            yield Transcript(engine)

    def test_what_is_written_is_exported_oldest_first(self, transcript: Transcript) -> None:
        transcript.write([POOL, FINE])
        assert list(transcript.export()) == [FINE, POOL]

    def test_refusals_low_confidence_and_thumbs_down_are_to_review_until_they_were(self, transcript: Transcript) -> None:
        doubtful = replace(FINE, id="a3", confidence=0.3)
        transcript.write([FINE, POOL, doubtful])
        assert {record.id for record in transcript.to_review()} == {"a2", "a3"}
        transcript.vote("a1", False, ("p1",), NOON)
        transcript.review(["a2", "a3"], Review.DISMISSED)
        assert [record.id for record in transcript.to_review()] == ["a1"]

    def test_the_last_vote_wins(self, transcript: Transcript) -> None:
        transcript.vote("a1", True, ("p1", "p2"), NOON)
        transcript.vote("a1", False, ("p1", "p2"), NOON)
        transcript.vote("a9", False, ("p2",), NOON)
        assert transcript.votes_of(["p1", "p2", "p3"]) == {"p1": (0, 1), "p2": (0, 2)}

    def test_votes_at_the_same_moment_are_one_vote(self, transcript: Transcript) -> None:
        for number in range(6):
            answer, passage = f"a{number}", f"p{number}"
            at_once(lambda _: transcript.vote(answer, False, (passage,), NOON), 4)  # noqa: B023 - called in this round
            assert transcript.votes_of([passage]) == {passage: (0, 1)}
            at_once(lambda _: transcript.vote(answer, True, (passage,), NOON), 4)  # noqa: B023
            assert transcript.votes_of([passage]) == {passage: (1, 0)}

    def test_a_batch_that_cannot_be_written_does_not_end_the_log(
        self, transcript: Transcript, caplog: pytest.LogCaptureFixture
    ) -> None:
        log = TurnLog(transcript.write)
        log.put(FINE)
        log.put(FINE)  # the same id twice
        until(lambda: log.failing)
        log.put(POOL)
        log.close()
        assert (list(transcript.export()), log.dropped, log.failing) == ([POOL], 2, False)
        assert "questions are not logged" in caplog.text
        assert FINE.utterance not in caplog.text

    def test_no_error_of_the_database_quotes_what_was_typed(self, transcript: Transcript) -> None:
        with pytest.raises(IntegrityError) as refused:
            transcript.write([FINE, FINE])
        assert FINE.utterance not in str(refused.value)

    def test_a_vote_that_comes_before_its_turn_is_written_is_kept(self, transcript: Transcript) -> None:
        transcript.vote("a1", True, ("p1",), NOON)
        transcript.vote("a1", False, ("p1",), NOON)
        transcript.write([FINE, POOL])
        assert {record.id: record.helpful for record in transcript.export()} == {"a1": False, "a2": None}
        assert transcript.votes_of(["p1"]) == {"p1": (0, 1)}

    def test_a_vote_after_a_day_is_a_new_one(self, transcript: Transcript) -> None:
        transcript.vote("a1", True, ("p1",), NOON)
        transcript.vote("a1", True, ("p1",), NOON + timedelta(days=2))
        assert transcript.votes_of(["p1"]) == {"p1": (2, 0)}

    def test_a_comment_is_kept_redacted_and_only_beside_its_turn(self, transcript: Transcript) -> None:
        transcript.write([FINE])
        transcript.vote("a1", False, (), NOON, "wrong, write to me@example.org")
        transcript.vote("a2", False, (), NOON, "no turn is kept for this one")
        assert [record.comment for record in transcript.export()] == ["wrong, write to [e-mail]"]

    def test_a_turn_is_erased(self, transcript: Transcript) -> None:
        transcript.write([FINE, POOL])
        assert transcript.erase("a1") == 1
        assert transcript.erase("a1") == 0
        assert list(transcript.export()) == [POOL]

    def test_what_is_too_old_is_purged(self, transcript: Transcript) -> None:
        transcript.write([FINE, POOL])
        assert transcript.purge(NOON + timedelta(minutes=30)) == 1
        assert list(transcript.export()) == [POOL]

    def test_questions_are_counted(self, transcript: Transcript) -> None:
        transcript.write([FINE, POOL, replace(FINE, id="a3"), replace(FINE, id="a4", query="")])
        assert transcript.questions() == ["how much is the fine", "is there a pool"]

    def test_days_count_by_outcome(self, transcript: Transcript) -> None:
        transcript.write([FINE, POOL, replace(FINE, id="a3", at=NOON + timedelta(days=1))])
        days = transcript.days(NOON - timedelta(days=1))
        assert [(day.date, dict(day.outcomes)) for day in days] == [
            ("2026-03-01", {"answered": 1, "no_answer": 1}),
            ("2026-03-02", {"answered": 1}),
        ]


class TestOnSqlite(OnSqlite, TranscriptContract):
    pass


class TestOnPostgresql(OnPostgresql, TranscriptContract):
    pass


def test_a_turn_is_redacted_before_it_becomes_a_record() -> None:
    asked = PastTurn("call me on 0808 157 0142", "call me on 0808 157 0142", Outcome.ANSWERED)
    cited = Citation(1, SourceInfo("d", "a.txt", "A"), "quote", 0, 5, "p1")
    answer = Answer(Outcome.ANSWERED, citations=(cited, replace(cited, number=2)), query=asked.query, confidence=0.7)
    record = turn_record("a1", NOON, "en", Turn(answer, "r1", Conversation((asked,))))
    assert (record.utterance, record.query) == ("call me on [number]", "call me on [number]")
    assert record.passages == ("p1",)


def test_the_log_writes_in_batches_and_empties_when_it_is_closed() -> None:
    written: list[Sequence[TurnRecord]] = []
    log = TurnLog(written.append)
    for number in range(450):
        log.put(replace(FINE, id=str(number)))
    log.close()
    assert [record.id for batch in written for record in batch] == [str(n) for n in range(450)]
    assert max(map(len, written)) <= 200
    assert log.dropped == 0


def test_a_full_queue_drops_and_counts_and_nobody_waits(caplog: pytest.LogCaptureFixture) -> None:
    busy = threading.Event()

    def write(_: Sequence[TurnRecord]) -> None:
        busy.wait(5)

    log = TurnLog(write, capacity=1)
    for number in range(500):
        log.put(replace(FINE, id=str(number)))
    busy.set()
    log.close()
    assert log.dropped > 0
    assert "questions are not logged: the queue is full" in caplog.text


def test_a_database_that_refuses_costs_the_batch_and_the_next_one_is_tried(caplog: pytest.LogCaptureFixture) -> None:
    written: list[TurnRecord] = []
    failures = [DatabaseUnavailable("full", "disk full")]

    def write(records: Sequence[TurnRecord]) -> None:
        if failures:
            raise failures.pop()
        written.extend(records)

    log = TurnLog(write)
    log.put(FINE)
    until(lambda: log.failing)
    log.put(POOL)
    log.close()
    assert (written, log.dropped, log.failing) == ([POOL], 1, False)
    assert "questions are not logged" in caplog.text
