"""Visitors who ask one question after the other while a block runs; what they got comes out."""

import http.client
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from tests.web.processes import PATIENCE

QUESTION = "What does a lost card cost?"


@dataclass
class Tally:
    """`said` counts what was answered, by release; `broken` names connections that ended without an answer."""

    statuses: Counter[int] = field(default_factory=Counter)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.statuses.total()

    def add(self, status: int, body: bytes) -> None:
        self.statuses[status] += 1
        if status == 200:
            reply = json.loads(body)
            self.said[reply["release"], reply["answer"]] += 1


@contextmanager
def asking(port: int, visitors: int, question: str = QUESTION) -> Iterator[Tally]:
    """`visitors` threads with a connection each."""
    tally, stop = Tally(), threading.Event()
    threads = [threading.Thread(target=_ask, args=(port, question, tally, stop)) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield tally
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _ask(port: int, question: str, tally: Tally, stop: threading.Event) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        while not stop.is_set():
            try:
                tally.add(*ask(connection, question))
            except (OSError, http.client.HTTPException) as error:
                tally.broken.append(repr(error))
                return


def ask(connection: http.client.HTTPConnection, question: str = QUESTION) -> tuple[int, bytes]:
    body = json.dumps({"question": question})
    connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    return response.status, response.read()
