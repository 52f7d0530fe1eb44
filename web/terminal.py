"""Words and progress in, lines on the terminal out: results on standard output, everything else on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

UNNOTICED = 0.7  # seconds of work that need no bar


def console(file: TextIO | None = None) -> Console:
    """For text that is data: nothing in it is markup, no line is cut where it does not go to a terminal."""
    target = file or sys.stdout
    width = None if target.isatty() else 10_000
    return Console(file=target, markup=False, emoji=False, highlight=False, soft_wrap=not target.isatty(), width=width)


def say(words: str = "", style: str = "") -> None:
    console().print(words, style=style or None)


def note(words: str) -> None:
    """What is not the result: said, and not in the way of a pipe."""
    console(sys.stderr).print(words)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function (step, done, total) that draws a bar for work of more than UNNOTICED seconds; none without a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console(sys.stderr), transient=True)
    tasks: dict[str, TaskID] = {}
    began = time.monotonic()

    def advance(step: str, done: int, total: int) -> None:
        if not sys.stderr.isatty() or (not tasks and time.monotonic() - began < UNNOTICED):
            return
        if step not in tasks:
            bar.start()
            tasks[step] = bar.add_task(step, total=total)
        bar.update(tasks[step], completed=done, total=total)

    try:
        yield advance
    finally:
        if tasks:
            bar.stop()
