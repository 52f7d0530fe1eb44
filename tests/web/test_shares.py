"""Questions that are shared out to processes of their own."""

import os
from functools import partial

import pytest

from web.command.shares import shared_out


def test_other_processes_find_the_same_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """They die over one question, which is then asked here."""
    here = os.getpid()

    def differs(question: str) -> bool:
        if question == "37?" and os.getpid() != here:
            os._exit(1)
        return int(question[:-1]) % 3 == 0

    def allowed(cores: set[int], _process: int) -> set[int]:
        return cores

    questions = [f"{number}?" for number in range(200)]
    told: list[int] = []
    for cores in ({0}, {0, 1, 2}):
        monkeypatch.setattr("os.sched_getaffinity", partial(allowed, cores))
        found = shared_out(questions, differs, lambda done, _: told.append(done))
        assert found == [question for question in questions if int(question[:-1]) % 3 == 0]
        assert told[-1] == len(questions)
