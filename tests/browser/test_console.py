"""The staff console in a real browser: Alice owns it, Bob edits, Dora looks, Charlie is a stranger."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from bot.publishing.drafting import upload
from bot.transcript import TurnRecord
from tests.browser.conftest import DESKTOP, PATIENCE, PHONE
from tests.browser.library import library_app
from tests.browser.servers import Running, running
from tests.browser.test_accessibility import violations_on
from tests.browser.test_screenshots import WANTED, save
from web import parts
from web.accounts import Accounts, Role

pytestmark = pytest.mark.browser

PASSWORDS = {"alice": "alice's long password", "bob": "bob's long password", "dora": "dora's long password"}
DOGS = "Can I bring my dog?"
TUESDAYS = b"# Questions\n\n### Can I bring my dog?\n\nOnly on Tuesdays, on a short lead.\n"
REPLY = """Thank you for your letter. A loan runs for 30 days and can be renewed twice. Dogs are not admitted, except
assistance dogs. The fine for a late book is 50p a day. There is a roof garden on the third floor."""
PAGES = {
    "": "Overview",
    "review": "Review",
    "conflicts": "Conflicts",
    "documents": "Documents",
    "documents/view?name=house-rules.txt": "THORNBECK TOWN LIBRARY",
    "releases": "Releases",
    "try": "Try it",
    "text": "Check a text",
    "curated": "Curated answers",
    "golden": "Golden checks",
    "wordings": "Wording checks",
    "synonyms": "Synonyms",
    "urgent": "Urgent words",
    "exports": "Export",
    "audit": "Audit log",
    "account": "Your account",
}
ASKED = (
    *("Is there a swimming pool?", "where is the swimming pool", "can I go swimming in a pool there"),
    *("Can I bring my dog?", "are dogs allowed", "How long can I keep a book?", "What does a lost card cost?"),
    *("Is there a cafe?", "where can I buy a coffee", "Is there a ramp?", "What do I need to join?"),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Running]:
    """Questions are kept, and some were asked; the cast has accounts."""
    app = library_app(tmp_path, log_questions=True)
    here = parts.of(app)
    for name, role in (("alice", Role.EDITOR), ("bob", Role.EDITOR), ("dora", Role.VIEWER)):
        Accounts(here.store.engine).add(name, PASSWORDS[name], role)
    ask(app, *ASKED)
    with running(app) as server:
        yield server
    here.close()


def ask(app: Flask, *questions: str) -> None:
    for question in questions:
        app.test_client().post("/api/v1/ask", json={"question": question})
    log = parts.of(app).log
    assert log
    log.close()


@pytest.fixture
def browse(chromium: Browser, library: Running) -> Iterator[Callable[..., Page]]:
    """A fresh browser at the door of the console."""
    opened = []

    def make(**options: Any) -> Page:
        context = chromium.new_context(**{**DESKTOP, "reduced_motion": "reduce", "locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.goto(library.url + "staff/")
        return page

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def enter(browse: Callable[..., Page]) -> Callable[..., Page]:
    def make(name: str, **options: Any) -> Page:
        page = browse(**options)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORDS[name])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
        return page

    return make


def go(page: Page, library: Running, path: str) -> Page:
    page.goto(f"{library.url}staff/{path}")
    return page


def click(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def put_up(page: Page, library: Running, name: str, content: bytes) -> None:
    go(page, library, "documents")
    page.get_by_label("Files").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    click(page, "Put up")
    expect(page.get_by_text("is put up; it is not live yet")).to_be_visible()


def test_a_stranger_stays_outside(browse: Callable[..., Page], library: Running) -> None:
    page = browse()
    for path in PAGES:
        go(page, library, path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Staff console")
    page.get_by_label("Name").fill("charlie")
    page.get_by_label("Password").fill("open sesame, please")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The name or the password is not right.")
    assert violations_on(page) == []


@pytest.mark.parametrize("options", [DESKTOP, PHONE, {**DESKTOP, "color_scheme": "dark"}], ids=["desktop", "phone", "dark"])
def test_axe_finds_nothing_on_any_page_and_no_page_is_wider_than_the_window(
    enter: Callable[..., Page], library: Running, options: dict[str, Any]
) -> None:
    page = enter("alice", **options)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    go(page, library, "documents").get_by_role("button", name="Remove").first.click()
    found = {}
    for path, heading in PAGES.items():
        go(page, library, path)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        found[path] = [*violations_on(page), *too_wide(page)]
    for name, make in STATES.items():
        make(page, library)
        found[name] = [*violations_on(page), *too_wide(page)]
    assert {path: rules for path, rules in found.items() if rules} == {}
    assert [words for words in complaints if "(CONFLICT)" not in words] == []  # that is how it refuses a check


def too_wide(page: Page) -> list[str]:
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{wide} pixels wide"] if wide > window else []


def test_on_a_small_phone_everything_is_in_reach(enter: Callable[..., Page], library: Running) -> None:
    page = enter("alice", **{**PHONE, "viewport": {"width": 320, "height": 700}})
    assert too_wide(page) == []
    upload(
        parts.of(library.app).store, "a-name-that-is-longer-than-most-names-of-files-are-anywhere.txt", b"The garden.", "bob"
    )
    go(page, library, "documents").get_by_role("link", name="What publishing would change").click()
    click(page, "Publish")
    remove = go(page, library, "documents").get_by_role("button", name="Remove a-name").bounding_box()
    assert remove is not None
    assert remove["x"] + remove["width"] <= 320
    assert too_wide(page) == []


def asked(page: Page, library: Running) -> None:
    go(page, library, "try").get_by_label("Question").fill(DOGS)
    click(page, "Ask")


def asked_everywhere(page: Page, library: Running) -> None:
    go(page, library, "try").get_by_label("Question").fill("What does it cost to join?")
    click(page, "Ask every document")


def checked(page: Page, library: Running) -> None:
    go(page, library, "text").get_by_role("textbox").fill(REPLY)
    click(page, "Check")
    expect(page.get_by_text("5 statements").or_(page.get_by_text("4 statements"))).to_be_visible()


def proposed(page: Page, library: Running) -> None:
    put_up(page, library, "questions.md", TUESDAYS)
    page.get_by_role("link", name="What publishing would change").click()
    while page.get_by_role("link", name="Look again").count():
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("answers change, of")).to_be_visible()


def explained(page: Page, library: Running) -> None:
    asked(page, library)
    page.get_by_text("Why").first.click()


def unheld(page: Page, library: Running) -> None:
    go(page, library, "golden").get_by_label("Question").fill("Is there a ramp?")
    page.get_by_label("be refused").check()
    click(page, "Add")
    expect(page.get_by_role("heading", level=1)).to_have_text("This check does not hold")


STATES: dict[str, Callable[[Page, Running], None]] = {
    "asked": explained,
    "sides": asked_everywhere,
    "checked": checked,
    "before": proposed,
    "unheld": unheld,
}


def test_a_viewer_looks_and_finds_no_button_to_change_anything(enter: Callable[..., Page], library: Running) -> None:
    page = enter("dora")
    for path in PAGES:
        go(page, library, path)
        for words in ("Save", "Remove", "Publish", "Put up", "Add", "Dismiss", "Roll back", "A new answer"):
            expect(page.get_by_role("button", name=re.compile(f"^{words}"))).to_have_count(0)


def test_a_release_that_breaks_a_golden_check_is_stopped_and_can_be_overridden(
    enter: Callable[..., Page], library: Running
) -> None:
    page = enter("alice")
    asked(page, library)
    click(page, "Add golden check")
    expect(page.get_by_text("holds")).to_be_visible()
    proposed(page, library)
    expect(page.get_by_text("1 golden check breaks. Publishing will be stopped unless you override it.")).to_be_visible()
    click(page, "Publish")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stopped by golden checks")
    expect(page.get_by_role("alert")).to_contain_text("Only on Tuesdays")
    assert violations_on(page) == []
    assert "well-behaved" in answer(library.app)
    click(page, "Override and go on")
    expect(page.get_by_role("status")).to_have_text("The new release is live.")
    assert "Only on Tuesdays" in answer(library.app)
    expect(go(page, library, "audit").get_by_role("cell", name="overrode").first).to_contain_text(DOGS)
    go(page, library, "releases")
    page.get_by_role("button", name="Roll back").first.click()
    assert "well-behaved" in answer(library.app)


def answer(app: Flask) -> str:
    return str(app.test_client().post("/api/v1/ask", json={"question": DOGS}).get_json()["citations"])


def test_a_conflict_that_was_triaged_is_still_so_after_the_next_publication(
    enter: Callable[..., Page], library: Running
) -> None:
    alice, bob = enter("alice"), enter("bob")
    card = go(alice, library, "conflicts").get_by_role("article").filter(has=alice.get_by_role("heading", name="dogs"))
    card.get_by_label("Decision").select_option("Not a conflict")
    card.get_by_label("Note").fill("assistance dogs only")
    card.get_by_role("button", name="Save").click()
    expect(alice.get_by_role("status")).to_have_text("Noted: not a conflict. Visitors are not told of it from now on.")
    assert outcome(library.app) == "answered"
    put_up(bob, library, "garden.txt", b"The garden closes at 17.30 on weekdays.")
    bob.get_by_role("link", name="What publishing would change").click()
    click(bob, "Publish")
    go(bob, library, "conflicts").get_by_role("link", name="Show the 1 settled, too").click()
    card = bob.get_by_role("article").filter(has=bob.get_by_role("heading", name="dogs"))
    expect(card).to_contain_text("not a conflict, by alice")
    expect(card).to_contain_text("assistance dogs only")
    assert outcome(library.app) == "answered"


def outcome(app: Flask) -> str:
    """Of what a visitor asks."""
    return str(app.test_client().post("/api/v1/ask", json={"question": DOGS}).get_json()["outcome"])


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_long_publication_says_how_far_it_is_and_what_became_of_it(
    enter: Callable[..., Page], library: Running, monkeypatch: pytest.MonkeyPatch, script: bool
) -> None:
    go_on = Event()
    monkeypatch.setattr("web.console.changing.golden_gate", lambda _: lambda _: [] if go_on.wait(PATIENCE) else ["never"])
    page = enter("alice", **PHONE, java_script_enabled=script)
    put_up(page, library, "questions.md", TUESDAYS)
    go(page, library, "documents")
    page.get_by_role("link", name="What publishing would change").click()
    go_on.set()  # for the preview
    while page.get_by_role("link", name="Look again").count():
        page.get_by_role("link", name="Look again").click()
    go_on.clear()
    click(page, "Publish")
    expect(page.get_by_role("heading", level=1)).to_have_text("Under way")
    expect(page.get_by_role("status")).to_contain_text("What you asked for is being done")
    assert [*violations_on(page), *too_wide(page)] == [] if script else True
    assert "well-behaved" in answer(library.app)
    go_on.set()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("status")).to_have_text("The new release is live.")
    assert "Only on Tuesdays" in answer(library.app)


def test_by_keyboard_alone(browse: Callable[..., Page]) -> None:
    page = browse()
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("bob")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORDS["bob"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="to decide")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Conflicts")


SHOWN: dict[str, str | Callable[[Page, Running], None]] = {
    "overview": "",
    "review": "review",
    "conflicts": "conflicts",
    "documents": "documents",
    "passages": "documents/view?name=questions.md",
    "try": asked,
    "documents-side-by-side": asked_everywhere,
    "text": checked,
    "before": proposed,
    "unheld": unheld,
    "golden": "golden",
    "audit": "audit",
}


def a_month() -> Iterator[TurnRecord]:
    """Some questions on every day."""
    for day in range(1, 30):
        for number in range((day * 7) % 11 + 3):
            outcome = ("answered", "answered", "no_answer", "conflict", "answered")[(day + number) % 5]
            question = ASKED[number % len(ASKED)] if outcome != "no_answer" else ASKED[number % 3]
            at = datetime.now(UTC) - timedelta(days=day)
            yield TurnRecord(f"{day} {number}", at, "release", "en", question, question, outcome, confidence=0.9)


@pytest.mark.skipif(not WANTED, reason="FAQTUAL_TEST_SCREENSHOTS is not 1")
@pytest.mark.parametrize(("like", "options"), [("desktop", {"viewport": {"width": 1280, "height": 960}}), ("phone", PHONE)])
def test_screenshots(enter: Callable[..., Page], library: Running, like: str, options: dict[str, Any]) -> None:
    here = parts.of(library.app)
    upload(here.store, "garden.txt", b"The garden closes at 17.30 on weekdays.", "bob")
    here.transcript.write(list(a_month()))
    page = enter("alice", **options)
    asked(page, library)
    click(page, "Add golden check")
    for name, state in SHOWN.items():
        if like == "phone" and name not in ("overview", "conflicts", "try"):
            continue
        if isinstance(state, str):
            go(page, library, state)
        else:
            state(page, library)
        page.evaluate("scrollTo(0, 0)")
        save(f"staff-{name}-{like}", page)
