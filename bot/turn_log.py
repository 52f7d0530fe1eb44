"""Turn records go in at once and are written in batches by one thread, so that no visitor waits for the database.

At most `capacity` records wait in memory: that is what a crash can lose, together with the batch that is being written. When
the queue is full, or the database refuses, records are dropped, counted and named in the log once per run of failures; an
answer never fails for want of its log.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence

from bot.transcript import TurnRecord
from knowledge.transactions import DatabaseUnavailable

CAPACITY = 1_000  # records
BATCH = 200
PATIENCE = 0.2  # seconds that a batch waits for company

log = logging.getLogger(__name__)


class TurnLog:
    """Start it once a process; `close` writes what is waiting."""

    def __init__(self, write: Callable[[Sequence[TurnRecord]], None], capacity: int = CAPACITY) -> None:
        self._write = write
        self._waiting: queue.Queue[TurnRecord | None] = queue.Queue(capacity)
        self._dropped = 0
        self._failing = False
        self._thread = threading.Thread(target=self._run, name="turn-log", daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """Records lost since the start."""
        return self._dropped

    @property
    def failing(self) -> bool:
        """Whether the last batch could not be written."""
        return self._failing

    def put(self, record: TurnRecord) -> None:
        """Never waits and never raises."""
        try:
            self._waiting.put_nowait(record)
        except queue.Full:
            self._drop(1, "the queue is full")

    def close(self, seconds: float = 5.0) -> None:
        """Writes what is waiting, for at most `seconds`."""
        try:
            self._waiting.put(None, timeout=seconds)
        except queue.Full:
            log.error("the question log did not empty in time; %d records are lost", self._waiting.qsize())
            return
        self._thread.join(seconds)

    def _run(self) -> None:
        going = True
        while going:
            batch = self._batch()
            going = None not in batch
            records = [record for record in batch if record is not None]
            if records:
                self._store(records)

    def _batch(self) -> list[TurnRecord | None]:
        batch = [self._waiting.get()]
        while len(batch) < BATCH and batch[-1] is not None:
            try:
                batch.append(self._waiting.get(timeout=PATIENCE))
            except queue.Empty:
                break
        return batch

    def _store(self, records: list[TurnRecord]) -> None:
        try:
            self._write(records)
        except Exception as error:  # noqa: BLE001 - one batch that cannot be written must not end the log for good
            reason = str(error) if isinstance(error, DatabaseUnavailable) else type(error).__name__  # others quote questions
            self._drop(len(records), reason)
            self._failing = True
        else:
            self._failing = False

    def _drop(self, count: int, reason: str) -> None:
        if not self._failing:
            log.error("questions are not logged: %s", reason)
        self._dropped += count
