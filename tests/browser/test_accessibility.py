"""For everybody: axe on every state, the keyboard alone, what a screen reader is told, forced colours, small windows."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.replies import REPLIES

pytestmark = pytest.mark.browser

LIKES = {
    "desktop": DESKTOP,
    "phone": PHONE,
    "dark": {**DESKTOP, "color_scheme": "dark"},
    "phone, forced colours": {**PHONE, "forced_colors": "active"},
}
TARGET = 44  # CSS pixels, on touch
INSERTIONS = """log => {
  globalThis.inserted = [];
  const note = ({ addedNodes }) => inserted.push(...[...addedNodes].map(node => node.className));
  new MutationObserver(found => found.forEach(note)).observe(log, { childList: true, subtree: true });
}"""


def violations(chat: Chat) -> list[str]:
    return violations_on(chat.page)


def violations_on(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    return [
        f"{rule['id']}: {[(node['target'], node['failureSummary']) for node in rule['nodes']]}"
        for rule in found.response["violations"]
    ]


@pytest.mark.parametrize("like", LIKES)
def test_axe_finds_nothing_in_any_state(visitor: Callable[..., Chat], like: str) -> None:
    chat = visitor(**LIKES[like]).visit("/strict")
    found = {"closed": violations(chat)}
    chat.launcher.click()
    chat.log.wait_for()
    found["empty"] = violations(chat)
    for question in REPLIES:
        chat.ask(question)
        found[question] = violations(chat)
    chat.answers.first.get_by_role("button", name="Not helpful").click()
    chat.page.get_by_role("textbox", name="What was missing? (optional)").wait_for()
    found["comment"] = violations(chat)
    chat.box.fill("busy")
    chat.box.press("Enter")
    chat.page.locator("[part=trouble]").wait_for()
    found["trouble"] = violations(chat)
    assert {state: rules for state, rules in found.items() if rules} == {}


@pytest.mark.parametrize("path", ["/arabic", "/german", "/inline", "/nested"])
def test_axe_finds_nothing_on_other_pages(chat: Chat, path: str) -> None:
    chat.visit(path)
    if path in ("/arabic", "/german"):
        chat.launcher.click()
    chat.ask("What if I am late?")
    chat.ask("Is there a swimming pool?")
    assert violations(chat) == []


@pytest.mark.parametrize("accent", ["#ffe600", "#000000", "#7a1fa2", "#9be7a8"])
def test_axe_finds_nothing_with_any_accent_of_the_owner(visitor: Callable[..., Chat], accent: str) -> None:
    from web.look import style
    from web.options import Colours

    chat = visitor()
    chat.visit().page.add_style_tag(content=style(Colours(accent=accent)).replace("--owner-", "--faq-"))
    chat.launcher.click()
    chat.ask("how mutch is a card")
    chat.ask("What if I am late?")
    assert violations(chat) == []


def test_by_keyboard_alone(chat: Chat) -> None:
    press = chat.page.keyboard.press
    chat.visit()
    for _ in range(2):
        press("Tab")
    assert chat.focused() == "button Ask a question"
    press("Enter")
    chat.log.wait_for()
    expect(chat.box).to_be_focused()
    chat.page.keyboard.type("What if I am late?")
    press("Enter")
    expect(chat.answers).to_have_count(1)
    expect(chat.box).to_be_focused()
    walked = [chat.focused() for _ in range(8) if not press("Shift+Tab")]
    assert walked[:3] == ["button Not helpful", "button Helpful", "button Copy with sources"]
    assert "a Ask at the desk" in walked[3]
    assert "a Source 2Welcome leaflet · page 2" in walked[4]
    press("Escape")
    expect(chat.panel).to_be_hidden()
    assert chat.focused() == "button Ask a question"
    press("Space")
    expect(chat.box).to_be_focused()
    expect(chat.answers).to_be_visible()


def test_after_every_button_the_focus_is_somewhere_sensible(chat: Chat) -> None:
    chat.open().button("What if I am late?").click()
    expect(chat.answers).to_have_count(1)
    expect(chat.box).to_be_focused()
    chat.button("Start over").click()
    expect(chat.box).to_be_focused()
    chat.api.app.config["sulks"] = 1
    chat.box.fill("sulk")
    chat.box.press("Enter")
    chat.button("Try again").press("Enter")
    expect(chat.answers).to_have_count(1)
    expect(chat.box).to_be_focused()
    chat.button("Close").click()
    assert chat.focused() == "button Ask a question"


def test_a_touch_screen_keeps_its_keyboard_away(visitor: Callable[..., Chat]) -> None:
    chat = visitor(**PHONE).open()
    expect(chat.log).to_be_focused()
    chat.button("What if I am late?").tap()
    expect(chat.answers).to_have_count(1)
    expect(chat.log).to_be_focused()


def test_leaving_a_panel_that_covers_the_window_closes_it(visitor: Callable[..., Chat]) -> None:
    chat = visitor(viewport={"width": 390, "height": 844}).open()
    chat.box.focus()
    chat.page.evaluate("document.querySelector('a').focus()")
    expect(chat.panel).to_be_hidden()
    assert chat.focused() == "a Another page"


def test_what_a_screen_reader_is_told(chat: Chat) -> None:
    chat.visit()
    for name, value in {"aria-expanded": "false", "aria-haspopup": "dialog"}.items():
        expect(chat.launcher).to_have_attribute(name, value)
    chat.launcher.click()
    expect(chat.launcher).to_have_attribute("aria-expanded", "true")
    dialog = chat.page.get_by_role("dialog", name="Riverside Library")
    expect(dialog).to_be_visible()
    expect(dialog).not_to_have_attribute("aria-modal", "true")
    expect(chat.log).to_have_accessible_name("Conversation")
    expect(chat.box).to_have_accessible_name("Your question")
    expect(chat.status).to_have_count(1)
    expect(chat.page.get_by_role("list", name="For example")).to_be_visible()


def test_each_message_is_inserted_once(chat: Chat) -> None:
    chat.open().log.evaluate(INSERTIONS)
    chat.ask("What if I am late?")
    assert chat.page.evaluate("inserted") == ["question", "answer conflict"]


def test_old_messages_are_there_before_the_log_is(chat: Chat) -> None:
    """A live region that comes with its text is not announced."""
    chat.open().ask("What if I am late?")
    chat.page.add_init_script(
        """const attach = DocumentFragment.prototype.replaceChildren;
           ShadowRoot.prototype.replaceChildren = function (...nodes) {
             globalThis.messages = nodes[0]?.querySelectorAll?.("[part=answer]").length;
             attach.apply(this, nodes);
           }"""
    )
    chat.page.reload()
    chat.answers.wait_for()
    assert chat.page.evaluate("messages") == 1


def test_targets_are_large_on_a_touch_screen(visitor: Callable[..., Chat]) -> None:
    chat = visitor(**PHONE).visit()
    small = too_small(chat.launcher)
    chat.launcher.tap()
    for question in ("What if I am late?", "How much is it?", "hello"):
        chat.ask(question)
    assert small + too_small(chat.page.locator("faq-chat :is(button, a, textarea)")) == []


def too_small(targets: Locator) -> list[str]:
    boxes: list[tuple[str, dict[str, Any]]] = targets.evaluate_all(
        "all => all.filter(n => n.checkVisibility()).map(n => [n.outerHTML.slice(0, 80), n.getBoundingClientRect().toJSON()])"
    )
    return [name for name, box in boxes if box["height"] < TARGET or box["width"] < TARGET]


@pytest.mark.parametrize("size", [(320, 256), (320, 640), (1280, 300)])
def test_nothing_is_cut_off_at_four_hundred_percent(visitor: Callable[..., Chat], size: tuple[int, int]) -> None:
    width, height = size
    chat = visitor(viewport={"width": width, "height": height}).open()
    chat.ask("What if I am late?")
    assert chat.panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    for part in (chat.button("Start over"), chat.answers.last.locator("blockquote").last, chat.box, chat.button("Send")):
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        assert box
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["y"] >= 0 and box["y"] + box["height"] <= height


def test_motion_is_reduced_for_who_asks_for_it(visitor: Callable[..., Chat]) -> None:
    moving, still = visitor(reduced_motion="no-preference").open(), visitor(reduced_motion="reduce").open()
    name = "node => getComputedStyle(node).animationName"
    assert moving.panel.evaluate(name) == "rise"
    assert still.panel.evaluate(name) == "none"
