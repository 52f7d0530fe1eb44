"""What happens in, numbers for Prometheus out. Never a word of a visitor's: labels are names of our own."""

from collections.abc import Callable

from flask import Response, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.answers import Answer

SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """One registry for one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._turns = Counter("faqtual_turns", "Turns by outcome.", ["outcome", "reason"], registry=self._registry)
        self._seconds = Histogram("faqtual_turn_seconds", "Time to answer.", buckets=SECONDS, registry=self._registry)
        self._responses = Counter("faqtual_responses", "Responses.", ["route", "status"], registry=self._registry)
        self._lost = Gauge(
            "faqtual_questions_not_kept", "Questions lost from the log since the start.", registry=self._registry
        )
        self._degraded = Gauge("faqtual_degraded", "1 while something is wrong.", registry=self._registry)
        self._waiting = Gauge("faqtual_waiting", "Requests that wait for a worker.", registry=self._registry)

    def turn(self, answer: Answer, seconds: float) -> None:
        self._turns.labels(answer.outcome.value, answer.reason.value if answer.reason else "").inc()
        self._seconds.observe(seconds)

    def count(self, response: Response) -> Response:
        """Called after every request."""
        self._responses.labels(request.endpoint or "", str(response.status_code)).inc()
        return response

    def watch(self, *, waiting: Callable[[], int]) -> None:
        """`waiting` is asked whenever the numbers are read."""
        self._waiting.set_function(lambda: float(waiting()))

    def text(self, *, degraded: bool, lost: int) -> bytes:
        self._degraded.set(float(degraded))
        self._lost.set(lost)
        return generate_latest(self._registry)
