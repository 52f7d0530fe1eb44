"""Small talk is recognised whole, in every language, and never swallows a question."""

import pytest

from bot.assistant import shipped
from bot.smalltalk import SmallTalk


@pytest.mark.parametrize(
    ("utterance", "kind"),
    [
        ("Hi there", SmallTalk.GREETING),
        ("Good morning, is anybody there?", SmallTalk.GREETING),
        ("ok thanks a lot!", SmallTalk.THANKS),
        ("Oh, that's kind of you.", SmallTalk.THANKS),
        ("bye", SmallTalk.GOODBYE),
        ("Who are you?", SmallTalk.IDENTITY),
        ("Can I talk to a person please?", SmallTalk.HUMAN),
        ("wow, that's a lot", SmallTalk.REACTION),
        ("Guten Tag", SmallTalk.GREETING),
        ("muchas gracias", SmallTalk.THANKS),
        ("Merci beaucoup", SmallTalk.THANKS),
        ("شكرا جزيلا", SmallTalk.THANKS),
    ],
)
def test_small_talk(utterance: str, kind: SmallTalk) -> None:
    assert shipped().phrase_book.small_talk(utterance) is kind


@pytest.mark.parametrize(
    "utterance", ["Hi, how much is it?", "thanks, and on Sundays?", "opening hours", "", "?!", "is the printer there"]
)
def test_a_question_is_no_small_talk(utterance: str) -> None:
    assert shipped().phrase_book.small_talk(utterance) is None
