"""What a visitor asks and what is shown: every outcome, on a phone and on a desktop."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import replies
from tests.browser.chat import Chat
from tests.browser.replies import CARD, LATE, LATE_DE, LATE_OLD, LOAN, RENEW

pytestmark = pytest.mark.browser


def test_an_answer_is_quoted_with_its_source(anywhere: Chat) -> None:
    answer = anywhere.open().ask("How long may I keep a book?")
    quote, source = answer.locator("blockquote"), answer.get_by_role("link")
    expect(quote).to_have_text(LOAN)
    expect(quote).to_have_attribute("lang", "en")
    expect(quote).to_have_attribute("dir", "auto")
    expect(source).to_have_attribute("href", f"{anywhere.api.url}sources/d1?start=0&end={len(LOAN)}#quote")
    expect(source).to_have_accessible_name(
        "Source 1 House rules of the library · Borrowing (opens in a new tab at the quoted place)"
    )
    assert not anywhere.errors


def test_a_source_opens_in_a_new_tab(chat: Chat) -> None:
    answer = chat.open().ask("How long may I keep a book?")
    with chat.page.expect_popup() as popup:
        answer.get_by_role("link").click()
    assert popup.value.url.startswith(f"{chat.api.url}sources/d1")


def test_a_document_on_the_web_is_linked_there_at_the_quoted_words(chat: Chat) -> None:
    answer = chat.open().ask("how mutch is a card")
    href = answer.get_by_role("link", name="On the site").get_attribute("href")
    assert href == "https://library.example/fees#:~:text=The%20card%20is%20free%20for,euros%20a%20year%20for%20adults."


def test_what_was_searched_instead_is_said(anywhere: Chat) -> None:
    answer = anywhere.open().ask("how mutch is a card")
    expect(answer).to_contain_text("Searched for: much")
    expect(answer).to_contain_text("Not in the documents: glitter")
    expect(answer.locator("blockquote")).to_have_text([CARD, RENEW])


def test_sources_that_differ_stand_side_by_side_on_a_desktop(chat: Chat) -> None:
    answer = chat.open().ask("What if I am late?")
    sides = answer.locator("[part=side]")
    expect(answer).to_contain_text("Sources differ:")
    expect(sides.locator("blockquote")).to_have_text([LATE, LATE_OLD])
    expect(sides.first).to_contain_text("Also in: House rules of the library")
    expect(sides.last).to_contain_text("Welcome leaflet · page 2 · 15 Sep")
    left, right = (sides.nth(i).bounding_box() for i in (0, 1))
    assert left and right
    assert left["y"] == right["y"]
    assert left["height"] == right["height"]
    assert left["x"] + left["width"] < right["x"]


def test_sources_that_differ_stand_under_each_other_on_a_phone(visitor: Callable[..., Chat]) -> None:
    sides = visitor(viewport={"width": 390, "height": 844}).open().ask("What if I am late?").locator("[part=side]")
    first, second = (sides.nth(i).bounding_box() for i in (0, 1))
    assert first and second
    assert first["y"] + first["height"] < second["y"]


def test_readings_to_choose_from_are_buttons(anywhere: Chat) -> None:
    answer = anywhere.open().ask("How much is it?")
    expect(answer).to_contain_text("Which one do you mean?")
    answer.get_by_role("button", name="Late returns").click()
    expect(anywhere.questions.last).to_contain_text("What if I am late?")
    expect(anywhere.answers.last).to_contain_text("Sources differ:")


def test_a_refusal_offers_the_nearest_passages_and_the_contact(anywhere: Chat) -> None:
    answer = anywhere.open().ask("Is there a swimming pool?")
    expect(answer).to_contain_text("they do not mention “swimming pool”")
    expect(answer).to_contain_text("You may mean:")
    expect(answer.locator("blockquote")).to_have_text([RENEW, CARD])
    expect(answer.get_by_role("link", name="Ask at the desk or call 01234 567890")).to_have_attribute(
        "href", "tel:+441234567890"
    )
    expect(answer.get_by_role("button", name="Copy with sources")).to_have_count(0)


@pytest.mark.parametrize("question", ["Is there a swimming pool?", "What if I am late?"])
def test_whom_to_ask_is_said_before_what_may_be_meant_and_where_sources_differ(anywhere: Chat, question: str) -> None:
    answer = anywhere.open().ask(question)
    contact = answer.locator("[part=contact]")
    expect(contact).to_have_text("Ask at the desk or call 01234 567890")
    expect(contact).to_be_in_viewport()
    nearest = answer.locator(".nearest")
    assert nearest.count() == 0 or nearest.evaluate(
        "(after, before) => before.compareDocumentPosition(after) & 4", contact.element_handle()
    )


@pytest.mark.parametrize(
    ("question", "words", "contact"),
    [
        ("hello", "Hello! What would you like to know?", True),
        ("Should I buy a card?", "Nobody can judge this from here. The documents say:", True),
        ("There is a fire", "Leave the building at once and call 112.", False),
        ("What is new?", "Riverside Library says:", False),
    ],
)
def test_other_outcomes_say_what_they_are(anywhere: Chat, question: str, words: str, contact: bool) -> None:
    answer = anywhere.open().ask(question)
    expect(answer).to_contain_text(words)
    expect(answer.locator("[part=contact]")).to_have_count(int(contact))


def test_what_is_too_long_is_kept_whole_until_it_is_shortened(anywhere: Chat) -> None:
    start = "We came by train and it rained all day. " * 13
    anywhere.open().box.fill(start + "When do you open?")
    expect(anywhere.page.get_by_text("Characters left: -37")).to_be_visible()
    expect(anywhere.status).to_have_text("Too long. Your words are kept: please shorten them.")
    expect(anywhere.box).to_have_attribute("aria-invalid", "true")
    anywhere.box.press("Enter")
    expect(anywhere.questions).to_have_count(0)
    expect(anywhere.box).to_have_value(start + "When do you open?")
    anywhere.box.fill("a" * 460)
    expect(anywhere.page.get_by_text("Characters left: 40")).to_be_visible()
    expect(anywhere.status).to_have_text("")
    anywhere.ask("How long may I keep a book?")
    expect(anywhere.page.get_by_text("Characters left")).to_have_count(0)


def test_starters_and_suggestions_are_asked_with_one_click(anywhere: Chat) -> None:
    anywhere.open().button("How long may I keep a book?").click()
    expect(anywhere.answers.first).to_contain_text(LOAN)
    anywhere.button("Can I renew a loan?").click()
    expect(anywhere.questions).to_have_count(2)
    expect(anywhere.button("What does a card cost?")).to_have_count(0)


def test_a_question_goes_out_with_the_token_of_the_reply_before(chat: Chat) -> None:
    chat.open().ask("How long may I keep a book?")
    chat.ask("What if I am late?")
    assert chat.api.app.config["asked"] == [
        {"question": "How long may I keep a book?", "conversation": None, "lang": "en"},
        {"question": "What if I am late?", "conversation": "token", "lang": "en"},
    ]


def test_a_quote_keeps_the_language_of_its_document(chat: Chat) -> None:
    quote = chat.open("/arabic").ask("Was kostet Verspätung?").locator("blockquote")
    expect(quote).to_have_text(LATE_DE)
    expect(quote).to_have_attribute("lang", "de")
    assert quote.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert chat.questions.locator("bdi").evaluate("node => getComputedStyle(node).direction") == "ltr"


def test_whatever_a_document_holds_is_shown_as_text(chat: Chat) -> None:
    answer = chat.open().ask("<b>hostile</b>")
    expect(answer).to_contain_text("<script>alert(1)</script>")
    expect(answer).to_contain_text("<img src=x onerror=alert(1)> is text.")
    expect(chat.questions).to_contain_text("<b>hostile</b>")
    assert answer.locator("img, script, i").count() == 0
    assert answer.get_by_role("link", name="On the site").count() == 0


def test_a_vote_goes_to_the_server_and_shows(anywhere: Chat) -> None:
    answer = anywhere.open().ask("How long may I keep a book?")
    answer.get_by_role("button", name="Helpful", exact=True).click()
    expect(anywhere.status).to_have_text("Thank you.")
    expect(answer.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    assert anywhere.api.app.config["votes"] == [{"id": "signed-id", "helpful": True}]


def test_a_vote_against_may_say_why(chat: Chat) -> None:
    answer = chat.open().ask("How long may I keep a book?")
    answer.get_by_role("button", name="Not helpful").click()
    answer.get_by_role("textbox", name="What was missing? (optional)").fill("Films")
    answer.get_by_role("button", name="Send comment").click()
    expect(answer.get_by_role("textbox")).to_have_count(0)
    assert chat.api.app.config["votes"][-1] == {"id": "signed-id", "helpful": False, "comment": "Films"}


def test_an_answer_is_copied_with_its_sources(visitor: Callable[..., Chat]) -> None:
    chat = visitor(permissions=["clipboard-read", "clipboard-write"]).open()
    chat.ask("how mutch is a card").get_by_role("button", name="Copy with sources").click()
    expect(chat.status).to_have_text("Copied.")
    assert chat.page.evaluate("navigator.clipboard.readText()") == (
        f"“{CARD}” [1]\n\n“{RENEW}” [2]\n\n[1] Fees, Cards, 2026-03-01 https://library.example/fees\n"
        f"[2] Welcome leaflet, 2023-09-15 {chat.api.url}sources/d3?start=0&end={len(RENEW)}#quote"
    )


def test_start_over_forgets_everything(chat: Chat) -> None:
    chat.open().ask("How long may I keep a book?")
    chat.button("Start over").click()
    expect(chat.questions).to_have_count(0)
    expect(chat.button("What if I am late?")).to_be_visible()
    chat.ask("What if I am late?")
    assert chat.api.app.config["asked"][-1]["conversation"] is None


def test_the_conversation_survives_a_reload_and_the_next_page(chat: Chat) -> None:
    chat.open().ask("How long may I keep a book?")
    chat.box.fill("half a quest")
    chat.page.reload()
    expect(chat.answers).to_contain_text([LOAN])
    expect(chat.box).to_have_value("half a quest")
    chat.visit("/other")
    chat.ask("What if I am late?")
    assert chat.api.app.config["asked"][-1]["conversation"] == "token"


def test_nothing_is_kept_beyond_the_tab(chat: Chat) -> None:
    chat.open().ask("How long may I keep a book?")
    assert chat.page.evaluate("[document.cookie, localStorage.length]") == ["", 0]
    assert chat.page.context.cookies() == []


def test_a_page_without_storage_can_chat_too(chat: Chat) -> None:
    chat.visit("/sandboxed")
    frame = chat.page.frame_locator("iframe")
    frame.get_by_role("button", name="Ask a question").click()
    frame.get_by_role("textbox", name="Your question").fill("How long may I keep a book?")
    frame.get_by_role("textbox", name="Your question").press("Enter")
    expect(frame.locator("blockquote")).to_have_text(LOAN)


def test_shift_and_enter_begin_a_line(chat: Chat) -> None:
    chat.open().box.fill("one")
    chat.box.press("Shift+Enter")
    chat.box.type("two")
    expect(chat.box).to_have_value("one\ntwo")
    expect(chat.questions).to_have_count(0)


def test_a_slow_answer_is_said_to_be_looked_for(chat: Chat) -> None:
    chat.open().box.fill("slow")
    chat.box.press("Enter")
    expect(chat.status).to_have_text("Looking through the documents…")
    chat.box.fill("the next one")
    chat.box.press("Enter")
    expect(chat.answers).to_contain_text([LOAN])
    expect(chat.status).to_be_empty()
    expect(chat.box).to_have_value("the next one")
    expect(chat.questions).to_have_count(1)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("busy", "Many questions at once. Please try again in 7 seconds."),
        ("broken", "Something went wrong on our side. Your question is kept here."),
        ("not json", "Something went wrong on our side. Your question is kept here."),
    ],
)
def test_a_failure_is_said_in_words(anywhere: Chat, question: str, words: str) -> None:
    anywhere.open().box.fill(question)
    anywhere.box.press("Enter")
    expect(anywhere.page.locator("[part=trouble]")).to_contain_text(words)


def test_a_question_that_failed_is_asked_again(chat: Chat) -> None:
    chat.api.app.config["sulks"] = 1
    chat.open().box.fill("sulk")
    chat.box.press("Enter")
    expect(chat.page.locator("[part=trouble]")).to_contain_text("The answers cannot be reached at the moment.")
    chat.button("Try again").click()
    expect(chat.answers).to_contain_text([LOAN])
    expect(chat.page.locator("[part=trouble]")).to_have_count(0)
    expect(chat.questions).to_have_count(1)


def test_offline_is_said_and_the_question_survives_a_reload(chat: Chat) -> None:
    chat.open().page.context.set_offline(True)
    chat.box.fill("How long may I keep a book?")
    chat.box.press("Enter")
    expect(chat.page.locator("[part=trouble]")).to_contain_text("You are offline. Your question is kept here.")
    chat.page.context.set_offline(False)
    chat.page.reload()
    expect(chat.box).to_have_value("How long may I keep a book?")


def test_a_chat_that_cannot_be_loaded_leaves_a_link_to_the_page(chat: Chat) -> None:
    chat.visit().page.context.set_offline(True)
    chat.launcher.click()
    link = chat.page.get_by_role("link", name="Open it as a page")
    expect(link).to_have_attribute("href", f"{chat.api.url}chat")
    expect(chat.launcher).to_have_attribute("aria-expanded", "false")
    chat.page.context.set_offline(False)
    chat.launcher.click()
    chat.log.wait_for()
    expect(link).to_have_count(0)


def test_every_outcome_is_shown_by_a_test() -> None:
    from bot.answers import Outcome

    assert {reply["outcome"] for reply in replies.REPLIES.values()} == {outcome.value for outcome in Outcome}
