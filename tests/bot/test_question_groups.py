from bot.checks.question_groups import grouped
from bot.resources import word_vectors

POOL = ["Is there a swimming pool?", "where is the swimming pool", "SWIMMING POOL???", "a swiming pool?"]
CARD = ["What does a lost card cost?", "how much is it if I lose my card"]


def test_ways_of_asking_one_thing_are_one_group_and_the_largest_comes_first() -> None:
    questions = [CARD[0], POOL[0], POOL[1], CARD[1], POOL[2], POOL[3]]
    assert grouped(questions, word_vectors().encode) == [[1, 2, 4, 5], [0, 3]]


def test_every_question_is_in_exactly_one_group() -> None:
    questions = [*POOL, *CARD, "", "???", "12", "12", "ξένη γλώσσα", "\ud800"]
    groups = grouped(questions, word_vectors().encode)
    assert sorted(place for group in groups for place in group) == list(range(len(questions)))
    assert [8, 9] in groups


def test_nothing_is_no_group() -> None:
    assert grouped([], word_vectors().encode) == []
