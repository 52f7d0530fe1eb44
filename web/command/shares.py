"""Questions and a test of one question go in; those that pass come out, in order, tested by a process for every core.

Such a process inherits what this one holds and reports by lines of text; what it dies over is tested here.
"""

import os
import selectors
import sys
import threading
from collections.abc import Callable, Sequence

from bot.checks.answer_changes import Progress
from bot.checks.both_editions import Differs

FEWEST = 100  # questions that are worth a second process
MOST = 8  # processes


def shared_out(questions: Sequence[str], differs: Differs, progress: Progress) -> list[str]:
    """Where no process can safely be split off, all questions are tested here."""
    count = min(MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" and threading.active_count() == 1 else 1
    parts = range(count) if count > 1 and len(questions) >= FEWEST else ()
    processes = [_begun(questions, differs, range(part, len(questions), count)) for part in parts]
    found = _collected(processes, lambda done: progress(done, len(questions)))
    for number in range(len(questions)):
        if number not in found:
            found[number] = differs(questions[number])
            progress(len(found), len(questions))
    return [question for number, question in enumerate(questions) if found[number]]


def _begun(questions: Sequence[str], differs: Differs, numbers: range) -> tuple[int, int]:
    """The id of the new process, and what it writes to."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:  # from here on in the new process, which ends here
        os.close(reading)
        for number in numbers:
            os.write(writing, b"%d %d\n" % (number, differs(questions[number])))
    finally:
        os._exit(0)


def _collected(processes: list[tuple[int, int]], told: Callable[[int], None]) -> dict[int, bool]:
    """What they report, by the questions' numbers, once all of them have ended; `told` hears how many questions are done."""
    found: dict[int, bool] = {}
    pending = {reading: b"" for _, reading in processes}
    with selectors.DefaultSelector() as selector:
        for reading in pending:
            selector.register(reading, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                data = os.read(key.fd, 65_536)
                *lines, pending[key.fd] = (pending[key.fd] + data).split(b"\n")
                found |= {int(number): passed == b"1" for number, passed in map(bytes.split, lines)}
                told(len(found))
                if not data:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    for process, _ in processes:
        os.waitpid(process, 0)
    return found
