"""Ways of asking that belong together, as an edition reads them."""

import random

import pytest

from bot.checks.question_groups import Asked, asked, grouped
from bot.edition import Edition
from tests.bot.small_editions import assistant

POOL = ["Is there a swimming pool?", "where is the swimming pool", "SWIMMING POOL???", "a swiming pool?"]
CARD = ["What does a lost card cost?", "how much is it if I lose my card"]
DOGS = ["Can I bring my dog?", "are dogs allowed inside", "is my puppy welcome"]


def read(edition: Edition, questions: list[str]) -> list[Asked]:
    return [asked(question, assistant(), edition) for question in questions]


def groups(edition: Edition, questions: list[str]) -> list[list[str]]:
    return [[questions[place] for place in places] for places in grouped(read(edition, questions))]


def test_ways_of_asking_one_thing_are_one_group_and_the_largest_comes_first(edition: Edition) -> None:
    questions = [CARD[0], POOL[0], DOGS[0], POOL[1], CARD[1], POOL[2], DOGS[1], POOL[3], DOGS[2]]
    assert groups(edition, questions) == [POOL, DOGS, CARD]


def test_what_no_document_answers_is_told_apart_by_its_words(edition: Edition) -> None:
    """Refused questions are near the same passages by accident."""
    apart = ["Is there a swimming pool?", "What is the wifi password?", "Do you sell postcards?"]
    assert groups(edition, apart) == [[question] for question in apart]


def test_the_order_of_asking_does_not_matter(edition: Edition) -> None:
    questions = [*POOL, *CARD, *DOGS]
    shuffled = random.Random(3).sample(questions, len(questions))
    assert {frozenset(group) for group in groups(edition, shuffled)} == {
        frozenset(group) for group in groups(edition, questions)
    }


@pytest.mark.parametrize("questions", [[], ["one"], ["", "???"]])
def test_few_questions(edition: Edition, questions: list[str]) -> None:
    assert sorted(place for group in grouped(read(edition, questions)) for place in group) == list(range(len(questions)))


def test_every_question_is_in_exactly_one_group(edition: Edition) -> None:
    questions = [*POOL, *CARD, "", "???", "12", "12", "ξένη γλώσσα", "\ud800"]
    found = grouped(read(edition, questions))
    assert sorted(place for group in found for place in group) == list(range(len(questions)))
    assert [8, 9] in found
