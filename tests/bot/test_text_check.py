"""A text of the staff's own is held against the documents, sentence by sentence."""

import pytest

from bot.checks import checked
from bot.checks.text_check import CheckedSentence, Verdict
from bot.checks.values import borne_out
from bot.claims.measures import Quantity
from bot.claims.quantities import quantities
from bot.edition import Edition
from bot.resources import word_vectors


def check(text: str, edition: Edition) -> CheckedSentence:
    (found,) = checked(text, edition, word_vectors())
    return found


@pytest.mark.parametrize(
    "text",
    [
        "A lost card is replaced for £3.50.",
        "You can borrow up to 12 items at a time.",
        "A loan runs for three weeks.",
        "Newspapers are never lent.",
        "The reading room has seats for 40 people.",
        "A colour copy costs 40p a page.",
        "You can borrow an item for 21 days.",
        "Children do not have to pay fines.",
        "Joining costs nothing if you work in Thornbeck.",
        "You are not allowed to eat in the reading room.",
        "A meeting room is £15 per hour.",
    ],
)
def test_what_the_documents_say_is_supported(text: str, edition: Edition) -> None:
    found = check(text, edition)
    assert found.verdict is Verdict.SUPPORTED
    assert found.evidence[0].kind is None


@pytest.mark.parametrize(
    "text",
    [
        "A lost card is replaced for £5.",
        "You may borrow up to 20 items at a time.",
        "The fine for a late book is 50p a day.",
        "You may eat in the reading room.",
        "The reading room seats 60 people.",
        "A loan runs for four weeks.",
        "Newspapers can be lent.",
        "We charge for joining.",
        "Children have to pay fines.",
    ],
)
def test_what_the_documents_deny_is_contradicted(text: str, edition: Edition) -> None:
    found = check(text, edition)
    assert found.verdict is Verdict.CONTRADICTED
    assert found.evidence[0].kind is not None


@pytest.mark.parametrize(
    "text",
    [
        "The roof has solar panels.",
        "Parking costs £7.",
        "Our choir sings on Fridays.",
        "A new roof costs £90,000.",
        "You must not smoke in the garden.",
        "The bicycle shed is open until 9 pm.",
    ],
)
def test_what_the_documents_do_not_speak_of_is_not_found(text: str, edition: Edition) -> None:
    assert check(text, edition).verdict is Verdict.NOT_FOUND


def test_every_quote_stands_where_it_is_said_to(edition: Edition) -> None:
    texts = {document.name: document.text for document, _ in edition.contents.documents()}
    found = checked("A lost card costs £9. Dogs are welcome. You may renew a loan.", edition, word_vectors())
    assert [one.sentence for one in found] == ["A lost card costs £9.", "Dogs are welcome.", "You may renew a loan."]
    for one in found:
        assert all(texts[quote.document][quote.start : quote.end] == quote.quote for quote in one.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Do you have any questions?",
        "Thank you for your letter.",
        "Thanks for asking!",
        "Dear Mrs Hill,",
        "We hope that this helps.",
        "Kind regards from us all.",
        "Please do not hesitate to write again.",
    ],
)
def test_questions_greetings_and_thanks_are_passed_over(text: str, edition: Edition) -> None:
    assert checked(text, edition, word_vectors()) == ()


def quantity(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("said", "known", "same"),
    [
        ("three weeks", "21 days", True),
        ("three weeks", "20 days", False),
        ("up to 12 books", "up to 12 books", True),
        ("8 books", "up to 12 books", False),
        ("ages 6 to 8", "ages 7 and up", False),
        ("open until 6 pm", "open from 8 am to 6 pm", True),
        ("open until 7 pm", "open from 8 am to 6 pm", False),
        ("open from 8 am", "open from 8 am to 6 pm", True),
    ],
)
def test_a_value_that_is_said_is_borne_out_by_the_same_value_only(said: str, known: str, same: bool) -> None:
    assert borne_out(quantity(said), quantity(known)) is same
