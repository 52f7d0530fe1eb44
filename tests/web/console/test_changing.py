"""A change that takes long: its page, a second click, an error, and a server that is told to stop meanwhile."""

import http.cookiejar
import re
import shutil
import signal
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import event

from bot import checks
from bot.edition import Edition
from bot.resources import word_vectors
from knowledge.drafts import drafts
from knowledge.transactions import DatabaseUnavailable
from tests.web.console.conftest import PASSWORDS, TOKEN, Staff
from tests.web.console.test_pages import put_up, text_of
from tests.web.processes import Running, running
from web import parts
from web.parts import open_store
from web.settings import Settings

FORM = {"once": "0123456789abcdef" * 2}


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Event:
    """The golden checks take until it is set, and no page waits for them."""
    go_on = Event()

    def gate(_assistant: object) -> Callable[[Edition], list[str]]:
        return lambda _edition: [] if go_on.wait(20) else ["never"]

    monkeypatch.setattr("web.console.changing.golden_gate", gate)
    monkeypatch.setattr("web.console.background.Background.once.__defaults__", (0.05,))
    monkeypatch.setattr("web.console.background.Background.known.__defaults__", (0.05,))
    return go_on


def finished(staff: Staff, path: str) -> str:
    """The page that comes after the work."""
    for _ in range(200):
        page = staff.get(path, follow_redirects=True)
        if "Under way" not in page.text:
            return text_of(page.text)
    raise AssertionError("it never ends")


def test_a_long_publication_has_a_page_and_a_second_click_does_not_publish_twice(
    alice: Staff, console: Flask, slow: Event
) -> None:
    put_up(alice, "garden.txt", "The garden closes at 17.30 on weekdays.\n")
    before = parts.of(console).edition.release
    form = {**FORM, "seen": alice.seen()}
    first, second = (alice.post("documents/publish", form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    path = first.location.removeprefix("/staff/")
    assert "What you asked for is being done" in alice.client.get(f"/staff/{path}").text
    assert parts.of(console).edition.release == before
    slow.set()
    assert "The new release is live." in finished(alice, path)
    assert "The new release is live." in text_of(alice.post("documents/publish", form, follow_redirects=True).text)
    assert len(parts.of(console).store.publications()) == 2  # the folder's, and this one
    assert drafts(parts.of(console).store.engine) == ()


def test_only_what_somebody_looked_at_goes_live(alice: Staff, enter: Callable[[str], Staff], console: Flask) -> None:
    put_up(alice, "garden.txt", "The garden closes at 17.30 on weekdays.\n")
    looked_at = re.search(r'name="seen" value="(\w+)"', alice.get("documents/before").text)
    assert looked_at
    put_up(enter("bob"), "attic.txt", "The attic is closed on Mondays.\n")
    before = parts.of(console).edition.release
    told = alice.post("documents/publish", {"seen": looked_at[1]})
    assert told.status_code == 409
    assert "what is put up has changed since you looked at it" in text_of(told.text)
    assert alice.post("documents/publish").status_code == 409
    assert parts.of(console).edition.release == before
    assert alice.publish().status_code == 303
    assert "attic.txt" in alice.get("documents").text


@pytest.mark.parametrize("table", ["audit_log", "conflict_triage"])
def test_what_cannot_be_noted_is_not_done(alice: Staff, console: Flask, table: str) -> None:
    """A release without its entry, or an entry without its release, is never there."""
    [conflict, *_] = checks.find(parts.of(console).edition, word_vectors()).conflicts
    alice.get("conflicts")  # what is found is known by now
    store = parts.of(console).store
    before = store.live(), store.editorial(), store.publications()

    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if table in statement and not statement.startswith("SELECT"):
            raise DatabaseUnavailable("full", "no space is left")

    event.listen(store.engine, "before_cursor_execute", refuse)
    told = alice.post(f"conflicts/{conflict.id}", {"status": "not a conflict"})
    event.remove(store.engine, "before_cursor_execute", refuse)
    assert told.status_code == 507
    assert "Nothing was changed" in told.text
    assert (store.live(), store.editorial(), store.publications()) == before


def test_what_changes_nothing_is_no_deed(alice: Staff, console: Flask) -> None:
    told = alice.post("golden/remove", {"id": "0" * 16, "question": "Was it ever there?"}, follow_redirects=True)
    assert "That is how it was already: nothing has changed." in told.text
    assert alice.post("documents/withdraw", {"name": "never-there.txt"}).status_code == 404
    log = alice.get("audit").text
    assert "Was it ever there?" not in log
    assert "never-there.txt" not in log


def test_nobody_sees_how_somebody_elses_change_goes(alice: Staff, enter: Callable[[str], Staff], slow: Event) -> None:
    put_up(alice, "garden.txt", "The garden closes at 17.30 on weekdays.\n")
    path = alice.publish(FORM).location.removeprefix("/staff/")
    slow.set()
    told = enter("bob").get(path)
    assert told.status_code == 404
    assert "The page “Releases” says what is live." in told.text


def test_a_form_that_was_changed_before_it_was_sent_again_is_another_one(alice: Staff, console: Flask) -> None:
    alice.post("synonyms/add", {**FORM, "words": "dog, pooch"})
    alice.post("synonyms/add", {**FORM, "words": "book, volume"})
    assert parts.of(console).edition.editorial.synonyms == (("dog", "pooch"), ("book", "volume"))


def test_who_publishes_while_another_process_does_is_told_who_and_since_when(alice: Staff, console: Flask) -> None:
    put_up(alice, "garden.txt", "The garden closes at 17.30 on weekdays.\n")
    before = parts.of(console).edition.release
    with parts.of(console).store.publishing("the nightly job"):
        told = alice.publish(FORM, follow_redirects=True)
        page = finished(alice, told.request.path.removeprefix("/staff/")) if "Under way" in told.text else text_of(told.text)
    assert re.search(r"publish in progress, started by the nightly job at \d\d:\d\d", page)
    assert parts.of(console).edition.release == before
    assert "garden.txt" in alice.get("documents").text


# --- with a real server ---------------------------------------------------------------------------------------------------


class Visit:
    """Alice at a server of its own."""

    def __init__(self, server: Running) -> None:
        self._address = f"http://127.0.0.1:{server.port}/staff/"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self.send("in", name="alice", password=PASSWORDS["alice"])

    def get(self, path: str) -> str:
        with self._opener.open(self._address + path) as response:
            return str(response.read().decode())

    def send(self, path: str, **fields: str) -> str:
        token = TOKEN.search(self.get("account" if path != "in" else "in"))
        assert token
        data = urlencode({"csrf_token": token[1], **fields}).encode()
        with self._opener.open(self._address + path, data) as response:
            return str(response.read().decode())


@pytest.mark.parametrize("released", [True, False], ids=["finishes", "leaves it"])
def test_a_server_that_is_told_to_stop_finishes_what_was_begun_or_leaves_the_old_release(
    staffed: Path, tmp_path: Path, released: bool
) -> None:
    data = Path(shutil.copytree(staffed, tmp_path / "data"))
    store = open_store(Settings(data=data))
    before = store.live()
    with running("web.commands", "serve", "--port", "0", "--data", str(data)) as server:
        alice = Visit(server)
        holding = store.publishing("the nightly job")
        holding.__enter__()

        def change() -> None:
            with suppress(OSError):  # where the answer sends her next, nobody listens any more
                alice.send("synonyms/add", words="dog, pooch")

        changing = Thread(target=change, daemon=True)
        changing.start()
        changing.join(0.7)
        server.send(signal.SIGTERM)
        if released:
            holding.__exit__(None, None, None)
        assert server.wait() == 0
        changing.join(10)
    if not released:
        holding.__exit__(None, None, None)
    assert (store.live() != before) is released
    store.engine.dispose()
