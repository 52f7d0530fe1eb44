"""What the widget costs: the time from Enter to the visible answer, and the main thread's time on a host page before opening.

    python -m benchmarks.widget_cost [--docs DIR]

Runs the real application on loopback and the system's Chromium; figures in milliseconds.
"""

import argparse
import json
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bot.publishing import publish
from knowledge.database import connect
from knowledge.store import Store
from tests.browser import host as host_pages
from tests.browser.conftest import DESKTOP, FLAGS
from tests.browser.servers import running
from tests.corpus import FOLDER
from web import create_app, parts
from web.settings import Settings

ASKED = 20
LOADED = 20
CATEGORIES = ["devtools.timeline", "toplevel"]  # more would cost more than the widget
QUESTIONS = ("How long can I keep a book?", "Can I bring my dog?", "What do I need to join?", "When does it open on Monday?")
FROM_ENTER = """question => new Promise((resolve) => {
  const root = document.querySelector("faq-launcher").shadowRoot.querySelector("faq-chat").shadowRoot;
  const [log, box] = [root.querySelector("[role=log]"), root.querySelector("textarea")];
  const before = log.querySelectorAll("[part=answer]").length;
  new MutationObserver((_, observer) => {
    if (log.querySelectorAll("[part=answer]").length === before) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));  // after it is painted
  }).observe(log, { childList: true });
  box.value = question;
  const began = performance.now();
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
})"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--docs", type=Path, default=FOLDER)
    docs = arguments.parse_args().docs
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        settings = Settings(data=Path(data), rate_limit="")
        store = Store(connect(settings.database))
        publish(store, docs, settings.data)
        app = create_app(settings)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with running(app) as server, running(host_pages.app(server.url)) as host:
            report("first answer of a visit", [first_answer(browser, server.url, QUESTIONS[0]) for _ in range(ASKED)])
            loads = [(busy(browser, host.url, with_widget=False), busy(browser, host.url)) for _ in range(LOADED)]
        report("main thread, page without the widget", [without for without, _ in loads])
        report("main thread, page with the button", [with_widget for _, with_widget in loads])
        browser.close()
        parts.of(app).close()


def first_answer(browser: Browser, address: str, question: str) -> float:
    """Milliseconds from Enter until the answer is painted, on the demo page."""
    with browser.new_context(**DESKTOP) as context:
        page = opened(context.new_page(), address)
        found: float = page.evaluate(FROM_ENTER, question)
        return found


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_role("log").wait_for()
    return page


def busy(browser: Browser, address: str, *, with_widget: bool = True) -> float:
    """Milliseconds of processor time that the main thread takes to load the page in a fresh profile, tracing included."""
    with browser.new_context(**DESKTOP) as context:
        page = context.new_page()
        if not with_widget:
            page.route("**/widget.js", lambda route: route.abort())
        browser.start_tracing(page=page, categories=CATEGORIES)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    tasks = [event for event in events if event["name"] == "ThreadControllerImpl::RunTask" and event["ph"] == "X"]
    return sum(float(event.get("tdur", event["dur"])) for event in tasks if event["tid"] == main_of(events)) / 1000


def main_of(events: list[dict[str, Any]]) -> int:
    """The thread that parsed the page."""
    found: int = next(event["tid"] for event in events if event["name"] == "ParseHTML")
    return found


def report(name: str, figures: list[float]) -> None:
    ordered = sorted(figures)
    print(f"{name}: median {statistics.median(ordered):.1f} ms, from {ordered[0]:.1f} to {ordered[-1]:.1f}, n={len(ordered)}")


if __name__ == "__main__":
    main()
