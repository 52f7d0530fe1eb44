"""Long work of the console goes in under a name, its result comes out as soon as it is there; until then, how far it is."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from flask import current_app

T = TypeVar("T")
Progress = Callable[[int, int], None]
PATIENCE = 3.0  # seconds that a page waits before it says how far the work is
KEPT = 8  # results
KEY = "faqtual background"


@dataclass
class Job(Generic[T]):
    """`done` of `total` steps are behind it."""

    future: "Future[T]" = field(default_factory=Future)
    done: int = 0
    total: int = 0

    def advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    @property
    def result(self) -> T | None:
        """None while it is not there. Raises what the work raised."""
        return self.future.result() if self.future.done() else None


class Background:
    """One job at a time, each in a thread that does not keep the server from stopping."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Hashable, Job[Any]] = OrderedDict()
        self._starting = threading.Lock()
        self._working = threading.Lock()

    def job(self, name: Hashable, work: Callable[[Progress], T], patience: float = PATIENCE) -> Job[T]:
        """The job of that name, begun if there is none, after at most `patience` seconds. One that failed is begun anew."""
        with self._starting:
            job = self._jobs.get(name)
            if job is None or (job.future.done() and job.future.exception()):
                job = self._jobs[name] = Job()
                threading.Thread(target=self._run, args=(job, work), name="console", daemon=True).start()
            self._jobs.move_to_end(name)
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        try:
            job.future.exception(patience)
        except NotYet:
            return cast(Job[T], job)
        return cast(Job[T], job)

    def _run(self, job: Job[T], work: Callable[[Progress], T]) -> None:
        try:
            with self._working:
                job.future.set_result(work(job.advance))
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            job.future.set_exception(error)


def background() -> Background:
    """Of the app that serves the current request."""
    made: Background = current_app.extensions.setdefault(KEY, Background())
    return made
