"""One connection of the server: bytes in, requests for the worker threads out, or at once a 503, or its end.

waitress renews its time-out at every byte and queues without bound; here a request has a time to be complete in, and where
too many wait the next one is refused while it costs nothing.
"""

import json
import logging
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher, WSGITask

from web.sharing import API, shared_with

PATIENCE = 30  # seconds from a request's first byte to its last
IDLE = 75  # seconds that a connection may stay open between two requests
UPLOADS, SIGNED_IN = "/staff/documents/upload", "faqtual_staff="  # the address that takes files, and the cookie it wants
STAFF = "/staff"
LARGEST_PUBLIC_BODY = 64 * 1024  # bytes; the app's own, lower limit answers better below it
LARGEST_STAFF_BODY = 512 * 1024
RETRY_AFTER = 1  # seconds

_DETAILS = {
    "type": "about:blank",
    "title": "Service Unavailable",
    "status": 503,
    "detail": "Too many requests at once. Please try again.",
}
_BODY = json.dumps(_DETAILS).encode()
logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # the queue's depth is a metric, not a line for every request


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Refuses a large body before it is read, unless somebody who seems to be signed in puts up a file."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        signed_in = self.path.startswith(STAFF) and SIGNED_IN in self.headers.get("COOKIE", "")
        if not (signed_in and self.path == UPLOADS):
            self.adj: Any = _Smaller(self.adj, LARGEST_STAFF_BODY if signed_in else LARGEST_PUBLIC_BODY)


class _Smaller:
    """The server's adjustments with another limit."""

    def __init__(self, adjustments: Any, max_request_body_size: int) -> None:
        self._adjustments = adjustments
        self.max_request_body_size = max_request_body_size

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adjustments, name)


class Task(WSGITask):  # type: ignore[misc]  # waitress has no types
    """While the server drains, every response says that its connection closes."""

    def build_response_header(self) -> bytes:
        if self.channel.server.task_dispatcher.draining:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        return header


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows when the request that it is receiving began."""

    task_class = Task
    parser_class = Parser
    close_when_flushed: bool = False
    began: float | None = None  # monotonic time of the first byte of an incomplete request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.idle_since = time.monotonic()
        self.served = False
        self.receiving = False
        self._unsent = 0
        self._taken_at = self.idle_since

    def received(self, data: bytes) -> bool:
        before = self.request
        self.receiving = True
        accepted: bool = super().received(data)
        self.receiving = False
        if self.request is None:
            self.began, self.served, self.idle_since = None, True, time.monotonic()
        elif self.request is not before or self.began is None:
            self.began = time.monotonic()
        return accepted

    def service(self) -> None:
        super().service()
        self.idle_since = time.monotonic()

    @property
    def busy(self) -> bool:
        """Whether something is being received, worked on or sent."""
        return bool(self.requests or self.total_outbufs_len or self.request is not None)

    def is_overdue(self, now: float) -> bool:
        if self.began is not None:
            return now - self.began > PATIENCE
        if self.requests or self.total_outbufs_len:
            return False
        return now - self.idle_since > (IDLE if self.served else PATIENCE)

    def is_stuck(self, now: float) -> bool:
        """Whether nothing of what is to be sent has been taken for too long; asked at every sweep."""
        unsent = self.total_outbufs_len
        if not self._unsent or unsent < self._unsent:
            self._taken_at = now
        self._unsent = unsent
        return bool(unsent) and now - self._taken_at > PATIENCE

    def refuse(self) -> None:
        """Answers the last request with 503 from the thread that received it. Called while the requests' lock is held."""
        request = self.requests.pop()
        dispatcher = self.server.task_dispatcher
        closes = request.connection_close or dispatcher.draining
        with self.outbuf_lock:
            response = _refusal(request, dispatcher.sites, closes=closes)
            self.outbufs[-1].append(response)
            self.current_outbuf_count += len(response)
            self.total_outbufs_len += len(response)
            self.close_when_flushed = self.close_when_flushed or closes
        request.close()


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress has no types
    """The queue of requests, with an end. What was let in is served: only what is being received can be refused."""

    draining = False
    sites: tuple[str, ...] = ()  # whose pages may read a refusal

    def __init__(self, threads: int, longest: int) -> None:
        super().__init__()
        self.longest = longest
        self.refused = 0
        self.set_thread_count(threads)

    @property
    def waiting(self) -> int:
        return len(self.queue)

    def add_task(self, task: Channel) -> None:
        if task.receiving and len(self.queue) >= self.longest:
            self.refused += 1
            task.refuse()
        else:
            super().add_task(task)


def _refusal(request: HTTPRequestParser, sites: tuple[str, ...], *, closes: bool) -> bytes:
    shared = shared_with(request.headers.get("ORIGIN"), sites if request.path.startswith(API) else ())
    lines = [
        "HTTP/1.1 503 Service Unavailable",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(_BODY)}",
        f"Retry-After: {RETRY_AFTER}",
        "Cache-Control: no-store",
        "Vary: Origin",
        "X-Content-Type-Options: nosniff",
        *(f"{name}: {value}" for name, value in shared.items()),
        *(["Connection: close"] if closes else []),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + _BODY
