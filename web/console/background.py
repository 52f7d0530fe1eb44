"""Long work of the console goes in under a name, its result comes out as soon as it is there; until then, how far it is."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Generic, TypeVar, cast

from flask import Flask, current_app

T = TypeVar("T")
Progress = Callable[[int, int], None]
Tell = Callable[[str, int, int], None]  # what is being done, how much is done, how much there is
PATIENCE = 3.0  # seconds that a page waits before it says how far the work is
KEPT = 8  # results
UNDERTAKINGS_KEPT = 100
A_MOMENT = 10.0  # seconds within which a form that is sent again is the same click
KEY, UNDERTAKINGS = "faqtual background", "faqtual undertakings"

log = logging.getLogger("faqtual")


@dataclass
class Job(Generic[T]):
    """`done` of `total` steps are behind it; `step` says what is being done."""

    future: "Future[T]" = field(default_factory=Future)
    done: int = 0
    total: int = 0
    step: str = ""
    ended: float = float("inf")

    def advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def tell(self, step: str, done: int, total: int) -> None:
        self.step, self.done, self.total = step, done, total

    @property
    def result(self) -> T | None:
        """None while it is not there. Raises what the work raised."""
        return self.future.result() if self.future.done() else None


class Background:
    """One job at a time, each in a thread that does not keep the server from stopping."""

    def __init__(self, kept: int = KEPT) -> None:
        self._jobs: OrderedDict[Hashable, Job[Any]] = OrderedDict()
        self._starting = threading.Lock()
        self._working = threading.Lock()
        self._kept = kept

    def job(self, name: Hashable, work: Callable[[Progress], T], patience: float = PATIENCE) -> Job[T]:
        """The job of that name, begun if there is none, after at most `patience` seconds. One that failed is begun anew."""
        return self._begun(name, lambda job: work(job.advance), patience)

    def once(self, name: Hashable, work: Callable[[Tell], T], patience: float = PATIENCE) -> Job[T]:
        """The same for what changes something: what is asked for again in a moment is done once, later it is done again."""
        job = self.known(name, 0)
        if job is not None and monotonic() - job.ended > A_MOMENT:
            self._forget(name, job)
        return self._begun(name, lambda job: work(job.tell), patience)

    def known(self, name: Hashable, patience: float = PATIENCE) -> Job[Any] | None:
        """The job of that name after at most `patience` seconds, whatever became of it; None where there is none."""
        with self._starting:
            job = self._jobs.get(name)
        return None if job is None else _waited(job, patience)

    def finish(self, seconds: float) -> bool:
        """Waits for what is under way; whether all of it is done."""
        with self._starting:
            under_way = [job.future for job in self._jobs.values()]
        return not wait(under_way, seconds).not_done

    def _forget(self, name: Hashable, job: Job[Any]) -> None:
        with self._starting:
            if self._jobs.get(name) is job:
                del self._jobs[name]

    def _begun(self, name: Hashable, work: Callable[[Job[T]], T], patience: float) -> Job[T]:
        with self._starting:
            job = self._jobs.get(name)
            if job is None or (job.future.done() and job.future.exception()):
                job = self._jobs[name] = Job()
                threading.Thread(target=self._run, args=(job, work), name="console", daemon=True).start()
            self._jobs.move_to_end(name)
            while len(self._jobs) > self._kept:
                self._jobs.popitem(last=False)
        return cast(Job[T], _waited(job, patience))

    def _run(self, job: Job[T], work: Callable[[Job[T]], T]) -> None:
        try:
            with self._working:
                job.future.set_result(work(job))
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            log.warning("work of the console failed: %s", error)
            job.future.set_exception(error)
        job.ended = monotonic()


def _waited(job: Job[T], patience: float) -> Job[T]:
    try:
        job.future.exception(patience)
    except NotYet:
        return job
    return job


def background() -> Background:
    """What the pages of the app that serves the current request look up."""
    made: Background = current_app.extensions.setdefault(KEY, Background())
    return made


def undertakings() -> Background:
    """What people change through that app: apart, so that nobody who publishes waits for what somebody looks up."""
    made: Background = current_app.extensions.setdefault(UNDERTAKINGS, Background(UNDERTAKINGS_KEPT))
    return made


def finish(app: Flask, seconds: float) -> bool:
    """Waits for what people change; whether all of it is done. What is not leaves the old release live."""
    made: Background | None = app.extensions.get(UNDERTAKINGS)
    return made is None or made.finish(seconds)
