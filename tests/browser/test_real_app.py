"""The real application on the shared corpus: demo page, source viewer, text fragments, no JavaScript, other sites."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import host as host_pages
from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.library import library_app
from tests.browser.servers import Running, running
from tests.browser.test_accessibility import violations
from web import parts
from web.fragments import on_site

pytestmark = pytest.mark.browser

DOGS = re.compile("dogs", re.IGNORECASE)


@pytest.fixture(scope="module")
def library_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    app = library_app(tmp_path_factory.mktemp("data"))
    with running(app) as server:
        yield server
    parts.of(app).close()


@pytest.fixture
def visit(visitor: Callable[..., Chat], library_site: Running) -> Callable[..., Chat]:
    """A visitor of the library's own pages."""

    def make(**options: Any) -> Chat:
        chat = visitor(**options)
        chat.host = chat.api = library_site
        return chat

    return make


def test_a_question_with_a_typo_is_answered_and_its_source_opens_at_the_quoted_words(visit: Callable[..., Chat]) -> None:
    chat = visit().visit("/")
    answer = chat.ask("how lnog can i keep a book?")
    expect(answer.locator("blockquote").first).to_contain_text("Four weeks.")
    with chat.page.expect_popup() as popup:
        answer.get_by_role("link").first.click()
    mark = popup.value.locator("mark").first
    expect(mark).to_contain_text("Four weeks.")
    expect(mark).to_be_in_viewport()
    assert not chat.errors


def test_the_demo_page_asks_its_questions_in_the_widget(visit: Callable[..., Chat]) -> None:
    chat = visit(viewport={"width": 390, "height": 844}).visit("/")
    chat.page.get_by_role("button", name="Can I bring my dog?").click()
    expect(chat.answers).to_have_count(1)
    assert chat.page.url == chat.host.url


@pytest.mark.parametrize("path", ["/", "/chat", "/chat?lang=de"])
def test_axe_finds_nothing_on_the_visitor_s_pages(visit: Callable[..., Chat], path: str) -> None:
    chat = visit().visit(path)
    assert violations(chat) == []
    if path != "/":
        talk(chat.page, "Can I bring my dog?", "Is there a swimming pool?")
        assert violations(chat) == []


def test_without_javascript_the_chat_is_a_page(visit: Callable[..., Chat]) -> None:
    page = visit(java_script_enabled=False).visit("/").page
    page.get_by_role("link", name="as a page").click()
    talk(page, "How long can I keep a book?", "Can I bring my dog?")
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator(".answer").last).to_contain_text(DOGS)
    page.get_by_role("link", name="Start over").click()
    expect(page.locator(".question")).to_have_count(0)


def test_a_long_first_question_leaves_the_page_as_wide_as_a_small_phone(visitor: Callable[..., Chat], tmp_path: Path) -> None:
    app = library_app(tmp_path, starters=("What does it cost to replace a lost card if I am a student at the college?",))
    with running(app) as server:
        chat = visitor(**{**PHONE, "viewport": {"width": 320, "height": 700}})
        chat.host = chat.api = server
        button = chat.visit("/").launcher.bounding_box()
        wide, window = chat.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    parts.of(app).close()
    assert (wide, window) == (320, 320)
    assert button is not None
    assert button["x"] + button["width"] <= 320


@pytest.mark.parametrize("options", [PHONE, DESKTOP])
def test_enter_asks_what_was_typed_and_neither_offers_nor_votes(visit: Callable[..., Chat], options: dict[str, Any]) -> None:
    page = visit(java_script_enabled=False, **options).visit("/chat").page
    expect(page.get_by_role("button", name="How long can I keep a book?")).to_be_visible()
    for number, question in enumerate(("Can I bring my dog?", "What do I need to join?", "What do I need to join?")):
        page.get_by_role("textbox").fill(question)
        page.get_by_role("textbox").press("Enter")
        expect(page.locator(".question")).to_have_count(number + 1)
        expect(page.locator("#latest")).to_contain_text(question)
        expect(page.get_by_role("status")).to_have_count(0)


def talk(page: Page, *questions: str) -> None:
    for question in questions:
        page.get_by_role("textbox").fill(question)
        page.get_by_role("button", name="Send").or_(page.get_by_role("button", name="Senden")).click()
        expect(page.locator("#latest")).to_contain_text(question)


def test_the_text_fragment_finds_the_words_on_the_owner_s_page(chat: Chat) -> None:
    """Chromium marks what it found by scrolling there: the words stand far below the first screen."""
    for number, quote in enumerate(host_pages.FAR_DOWN):
        chat.page.goto(on_site(f"{chat.host.url}long?{number}", quote))
        chat.page.wait_for_function("scrollY > 1000")
        expect(chat.page.get_by_text(quote[:30])).to_be_in_viewport()
    chat.page.goto(on_site(f"{chat.host.url}long?other", "These words stand nowhere on the page."))
    assert chat.page.evaluate("scrollY") == 0


def test_a_site_that_is_not_listed_gets_no_answer_and_says_so(visitor: Callable[..., Chat], library_site: Running) -> None:
    with running(host_pages.app(library_site.url)) as stranger:
        chat = visitor()
        chat.host = stranger
        chat.open().box.fill("Can I bring my dog?")
        chat.box.press("Enter")
        expect(chat.page.locator("[part=trouble]")).to_contain_text("cannot be reached")


def test_a_listed_site_does(visitor: Callable[..., Chat], tmp_path: Path) -> None:
    with running(host_pages.app()) as site:
        app = library_app(tmp_path, sites=(site.url.rstrip("/"),))
        with running(app) as server:
            site.app.config["server"] = server.url
            chat = visitor()
            chat.host = site
            expect(chat.open("/strict").ask("Can I bring my dog?")).to_contain_text(DOGS)
        parts.of(app).close()
    assert site.app.config["reports"] == []
