"""The widget on a page as a visitor meets it: a Playwright page in, what can be done and read there out."""

from playwright.sync_api import Locator, Page

from tests.browser.servers import Running


class Chat:
    """Locators look into open shadow roots, so they read as if the widget were part of the page."""

    def __init__(self, page: Page, host: Running, api: Running) -> None:
        self.page = page
        self.host = host
        self.api = api
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def visit(self, path: str = "/") -> "Chat":
        self.page.goto(self.host.url + path.lstrip("/"))
        return self

    def open(self, path: str = "/") -> "Chat":
        """Visits the page and opens the panel by its launcher."""
        self.visit(path)
        self.launcher.click()
        self.log.wait_for()
        return self

    def ask(self, question: str) -> Locator:
        """Types the question, sends it with Enter, and gives the answer once it is there."""
        before = self.answers.count()
        self.box.fill(question)
        self.box.press("Enter")
        answer = self.answers.nth(before)
        answer.wait_for()
        return answer

    @property
    def launcher(self) -> Locator:
        return self.page.locator("faq-launcher > button, faq-launcher button[part=button]").first

    @property
    def panel(self) -> Locator:
        return self.page.locator("faq-chat .panel")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def status(self) -> Locator:
        return self.page.locator("faq-chat [role=status]")

    @property
    def box(self) -> Locator:
        return self.page.locator("faq-chat textarea")

    @property
    def answers(self) -> Locator:
        return self.page.locator("faq-chat [part=answer]")

    @property
    def questions(self) -> Locator:
        return self.page.locator("faq-chat [part=question]")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def focused(self) -> str:
        """The tag, and the label where there is one, of what has the focus, inside shadow roots."""
        return str(self.page.evaluate(_FOCUSED))


_FOCUSED = """() => {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return [found.localName, found.getAttribute("aria-label") ?? found.textContent.trim().slice(0, 40)].filter(Boolean).join(" ");
}"""
