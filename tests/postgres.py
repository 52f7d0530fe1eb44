"""A throw-away PostgreSQL cluster on a free port: `python -m tests.postgres COMMAND...` runs COMMAND beside one.

COMMAND finds its address in FAQTUAL_TEST_POSTGRES_URL. Needs Debian's package `postgresql`; as root the server runs as the user
that the package made, since PostgreSQL refuses to run as root.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

ADDRESS = "FAQTUAL_TEST_POSTGRES_URL"
_SETTINGS = "fsync=off\nfull_page_writes=off\nsynchronous_commit=off\nmax_connections=60\nshared_buffers=32MB\n"


class Cluster:
    """Runs while the block does."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="faqtual-postgres-"))
        self._port = _free_port()
        self._owner = "postgres" if os.geteuid() == 0 else None
        if self._owner:
            shutil.chown(self._folder, self._owner)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/postgres"

    def __enter__(self) -> Self:
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        with (self._folder / "data/postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"{_SETTINGS}port={self._port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories=''\n")
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.resume()
        self.stop()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self._data)

    def pause(self) -> None:
        """The server and all its processes hang."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        file = self._folder / "data/postmaster.pid"
        if not file.exists():
            return
        server = int(file.read_text().split()[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True, check=False)
        for process in (server, *map(int, children.stdout.split())):
            os.kill(process, number)

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = [_find(program), *arguments]
        subprocess.run(
            command, check=True, user=self._owner, cwd=self._folder, stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"]}
        )


def installed() -> bool:
    return _program("initdb") is not None


def _find(program: str) -> str:
    path = _program(program)
    if path is None:
        raise SystemExit(f"{program} is missing; install Debian's package postgresql")
    return path


def _program(name: str) -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    with Cluster() as cluster:
        return subprocess.run(sys.argv[1:], env={**os.environ, ADDRESS: cluster.url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
