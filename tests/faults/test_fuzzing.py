import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from tests.faults.fuzzing import TARGETS, mutated

SECONDS = (600 if os.environ.get("FAQTUAL_TEST_FULL") else 60) / len(TARGETS)
LONGEST = 20  # seconds that one input may take, on a busy machine


@contextmanager
def ended() -> Iterator[None]:
    """Raises TimeoutError where the block does not end."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_somebody_made_up_is_too_much(name: str) -> None:
    target, seeds = TARGETS[name]
    start = int(os.environ.get("FAQTUAL_TEST_SEED", time.time_ns()))
    end, number = time.monotonic() + SECONDS, start
    for seed in seeds:
        target(seed)
    while time.monotonic() < end:
        number += 1
        data = mutated(seeds, random.Random(number))
        try:
            with ended():
                target(data)
        except Exception as error:
            raise AssertionError(f"{name}: {data[:2_000]!r}") from error
    assert number > start
