"""What kind of answer a question asks for, and which sentences hold one."""

import pytest

from bot.questions import AnswerKind, analyse, asking_part, evidence, gives_a_reason, subject


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How long does a loan run?", AnswerKind.DURATION),
        ("how many weeks can I keep it", AnswerKind.DURATION),
        ("When do you open?", AnswerKind.TIME),
        ("what are the opening hours", AnswerKind.TIME),
        ("How often is it cleaned?", AnswerKind.FREQUENCY),
        ("How much is a colour copy?", AnswerKind.PRICE),
        ("what does joining cost", AnswerKind.PRICE),
        ("How many books may I take home?", AnswerKind.COUNT),
        ("How heavy is the case?", AnswerKind.SIZE),
        ("How much does the case weigh?", AnswerKind.SIZE),
        ("Where is the library?", AnswerKind.PLACE),
        ("Who was Ada Thornbeck?", AnswerKind.PERSON),
        ("Why was my card refused?", AnswerKind.REASON),
        ("How do I join?", AnswerKind.PROCEDURE),
        ("Can I bring my dog?", AnswerKind.YES_NO),
        ("What is a parish register?", AnswerKind.DEFINITION),
        ("what is your phone number", AnswerKind.CONTACT),
    ],
)
def test_a_question_asks_for_a_kind_of_answer(text: str, kind: AnswerKind) -> None:
    assert kind in analyse(text).kinds


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("A loan runs for 21 days.", AnswerKind.DURATION),
        ("It takes half an hour.", AnswerKind.DURATION),
        ("Open from 9.30 am, Monday to Friday.", AnswerKind.TIME),
        ("Filters are changed every six weeks.", AnswerKind.FREQUENCY),
        ("COLOUR COPY: 40p/page", AnswerKind.PRICE),
        ("Joining is free.", AnswerKind.PRICE),
        ("You may borrow up to 12 items.", AnswerKind.COUNT),
        ("It weighs 18 kg.", AnswerKind.SIZE),
        ("Call 0808 157 0142.", AnswerKind.CONTACT),
    ],
)
def test_a_sentence_holds_a_kind_of_answer(sentence: str, kind: AnswerKind) -> None:
    assert kind in evidence(sentence)


def test_a_sentence_without_numbers_holds_no_price_and_no_duration() -> None:
    assert not evidence("Please wipe your feet before you come upstairs.") & {AnswerKind.PRICE, AnswerKind.DURATION}


def test_a_price_question_is_no_counting_question() -> None:
    assert AnswerKind.COUNT not in analyse("How much does it cost for two?").kinds


def test_where_yes_or_no_would_do_nothing_has_to_be_held() -> None:
    assert analyse("Does the reduced rate cost less?").evident == frozenset()


def test_only_the_asking_sentence_of_a_long_message_counts() -> None:
    message = "I moved here when I was ten. My card is from 1990. Where do I renew it?"
    assert asking_part(message) == "Where do I renew it?"
    assert analyse(message).kinds == {AnswerKind.PLACE}


@pytest.mark.parametrize(
    "text", ["Am I suitable?", "Should I come in with a cold?", "Is it safe for me?", "would this be right for my son"]
)
def test_a_personal_judgement_is_advice(text: str) -> None:
    assert analyse(text).advice


@pytest.mark.parametrize("text", ["How much is it?", "Can I bring my dog?", "Is it safe?"])
def test_a_plain_question_is_no_advice(text: str) -> None:
    assert not analyse(text).advice


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What does a Day Pass cost?", "Day Pass"),
        ("how long may I keep a book", "keep book"),
        ("How many books may children take home?", "books children home"),
        ("What is the fine for a late book?", "fine late book"),  # a price, and a thing as well
        ("Is it free on Sundays?", "free Sundays"),
        ("How much is it?", ""),
    ],
)
def test_the_subject_of_a_question_is_what_it_asks_about_and_not_what_it_asks(question: str, about: str) -> None:
    assert subject(question) == about


def test_a_reason_is_said_to_be_one() -> None:
    assert gives_a_reason("No, because loose bags split.")
    assert gives_a_reason("The lid stays shut so that nothing blows away.")
    assert not gives_a_reason("Bring it back to the desk to renew it.")
