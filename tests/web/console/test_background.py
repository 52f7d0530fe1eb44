"""Long work, without an app: what a page gets at once, later, and after a failure."""

import threading
import time

import pytest

from web.console.background import KEPT, Background, Progress, Tell


def test_a_page_waits_a_little_and_then_says_how_far_the_work_is() -> None:
    background, go_on = Background(), threading.Event()

    def work(advance: Progress) -> str:
        advance(3, 9)
        go_on.wait(10)
        return "done"

    job = background.job("long", work, patience=0.2)
    assert job.result is None
    assert (job.done, job.total) == (3, 9)
    go_on.set()
    assert background.job("long", work, patience=10).result == "done"


def test_the_same_work_is_done_once_however_many_ask() -> None:
    background, runs = Background(), []

    def work(_: Progress) -> int:
        time.sleep(0.05)
        runs.append(1)
        return len(runs)

    asking = [threading.Thread(target=background.job, args=("one", work, 5)) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert runs == [1]


def test_what_failed_is_told_and_tried_again() -> None:
    background, tries = Background(), []

    def work(_: Progress) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is full")
        return "done"

    with pytest.raises(OSError, match="the disk is full"):
        background.job("flaky", work, patience=10).result  # noqa: B018 - reading it is what raises
    assert background.job("flaky", work, patience=10).result == "done"


def test_old_results_make_room() -> None:
    background = Background()
    for number in range(KEPT + 1):
        background.job(number, lambda _: "done", patience=10)
    again: list[str] = []
    background.job(0, lambda _: again.append("done"), patience=10)
    background.job(KEPT, lambda _: again.append("not needed"), patience=10)
    assert again == ["done"]


def test_a_change_that_is_asked_for_twice_in_a_moment_is_made_once_and_later_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    background, made = Background(), []

    def work(tell: Tell) -> int:
        tell("counting", 1, 2)
        made.append(1)
        return len(made)

    assert background.once("form", work).result == 1
    assert background.once("form", work).result == 1
    monkeypatch.setattr("web.console.background.A_MOMENT", 0.0)
    assert background.once("form", work).result == 2


def test_who_stops_waits_for_what_was_begun_but_not_for_ever() -> None:
    background, go_on = Background(), threading.Event()
    assert background.finish(0)
    background.once("long", lambda _: go_on.wait(10), patience=0)
    assert not background.finish(0.05)
    go_on.set()
    assert background.finish(10)
