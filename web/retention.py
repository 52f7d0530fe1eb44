"""Kept questions in, those older than the owner allows out: at the start and every hour, in a thread of its own."""

import logging
import threading
from datetime import UTC, datetime, timedelta

from bot.transcript import Transcript
from knowledge.transactions import DatabaseUnavailable

EVERY = 3600  # seconds
log = logging.getLogger("faqtual")


class Retention:
    """Works whether questions are kept or not: switching that off does not keep the old ones longer."""

    def __init__(self, transcript: Transcript, days: int) -> None:
        self._transcript = transcript
        self._days = timedelta(days=days)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def purge(self, now: datetime) -> None:
        """A database that cannot be written to is tried again in an hour."""
        try:
            gone = self._transcript.purge(now - self._days)
        except DatabaseUnavailable as error:
            log.error("old questions are not deleted: %s", error)
            return
        if gone:
            log.info("deleted %d questions older than %d days", gone, self._days.days)

    def _run(self) -> None:
        self.purge(datetime.now(UTC))
        while not self._closing.wait(EVERY):
            self.purge(datetime.now(UTC))
