"""A text of the staff's own is held against the documents, sentence by sentence."""

import pytest

from bot.checks import checked
from bot.checks.text_check import CheckedSentence, Verdict
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
    ],
)
def test_what_the_documents_deny_is_contradicted(text: str, edition: Edition) -> None:
    found = check(text, edition)
    assert found.verdict is Verdict.CONTRADICTED
    assert found.evidence[0].kind is not None


@pytest.mark.parametrize("text", ["The roof has solar panels.", "Parking costs £7.", "Our choir sings on Fridays."])
def test_what_the_documents_do_not_speak_of_is_not_found(text: str, edition: Edition) -> None:
    assert check(text, edition).verdict is Verdict.NOT_FOUND


def test_every_quote_stands_where_it_is_said_to(edition: Edition) -> None:
    texts = {document.name: document.text for document, _ in edition.contents.documents()}
    found = checked("A lost card costs £9. Dogs are welcome. You may renew a loan.", edition, word_vectors())
    assert [one.sentence for one in found] == ["A lost card costs £9.", "Dogs are welcome.", "You may renew a loan."]
    for one in found:
        assert all(texts[quote.document][quote.start : quote.end] == quote.quote for quote in one.evidence)


def test_questions_and_greetings_are_passed_over(edition: Edition) -> None:
    assert checked("Do you have any questions?", edition, word_vectors()) == ()
