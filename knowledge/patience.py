"""A PostgreSQL address goes in, a connection comes out that gives up on a server that has stopped answering."""

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg


class PatientConnection(psycopg.Connection[Any]):
    """`statement_timeout` is kept by the server, so it does not help where the server hangs: this one counts here, too."""

    seconds: float = 2.0

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return super().wait(_until(gen, monotonic() + self.seconds), *args, **kwargs)
        except _GaveUpError:
            self.close()
            raise psycopg.OperationalError(f"no answer within {self.seconds:g} s") from None


class _GaveUpError(Exception):
    pass


def _until(steps: Generator[Any, Any, Any], deadline: float) -> Generator[Any, Any, Any]:
    """The same steps; psycopg resumes them several times a second even if nothing has arrived."""
    try:
        wanted = next(steps)
        while True:
            ready = yield wanted
            if not ready and monotonic() > deadline:
                raise _GaveUpError
            wanted = steps.send(ready)
    except StopIteration as done:
        return done.value


def open_connection(target: str, seconds: int) -> PatientConnection:
    """Raises psycopg.OperationalError where the server does not answer within `seconds`."""
    milliseconds = seconds * 1000
    connection = PatientConnection.connect(
        target,
        connect_timeout=max(2, seconds),
        options=f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds} -c timezone=UTC",
        application_name="faqtual",
    )
    connection.seconds = seconds + 0.5
    return connection
