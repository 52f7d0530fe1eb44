"""Bytes of an untrusted file in; what a child process with limits and no environment made of them out.

The child is `python -m knowledge.loaders`, started by `Popen` on first use, replaced after a failure, and killed at the end.
"""

import json
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

from knowledge.formats.loaded import Loaded, Unreadable, from_json

MEGABYTE = 1_000_000
LONGEST_ESCAPE = 12  # bytes of JSON for one character outside of the basic plane
BLOCKS_MARGIN = 16 * MEGABYTE  # bytes of JSON for the blocks
START_WITHIN = 30  # seconds
LONGEST_SERVICE = 200  # files: what parsers leave behind in memory would count against the files that follow
ROOT = Path(__file__).resolve().parents[1]
COMMAND = ("-m", "knowledge.loaders")


class ChildError(RuntimeError):
    """The child process does not start, so no file can be read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file. Bytes, but `seconds` of wall-clock and of processor time, and `text` in characters."""

    file: int = 20 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    memory: int = 1000 * MEGABYTE
    seconds: int = 30
    text: int = 10 * MEGABYTE


class Child:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def load(self, suffix: str, data: bytes) -> Loaded:
        """Raises Unreadable with the reason, also where the child died of this file; ChildError where none starts."""
        process = self._started()
        request = json.dumps({"suffix": suffix, "size": len(data)}).encode("ascii") + b"\n"
        answer = self._answer(process, request + data, self.limits.seconds)
        try:
            loaded = from_json(answer["loaded"]) if "loaded" in answer else None
        except (KeyError, TypeError, ValueError) as error:
            self._end()
            raise Unreadable("made the reader give a wrong answer") from error
        if loaded is None:
            if answer.get("is_spent", True):
                self._end()
            raise Unreadable(str(answer.get("unreadable")))
        return loaded

    def _started(self) -> subprocess.Popen[bytes]:
        if self._served == LONGEST_SERVICE:
            self._end()
        self._served += 1
        if self._process is None:
            self._served = 1
            self._process = _start(self.limits)
            try:
                self._answer(self._process, b"", START_WITHIN)
            except Unreadable as error:
                raise ChildError(
                    f"the reader of documents does not start: it {error}; try python -m knowledge.loaders"
                ) from error
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], request: bytes, seconds: float) -> dict[str, Any]:
        """One line of JSON. The timer ends a child that neither reads nor writes nor stops."""
        assert process.stdin is not None and process.stdout is not None
        longest = LONGEST_ESCAPE * self.limits.text + BLOCKS_MARGIN
        expiry = _Expiry(process, seconds)
        try:
            process.stdin.write(request)
            process.stdin.flush()
            line = process.stdout.readline(longest)
        except BrokenPipeError:
            line = b""
        finally:
            expiry.cancel()
        if line.endswith(b"\n"):
            try:
                answer = json.loads(line)
                if isinstance(answer, dict):
                    return answer
            except (ValueError, RecursionError):
                pass  # ends as every other wrong answer does, below
            line = b"?"
        self._end()
        if line:
            raise Unreadable("made the reader give a wrong or too long an answer")
        raise Unreadable(f"took longer than {seconds} seconds" if expiry.is_over else _cause(process.returncode, self.limits))

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class _Expiry:
    """Kills the process when the time is over, and remembers that it did."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self.is_over = False
        self._timer = Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()
        self._timer.join()

    def _expire(self) -> None:
        self.is_over = True
        self._process.kill()


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-B", "-s", "-P", *COMMAND, json.dumps(asdict(limits))]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT)},
        cwd="/",
    )


def _cause(status: int, limits: Limits) -> str:
    """What ended a child without an answer; `status` is negative for a signal."""
    if status == -signal.SIGXCPU:
        return f"took more than {limits.seconds} seconds of processor time"
    if status < 0:
        return f"made the reader crash ({signal.Signals(-status).name})"
    return f"made the reader stop with exit status {status}"
