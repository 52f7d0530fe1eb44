"""Command lines in, running servers of this machine out; each ends with its block, by its own process id."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds until a test gives up on a process


def clean_environment(**more: str) -> dict[str, str]:
    """Without this machine's own settings of the product."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FAQTUAL_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


@dataclass
class Running:
    """A server process; the connections to it are closed with it."""

    process: subprocess.Popen[str]
    port: int
    opened: ExitStack = field(default_factory=ExitStack)

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self) -> int:
        return self.process.wait(PATIENCE)

    def connection(self) -> http.client.HTTPConnection:
        return self.opened.enter_context(closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)))

    def socket(self) -> socket.socket:
        return self.opened.enter_context(socket.create_connection(("127.0.0.1", self.port), PATIENCE))

    def get(self, path: str) -> tuple[int, str]:
        connection = self.connection()
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()

    def ask(self, question: str) -> dict[str, Any]:
        connection = self.connection()
        connection.request("POST", "/api/v1/ask", json.dumps({"question": question}), {"Content-Type": "application/json"})
        found: dict[str, Any] = json.loads(connection.getresponse().read())
        return found


@contextmanager
def running(*command: str, cwd: Path = ROOT, **environment: str) -> Iterator[Running]:
    """A Python module with arguments that prints an address with its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=clean_environment(**environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        server = Running(process, _port(process))
        with server.opened:
            yield server
    finally:
        process.kill()
        process.communicate()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    assert process.stderr is not None
    raise AssertionError(f"the server did not start: {process.stderr.read()}")
