"""The system's Chromium, the widget's server and a host page on another origin. Skipped where there is no Chromium."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import host as host_pages
from tests.browser import stub
from tests.browser.chat import Chat
from tests.browser.servers import Running, running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds that anything is waited for; a busy machine may need them
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
VIEWPORTS = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def api() -> Iterator[Running]:
    with running(stub.app()) as server:
        yield server


@pytest.fixture
def host(api: Running) -> Iterator[Running]:
    with running(host_pages.app(api.url)) as server:
        yield server


@pytest.fixture
def visitor(chromium: Browser, host: Running, api: Running) -> Iterator[Callable[..., Chat]]:
    """Makes a Chat in a fresh browser profile; the arguments are Playwright's of a context, a desktop by default."""
    with ExitStack() as stack:

        def make(**options: Any) -> Chat:
            context = chromium.new_context(**{**DESKTOP, "reduced_motion": "reduce", "locale": "en-GB", **options})
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE)
            return Chat(context.new_page(), host, api)

        yield make


@pytest.fixture
def chat(visitor: Callable[..., Chat]) -> Chat:
    return visitor()


@pytest.fixture(params=VIEWPORTS)
def anywhere(request: pytest.FixtureRequest, visitor: Callable[..., Chat]) -> Chat:
    """A visitor on a phone and one at a desk."""
    return visitor(**VIEWPORTS[request.param])
