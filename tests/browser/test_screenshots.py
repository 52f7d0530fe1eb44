"""What every state looks like: docs/screenshots, taken anew with FAQTUAL_TEST_SCREENSHOTS=1 and compared by eye."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.library import library_app
from tests.browser.pictures import smaller
from tests.browser.servers import Running, running
from web import parts
from web.command.serve import SAMPLE

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WANTED = os.environ.get("FAQTUAL_TEST_SCREENSHOTS") == "1"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not WANTED, reason="FAQTUAL_TEST_SCREENSHOTS is not 1")]

DARK = {"color_scheme": "dark"}
STATES = {
    "answer": "how mutch is a card",
    "conflict": "What if I am late?",
    "clarify": "How much is it?",
    "refusal": "Is there a swimming pool?",
    "small-talk": "hello",
    "advice": "Should I buy a card?",
    "urgent": "There is a fire",
    "busy": "busy",
}
VISITORS: dict[str, tuple[dict[str, Any], str]] = {
    "desktop": (DESKTOP, "/"),
    "phone": (PHONE, "/"),
    "dark": ({**DESKTOP, **DARK}, "/"),
    "contrast": ({**DESKTOP, **DARK, "forced_colors": "active"}, "/"),
    "arabic": (PHONE, "/arabic"),
}
SHOWN = {
    "desktop": [*STATES],
    "phone": ["answer", "conflict", "refusal"],
    "dark": ["answer", "conflict", "refusal"],
    "contrast": ["conflict"],
    "arabic": ["conflict"],
}


def save(name: str, page: Page, part: Locator | None = None) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.mouse.move(0, 0)
    png = (part or page).screenshot(animations="disabled", caret="hide")
    page.goto("about:blank")
    (FOLDER / f"{name}.png").write_bytes(smaller(png, page))


@pytest.mark.parametrize(("like", "state"), [(like, state) for like, states in SHOWN.items() for state in states])
def test_the_panel(visitor: Callable[..., Chat], like: str, state: str) -> None:
    options, path = VISITORS[like]
    chat = visitor(**options).open(path)
    chat.box.fill(STATES[state])
    chat.box.press("Enter")
    chat.page.locator("[part=answer], [part=trouble]").wait_for()
    save(f"{state}-{like}", chat.page, chat.panel)


@pytest.fixture(scope="module")
def library_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    app = library_app(tmp_path_factory.mktemp("data"))
    with running(app) as server:
        yield server
    parts.of(app).close()


@pytest.mark.parametrize(("name", "options"), [("desktop", DESKTOP), ("phone", PHONE), ("dark", {**DESKTOP, **DARK})])
def test_the_demo_page(visitor: Callable[..., Chat], library_site: Running, name: str, options: dict[str, Any]) -> None:
    chat = visitor(**options)
    chat.host = chat.api = library_site
    chat.visit("/").launcher.wait_for()
    hide_port(chat)
    if name != "phone":
        chat.ask("How long can I keep a book?")
    save(f"demo-{name}", chat.page)


@pytest.mark.parametrize(("name", "options"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_the_page_without_javascript(visitor: Callable[..., Chat], library_site: Running, name: str, options: Any) -> None:
    chat = visitor(**options, java_script_enabled=False)
    chat.host = library_site
    page = chat.visit("/chat").page
    page.get_by_role("textbox").fill("Can I bring my dog?")
    page.get_by_role("button", name="Send").click()
    save(f"page-{name}", page)


def test_the_sample_and_a_source(visitor: Callable[..., Chat], tmp_path: Path) -> None:
    """What `make serve` shows, for the README: a question with typos, its answer, and where that stands."""
    app = library_app(tmp_path, SAMPLE, name="Questions and answers")
    with running(app) as server:
        chat = visitor(viewport={"width": 1100, "height": 760})
        chat.host = chat.api = server
        answer = chat.visit("/").ask("how lnog does a sesion take?")
        hide_port(chat)
        address = answer.get_by_role("link").first.get_attribute("href") or ""
        save("sample-answer", chat.page)
        chat.visit(address.removeprefix(server.url))
        save("sample-source", chat.page)
    parts.of(app).close()


def hide_port(chat: Chat) -> None:
    """The test's free port is another one each time."""
    chat.page.evaluate(
        """server => document.querySelectorAll("code").forEach(
             code => (code.textContent = code.textContent.replace(server, "https://faq.example/")))""",
        chat.host.url,
    )
