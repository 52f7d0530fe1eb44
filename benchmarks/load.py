"""How many questions a second one server answers: `python -m benchmarks.load [--seconds 5]` prints the tables of docs/load.md.

Everything runs on this machine and nothing leaves it: a server process beside a client process. Beside `/ask` stands an
endpoint of three lines on the same server, which shows what the machine and the server alone can do.
"""

import argparse
import json
import os
import random
import re
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.publishing import publish
from knowledge.text import words
from web.command.serve import SAMPLE
from web.parts import open_store
from web.settings import Settings

CLIENTS = (1, 8, 32, 1_000)
PASSAGES = 10_000
BARE = "benchmarks.bare"


@dataclass
class Tally:
    """What came back. `seconds` are the times of those answered 200, `busy` is the server's CPU time in seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    broken: int = 0
    lasted: float = 0.0
    busy: float = 0.0

    def at(self, share: float) -> float:
        """Milliseconds."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))] * 1000 if self.seconds else 0.0

    def row(self, name: str, clients: int) -> str:
        rate = self.statuses[200] / self.lasted
        return (
            f"| {name} | {clients} | {rate:.0f} | {self.at(0.5):.1f} | {self.at(0.99):.1f} "
            f"| {self.busy / max(1, self.statuses[200]) * 1000:.2f} "
            f"| {self.statuses[503]} | {self.statuses.total() - self.statuses[200] - self.statuses[503]} | {self.broken} |"
        )


class Client:
    """One connection that asks one question after the other, and after a 503 waits as long as it is told to."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.requests = requests
        self.ready_at = 0.0
        self._sent_at = 0.0
        self._received = b""

    def send(self, now: float) -> None:
        self._received, self._sent_at = b"", now
        self.socket.send(random.choice(self.requests))

    def receive(self, now: float, tally: Tally) -> bool:
        """Whether the response is whole."""
        data = self.socket.recv(65_536)
        if not data:
            raise ConnectionResetError
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        length = re.search(rb"Content-Length: (\d+)", head)
        if not separator or length is None or len(body) < int(length[1]):
            return False
        status = int(head[9:12])
        tally.statuses[status] += 1
        if status == 200:
            tally.seconds.append(now - self._sent_at)
        retry = re.search(rb"Retry-After: (\d+)", head)
        self.ready_at = now + int(retry[1]) if retry else 0.0
        return True


def load(port: int, requests: list[bytes], clients: int, seconds: float) -> Tally:
    tally = Tally()
    selector = selectors.DefaultSelector()
    waiting = [Client(port, requests) for _ in range(clients)]
    for client in waiting:
        selector.register(client.socket, selectors.EVENT_READ, client)
    began = now = time.perf_counter()
    while now - began < seconds:
        for client in [one for one in waiting if one.ready_at <= now]:
            waiting.remove(client)
            client.send(now)
        for key, _ in selector.select(0.05):
            now = time.perf_counter()
            try:
                if key.data.receive(now, tally):
                    waiting.append(key.data)
            except OSError:
                tally.broken += 1
                selector.unregister(key.data.socket)
        now = time.perf_counter()
    tally.lasted = now - began
    for registered in list(selector.get_map().values()):
        registered.data.socket.close()
    return tally


@contextmanager
def serving(*command: str) -> Iterator[tuple[int, int]]:
    """The server's port and process id."""
    environment = {**os.environ, "FAQTUAL_RATE_LIMIT": "off", "FAQTUAL_PORT": "0"}
    process = subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        first = next(line for line in process.stdout if "http://" in line)
        yield int(re.findall(r":(\d+)", first)[0]), process.pid
    finally:
        process.terminate()
        process.wait()


def questions(texts: list[str], count: int) -> list[str]:
    """So many different questions of words of the documents."""
    known = sorted({word for text in texts for word in words(text) if len(word) > 3})
    shapes = ("how much is the {} {}?", "how long does {} take after {}?", "is {} safe with {}?", "what about {} and {}?")
    chosen = random.Random(7)
    return [chosen.choice(shapes).format(chosen.choice(known), chosen.choice(known)) for _ in range(count)]


def _request(path: str, body: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body.encode())}"
    return f"{head}\r\n\r\n{body}".encode()


def large(folder: Path, texts: list[str]) -> None:
    """Documents with PASSAGES paragraphs of the sample's words in random order."""
    known = sorted({word for text in texts for word in words(text)})
    chosen = random.Random(7)

    def paragraph() -> str:
        return " ".join(chosen.choice(known) for _ in range(25)).capitalize() + "."

    for number in range(PASSAGES // 50):
        paragraphs = [f"## {paragraph()[:40]}\n\n{paragraph()}" for _ in range(50)]
        (folder / f"{number:04}.md").write_text("\n\n".join(paragraphs), encoding="utf-8")


def resident(process: int) -> float:
    """Megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def busy(process: int) -> float:
    """Seconds of CPU time: what a machine that does other things as well does not blur."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def published(docs: Path, data: Path) -> list[str]:
    """The texts that are live then."""
    store = open_store(Settings(data=data))
    publish(store, docs, data)
    texts = [
        document.text for document, _ in store.parsed([item.hash for item in store.release(store.releases()[0].id).listed])
    ]
    store.engine.dispose()
    return texts


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=5.0, help="for each row")
    options.add_argument("--asks", type=int, default=100_000, help="for the row on memory; 0 leaves it out")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, big, docs = (Path(folder) / name for name in ("small", "big", "docs"))
        docs.mkdir()
        texts = published(SAMPLE, small)
        large(docs, texts)
        published(docs, big)
        requests = [_request("/api/v1/ask", json.dumps({"question": question})) for question in questions(texts, 2_000)]
        print("| server | clients | answers/s | p50 ms | p99 ms | CPU ms | 503 | other | broken |")
        print("|---|---|---|---|---|---|---|---|---|")
        bare = [_request("/", "{}")]
        table(("bare endpoint", BARE), bare, given.seconds)
        table(("sample", "web.commands", "serve", "--data", str(small)), requests, given.seconds)
        table((f"{PASSAGES:,} passages", "web.commands", "serve", "--data", str(big)), requests, given.seconds)
        if given.asks:
            memory(small, requests, given.asks)


def table(server: tuple[str, ...], requests: list[bytes], seconds: float) -> None:
    name, *command = server
    with serving(*command) as (port, process):
        load(port, requests, 8, 1.0)
        for clients in CLIENTS:
            before = busy(process)
            tally = load(port, requests, clients, seconds)
            tally.busy = busy(process) - before
            print(tally.row(name, clients), flush=True)


def memory(data: Path, requests: list[bytes], asks: int) -> None:
    with serving("web.commands", "serve", "--data", str(data)) as (port, process):
        done = 0
        sizes: dict[str, float] = {}
        while done < asks:
            done += load(port, requests, 8, 1.0).statuses[200]
            if done >= 1_000:
                sizes.setdefault("first", resident(process))
        print(f"\nresident memory after 1,000 asks {sizes['first']:.0f} MB, after {done:,} {resident(process):.0f} MB")


if __name__ == "__main__":
    main()
