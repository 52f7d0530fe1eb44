"""The widget on pages of others: strict policies, hostile style sheets, shadow roots, directions; and what it costs them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import host as host_pages
from tests.browser import stub
from tests.browser.chat import Chat
from tests.browser.replies import LOAN
from tests.browser.servers import running
from web.options import Colours
from web.settings import Settings

pytestmark = pytest.mark.browser

LOOKS = """nodes => nodes.map(node => {
  const { x, y, width, height } = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  return [x, y, width, height, style.color, style.backgroundColor, style.fontFamily, style.fontSize, style.letterSpacing,
          style.textTransform, style.opacity, style.visibility, style.transform, style.display];
})"""
SHIFTS = """() => new Promise(resolve => new PerformanceObserver((list) => resolve(list.getEntries().map(entry => entry.value)))
  .observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => resolve([]), 300))"""


def test_under_a_strict_policy_all_works_and_nothing_is_reported(anywhere: Chat) -> None:
    anywhere.page.add_init_script(
        "globalThis.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective))"
    )
    anywhere.open("/strict").ask("how mutch is a card").get_by_role("button", name="Not helpful").click()
    anywhere.ask("What if I am late?").get_by_role("button", name="Copy with sources").click()
    anywhere.ask("<b>hostile</b>")
    anywhere.button("Start over").click()
    anywhere.button("Close").click()
    assert anywhere.page.evaluate("violations") == []
    assert anywhere.host.app.config["reports"] == []
    assert not anywhere.errors


def test_the_policy_of_the_test_does_report(chat: Chat) -> None:
    chat.visit("/strict")
    with chat.page.expect_request("**/reports"):
        chat.page.evaluate("document.body.setAttribute('style', 'color: red')")


def test_hostile_style_sheets_change_nothing(anywhere: Chat) -> None:
    def look(path: str) -> Any:
        anywhere.open(path).ask("What if I am late?")
        anywhere.page.evaluate("sessionStorage.clear()")
        parts = anywhere.page.locator("faq-launcher button, faq-chat :is(section, div, button, a, p, blockquote, textarea)")
        return parts.evaluate_all(LOOKS)

    plain = look("/")
    assert len(plain) > 10
    assert look("/hostile") == plain


def test_the_widget_leaves_the_page_as_it_was(chat: Chat) -> None:
    chat.page.route("**/widget.js", lambda route: route.abort())
    before = chat.visit().page.locator("main, main *:not(script)").evaluate_all(LOOKS)
    chat.page.unroute("**/widget.js")
    chat.open().ask("How long may I keep a book?")
    after = chat.page.locator("main, main *:not(script)").evaluate_all(LOOKS)
    assert after == before
    assert chat.page.evaluate(SHIFTS) == []


def test_before_it_is_opened_the_page_makes_one_request(chat: Chat) -> None:
    seen: list[str] = []
    chat.page.on("request", lambda request: seen.append(request.url) if request.url.startswith(chat.api.url) else None)
    chat.visit()
    expect(chat.launcher).to_be_visible()
    chat.page.wait_for_load_state("networkidle")
    assert seen == [f"{chat.api.url}widget.js"]


def test_opening_takes_three_more(chat: Chat) -> None:
    chat.visit()
    seen: list[str] = []
    chat.page.on("request", lambda request: seen.append(request.url.rsplit("/", 1)[1]))
    chat.launcher.click()
    chat.log.wait_for()
    assert sorted(seen) == ["chat.css", "define.js", "en.json"]


def test_an_element_placed_by_hand_is_a_panel_in_the_page(anywhere: Chat) -> None:
    anywhere.visit("/inline").log.wait_for()
    expect(anywhere.page.locator("faq-launcher")).to_have_count(0)
    expect(anywhere.page.get_by_role("region", name="Riverside Library")).to_be_visible()
    expect(anywhere.button("Close")).to_have_count(0)
    expect(anywhere.ask("How long may I keep a book?").locator("blockquote")).to_have_text(LOAN)


def test_an_element_that_cannot_be_loaded_shows_what_the_page_wrote_in_it(chat: Chat) -> None:
    chat.page.route("**/static/chat/**", lambda route: route.abort())
    chat.visit("/inline")
    expect(chat.page.get_by_role("link", name="Ask us")).to_be_visible()
    expect(chat.log).to_have_count(0)


def test_a_browser_that_is_too_old_is_led_to_the_page(chat: Chat) -> None:
    chat.page.add_init_script("CSS.supports = () => false")
    chat.visit().launcher.click()
    expect(chat.page.get_by_role("link", name="Open it as a page")).to_be_visible()
    chat.visit("/inline")
    expect(chat.page.get_by_role("link", name="Ask us")).to_be_visible()


def test_inside_another_shadow_root(chat: Chat) -> None:
    chat.visit("/nested").log.wait_for()
    chat.page.evaluate("addEventListener('faq-answer', ({ detail }) => (globalThis.heard = detail))")
    chat.ask("How long may I keep a book?")
    assert chat.page.evaluate("heard") == {
        "outcome": "answered",
        "reason": None,
        "confidence": 0.9,
        "release": "r1",
        "citations": 1,
    }


def test_the_event_has_the_text_where_the_page_asks_for_it(chat: Chat) -> None:
    chat.open("/talkative")
    chat.page.evaluate("addEventListener('faq-answer', ({ detail }) => (globalThis.heard = detail))")
    chat.ask("How long may I keep a book?")
    assert chat.page.evaluate("[heard.question, heard.answer]") == ["How long may I keep a book?", LOAN]


def test_the_page_can_open_ask_and_close(chat: Chat) -> None:
    chat.visit()
    outcome = chat.page.evaluate(
        "document.querySelector('faq-launcher').ask('What if I am late?').then(reply => reply.outcome)"
    )
    assert outcome == "conflict"
    expect(chat.panel).to_be_visible()
    expect(chat.launcher).to_have_attribute("aria-expanded", "true")
    chat.page.evaluate("document.querySelector('faq-launcher').close()")
    expect(chat.panel).to_be_hidden()
    chat.page.evaluate("document.querySelector('faq-launcher').open()")
    expect(chat.answers).to_be_visible()


def test_the_panel_stays_open_on_the_next_page_but_not_on_a_phone(visitor: Callable[..., Chat]) -> None:
    desktop, phone = visitor(), visitor(viewport={"width": 390, "height": 844})
    for chat in (desktop, phone):
        chat.open().visit("/other").launcher.wait_for()
    expect(desktop.panel).to_be_visible()
    expect(phone.page.locator("faq-chat")).to_have_count(0)


def test_a_panel_that_the_page_opens_leaves_the_focus_alone(chat: Chat) -> None:
    chat.visit("/opened")
    expect(chat.panel).to_be_visible()
    assert chat.focused().startswith("body")


def test_on_a_right_to_left_page_everything_is_mirrored(anywhere: Chat) -> None:
    anywhere.visit("/arabic")
    button = anywhere.launcher.bounding_box()
    assert button and button["x"] < 100
    anywhere.launcher.click()
    expect(anywhere.panel).to_have_attribute("dir", "rtl")
    expect(anywhere.panel).to_have_attribute("lang", "ar")
    expect(anywhere.box).to_have_attribute("placeholder", "اكتب سؤالك")
    send, box = anywhere.button("إرسال").bounding_box(), anywhere.box.bounding_box()
    assert send and box and send["x"] < box["x"]


def test_attributes_of_the_line_choose_language_side_and_theme(visitor: Callable[..., Chat]) -> None:
    chat = visitor(color_scheme="dark").open("/german")
    expect(chat.launcher).to_have_text("Frage stellen")
    box = chat.panel.bounding_box()
    assert box and box["x"] < 100
    assert chat.panel.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
    chat.ask("How long may I keep a book?")
    assert chat.api.app.config["asked"][-1]["lang"] == "de"


def test_the_colours_follow_the_visitor_and_the_page(visitor: Callable[..., Chat]) -> None:
    chat = visitor(color_scheme="dark").open()
    assert chat.panel.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(21, 24, 28)"
    chat.page.add_style_tag(
        content=":root { --faq-background: rgb(1, 2, 3) } faq-launcher::part(panel) { border-color: rgb(4, 5, 6) }"
    )
    assert chat.panel.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(1, 2, 3)"
    assert chat.panel.evaluate("node => getComputedStyle(node).borderTopColor") == "rgb(4, 5, 6)"


def test_the_owner_s_name_words_colours_and_logo(visitor: Callable[..., Chat]) -> None:
    settings = Settings(
        name="Town <hall>",
        greeting="Good day.",
        colours=Colours(accent="#ffe600", background="#fffbe6"),
        logo="http://127.0.0.1:9/logo.svg",
        strings={"en": {"launch": "Ask the town"}},
    )
    with running(stub.app(settings)) as api, running(host_pages.app(api.url)) as site:
        chat = visitor(color_scheme="dark")
        chat.host = site
        chat.open()
    expect(chat.launcher).to_have_text("Ask the town")
    expect(chat.launcher).to_have_css("background-color", "rgb(255, 230, 0)")
    expect(chat.launcher).to_have_css("color", "rgb(21, 24, 28)")
    expect(chat.page.get_by_role("dialog", name="Town <hall>")).to_contain_text("Good day.")
    expect(chat.panel).to_have_css("background-color", "rgb(255, 251, 230)")
    expect(chat.panel.locator("img")).to_have_count(0)  # it could not be loaded
