import http.client
import json
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.web.processes import PATIENCE, Running, running

SMALL = "tests.web.small_server"


@pytest.fixture
def small() -> Iterator[Callable[..., Running]]:
    """Starts the small server with this patience, number of threads, queue limit and these sites."""
    started: list[Any] = []

    def start(patience: float = 60, threads: int = 4, queue_limit: int = 1_000, sites: tuple[str, ...] = ()) -> Running:
        context = running(SMALL, str(patience), str(threads), str(queue_limit), *sites)
        started.append(context)
        return context.__enter__()

    yield start
    for context in started:
        context.__exit__(None, None, None)


class Asking(threading.Thread):
    """One request in a thread of its own."""

    def __init__(self, server: Running, path: str) -> None:
        super().__init__()
        self._connection = server.connection()
        self._path = path
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = ""
        self._connection.connect()
        self.start()

    def run(self) -> None:
        try:
            self._connection.request("GET", self._path)
            response = self._connection.getresponse()
            self.status, self.headers, self.body = response.status, dict(response.getheaders()), response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.body = repr(error)


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def refuses(server: Running) -> bool:
    try:
        server.socket().close()
    except OSError:
        return True
    return False


def test_told_to_stop_it_finishes_what_it_began_and_leaves_with_0(small: Callable[..., Running]) -> None:
    server = small(threads=2)
    asking = [Asking(server, "/wait/1.5") for _ in range(4)]  # two of them wait for a thread
    time.sleep(0.5)
    server.send(signal.SIGTERM)
    wait_until(lambda: refuses(server))
    assert server.wait() == 0
    for one in asking:
        one.join()
        assert (one.status, one.body) == (200, "waited"), one.body
        assert one.headers["Connection"] == "close"


def test_told_twice_it_quits_at_once(small: Callable[..., Running]) -> None:
    server = small()
    asking = Asking(server, "/wait/60.0")
    time.sleep(0.3)
    server.send(signal.SIGTERM)
    wait_until(lambda: refuses(server))
    server.send(signal.SIGTERM)
    assert server.wait() == 143
    asking.join()
    assert asking.status == 0


def test_idle_connections_do_not_keep_it_from_stopping(small: Callable[..., Running]) -> None:
    server = small()
    idle = server.connection()
    idle.request("GET", "/")
    assert idle.getresponse().read() == b"here"
    silent = server.socket()
    server.send(signal.SIGTERM)
    assert server.wait() == 0
    assert silent.recv(1) == b""


def test_a_request_that_does_not_come_to_its_end_is_closed_however_it_trickles(small: Callable[..., Running]) -> None:
    server = small(patience=2)
    head = b"GET / HTTP/1.1\r\nHost: a\r\n"
    body = b"POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"
    trickling = {server.socket(): head, server.socket(): body, server.socket(): b""}
    for connection, beginning in trickling.items():
        connection.sendall(beginning)
    closed: set[socket.socket] = set()
    end = time.monotonic() + PATIENCE
    while len(closed) < len(trickling) and time.monotonic() < end:
        for connection, beginning in trickling.items():
            if connection not in closed and is_closed_after(connection, b"x" if beginning else b""):
                closed.add(connection)
        assert server.get("/") == (200, "here")
    assert closed == set(trickling)


def is_closed_after(connection: socket.socket, byte: bytes) -> bool:
    try:
        connection.sendall(byte)
        connection.settimeout(0.1)
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_a_client_that_does_not_take_its_answer_is_closed(small: Callable[..., Running]) -> None:
    server = small(patience=1)
    deaf, slow = server.socket(), server.socket()
    for connection in (deaf, slow):
        connection.sendall(b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n")
    taken, end = 0, time.monotonic() + 4
    while time.monotonic() < end:
        taken += len(slow.recv(200_000))
        time.sleep(0.1)
    assert taken + rest_of(slow) > 20_000_000
    assert rest_of(deaf) < 20_000_000


def rest_of(connection: socket.socket) -> int:
    """The bytes that still come, until the other side closes or nothing comes for a second."""
    connection.settimeout(1)
    taken = 0
    with suppress(TimeoutError, ConnectionError):
        while chunk := connection.recv(1_000_000):
            taken += len(chunk)
    return taken


def test_a_connection_in_use_is_not_closed(small: Callable[..., Running]) -> None:
    server = small(patience=1)
    connection = server.connection()
    for path, text in (("/", b"here"), ("/wait/2.5", b"waited"), ("/", b"here")):
        connection.request("GET", path)
        assert connection.getresponse().read() == text


def test_a_full_queue_answers_503_at_once_and_serves_the_others(small: Callable[..., Running]) -> None:
    server = small(threads=1, queue_limit=3)
    asking = [Asking(server, "/wait/1.0") for _ in range(12)]
    for one in asking:
        one.join()
    refused = [one for one in asking if one.status == 503]
    served = [one for one in asking if one.status == 200]
    assert len(refused) + len(served) == 12
    assert 1 <= len(served) <= 5
    for one in refused:
        assert int(one.headers["Retry-After"]) >= 1
        assert one.headers["Content-Type"] == "application/problem+json"
        assert '"status": 503' in one.body
    assert server.get("/") == (200, "here")


@pytest.mark.parametrize(
    ("origin", "may_read"), [("https://shop.example", True), ("https://other.example", False), ("", False)]
)
def test_a_page_of_the_owners_sites_can_read_that_it_was_refused(
    small: Callable[..., Running], origin: str, may_read: bool
) -> None:
    server = small(threads=1, queue_limit=0, sites=("https://shop.example",))
    for path in ("/api/v1/ask", "/"):
        connection = server.connection()
        connection.request("GET", path, headers={"Origin": origin} if origin else {})
        response = connection.getresponse()
        assert (response.status, response.headers["Retry-After"]) == (503, "1")
        readable = may_read and path != "/"
        assert response.headers["Access-Control-Allow-Origin"] == (origin if readable else None)
        assert response.headers["Access-Control-Expose-Headers"] == ("Retry-After" if readable else None)
        assert json.loads(response.read()).keys() == {"type", "title", "status", "detail"}


def test_a_refused_connection_can_be_used_again(small: Callable[..., Running]) -> None:
    server = small(threads=1, queue_limit=1)
    busy = []
    for _ in range(2):  # one after the other: the first is with the thread before the second waits for it
        busy.append(Asking(server, "/wait/5.0"))
        time.sleep(1)
    connection = server.connection()
    connection.request("GET", "/")
    response = connection.getresponse()
    assert (response.status, response.headers["Connection"]) == (503, None)
    response.read()
    for one in busy:
        one.join()
    connection.request("GET", "/")
    assert connection.getresponse().status == 200


def test_requests_sent_together_are_answered_in_order(small: Callable[..., Running]) -> None:
    connection = small().socket()
    first, last = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /wait/0.2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    connection.sendall(first + last)
    received = b"".join(iter(lambda: connection.recv(4096), b""))
    assert received.index(b"here") < received.index(b"waited")


def test_a_large_body_is_refused_by_its_announced_length(small: Callable[..., Running]) -> None:
    server = small()
    public = server.socket()
    public.sendall(b"POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n")
    assert public.recv(4096).startswith(b"HTTP/1.1 413")
    head, body = b"POST /staff/documents/upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n", b"x" * 1_000_000
    stranger = server.socket()
    stranger.sendall(head + b"\r\n")
    assert stranger.recv(4096).startswith(b"HTTP/1.1 413")
    staff = server.socket()
    staff.sendall(head + b"Cookie: faqtual_staff=x\r\n\r\n" + body)
    assert staff.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_hangup_reads_the_settings_again_and_fails_no_request(published: Path, tmp_path: Path) -> None:
    file = tmp_path / "faqtual.toml"
    file.write_text('name = "Before"\nrate_limit = "off"\n')
    with running("web.commands", "serve", "--port", "0", "--data", str(published), cwd=tmp_path) as server:
        assert "Before" in server.get("/")[1]
        file.write_text('name = "After"\nrate_limit = "off"\n')
        server.send(signal.SIGHUP)
        wait_until(lambda: "After" in served(server))
        file.write_text("name = 3\n")
        server.send(signal.SIGHUP)
        for _ in range(20):
            assert "After" in served(server)
        server.send(signal.SIGTERM)
        assert server.wait() == 0
        assert server.process.stderr is not None
        assert "name" in server.process.stderr.read()


def served(server: Running) -> str:
    status, page = server.get("/")
    assert status == 200
    return page
