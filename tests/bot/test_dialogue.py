"""When an utterance leans on what was said before, and when it stands alone."""

import pytest

from bot.answers import Answer, Conversation, Outcome, PastTurn
from bot.dialogue import LONGEST_REMEMBERED, REMEMBERED, Act, already_shown, remember, resolve

PRICE = PastTurn("How much is a colour copy?", "How much is a colour copy?", Outcome.ANSWERED, ("p1",))
AFTER_PRICE = Conversation((PRICE,))


@pytest.mark.parametrize("utterance", ["and black and white?", "What about posters?", "for pupils too"])
def test_a_follow_up_is_searched_with_the_earlier_question(utterance: str) -> None:
    resolved = resolve(utterance, AFTER_PRICE, content_words=2)
    assert resolved.weight > 0
    assert resolved.query == f"{PRICE.query} {utterance}"
    assert sum(weight for _, weight in resolved.weighted()) == pytest.approx(1)


@pytest.mark.parametrize("utterance", ["how long does it take?", "is it cheaper for pupils?", "where do I get that?"])
def test_a_question_of_another_kind_takes_on_the_subject_alone(utterance: str) -> None:
    resolved = resolve(utterance, AFTER_PRICE, content_words=1)
    assert resolved.query == f"colour copy {utterance}"


def test_a_follow_up_may_be_meant_more_closely() -> None:
    second = PastTurn("is it in stock?", "colour copy is it in stock?", Outcome.ANSWERED)
    resolved = resolve("how long does it take to dry?", Conversation((PRICE, second)), content_words=2)
    assert resolved.query == "colour copy stock how long does it take to dry?"
    assert resolved.otherwise is not None
    assert resolved.otherwise.query == "is it in stock? how long does it take to dry?"
    assert resolved.otherwise.weight > resolved.weight


def test_and_the_second_may_take_the_place_of_and_the_first() -> None:
    first = PastTurn("and in black?", "How much is a colour copy? and in black?", Outcome.ANSWERED)
    resolved = resolve("and in red?", Conversation((PRICE, first)), content_words=1)
    assert resolved.query == "How much is a colour copy? and in black? and in red?"
    assert resolved.otherwise is not None
    assert resolved.otherwise.query == "How much is a colour copy? and in red?"


@pytest.mark.parametrize(("typed", "pick"), [("2", 1), ("number 1", 0), ("option 3?", 2)])
def test_a_number_picks_a_choice_that_was_offered(typed: str, pick: int) -> None:
    offered = PastTurn("how much?", "how much?", Outcome.CLARIFY)
    picked = resolve(typed, Conversation((offered,)), content_words=1)
    assert (picked.act, picked.pick) == (Act.PICK, pick)
    assert resolve(typed, AFTER_PRICE, content_words=1).act is Act.ASK


@pytest.mark.parametrize(
    "utterance",
    [
        "Different question: do I need a card?",
        "By the way, do you rent rooms?",
        "Which newspapers lie out in the reading room upstairs on Mondays?",
    ],
)
def test_another_topic_stands_alone(utterance: str) -> None:
    resolved = resolve(utterance, AFTER_PRICE, content_words=7)
    assert resolved.weight == 0
    assert PRICE.query not in resolved.query


def test_nothing_leans_on_an_empty_conversation() -> None:
    assert resolve("and that?", Conversation(), content_words=0).query == "and that?"


@pytest.mark.parametrize(
    ("utterance", "act"),
    [
        ("tell me more", Act.MORE),
        ("Anything else?", Act.MORE),
        ("are you sure?", Act.CONFIRM),
        ("really?", Act.CONFIRM),
        ("the second one", Act.PICK),
        ("why?", Act.WHY),
        ("and why is that?", Act.WHY),
        ("how come", Act.WHY),
        ("why is it so dear?", Act.ASK),
        ("2nd please", Act.PICK),
    ],
)
def test_an_utterance_about_the_answer_itself(utterance: str, act: Act) -> None:
    assert resolve(utterance, AFTER_PRICE, content_words=1).act is act


def test_the_last_one_is_picked_from_the_end() -> None:
    assert resolve("the last one", AFTER_PRICE, content_words=1).pick == -1


def test_the_same_question_again_is_noticed() -> None:
    assert resolve("how much is a colour copy", AFTER_PRICE, content_words=9).repeated


def test_a_chain_of_follow_ups_keeps_the_question_at_its_root() -> None:
    second = PastTurn("and black and white?", "How much is a colour copy? and black and white?", Outcome.ANSWERED)
    resolved = resolve("and on both sides?", Conversation((PRICE, second)), content_words=2)
    assert resolved.query == "How much is a colour copy? and black and white? and on both sides?"


def test_a_refused_question_is_not_what_a_follow_up_means() -> None:
    refused = PastTurn("is there a swimming pool?", "is there a swimming pool?", Outcome.NO_ANSWER)
    assert resolve("and in black?", Conversation((PRICE, refused)), content_words=1).earlier is PRICE


def test_a_long_message_brings_its_own_context() -> None:
    message = (
        "My sister lent me her card because mine was in the wash. I brought it back torn at a corner. Do I have to pay for it?"
    )
    resolved = resolve(message, Conversation(), content_words=12)
    assert resolved.focus == "Do I have to pay for it?"
    assert "torn at a corner" in resolved.context


def test_only_the_last_turns_are_remembered_and_shortened() -> None:
    conversation = Conversation()
    for number in range(REMEMBERED + 2):
        conversation = remember(conversation, f"{number} " + "x" * 900, Answer(Outcome.ANSWERED, query="q"), (f"p{number}",))
    assert [turn.utterance[0] for turn in conversation.turns] == ["2", "3", "4"]
    assert all(len(turn.utterance) <= LONGEST_REMEMBERED for turn in conversation.turns)
    assert already_shown(conversation) == {"p2", "p3", "p4"}
