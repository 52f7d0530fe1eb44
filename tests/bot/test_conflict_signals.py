"""What tells two things apart: a word before a noun, a place; how much the words of two rules have in common."""

import pytest

from bot.claims import Claim
from bot.consistency import likeness_in, statements_of
from bot.consistency.compounds import LEAST, narrower
from bot.consistency.likeness import Likeness
from bot.consistency.meanings import meanings_of
from bot.consistency.pairing import FEW, MANY, NEAREST, NEAREST_OF_MANY, quantity_pairs
from bot.consistency.places import other_place
from bot.consistency.propositions import in_order, signals
from bot.consistency.stance_parts import PARTS, parts
from bot.resources import word_vectors
from knowledge.passages import split
from tests.corpus import plain

LIKENESS = likeness_in((), word_vectors())


def claims_of(text: str) -> list[Claim]:
    document = plain(text)
    return [claim for statement in statements_of([(document, split(document))]) for claim in statement.claims]


def quantity_of(text: str) -> Claim:
    return next(claim for claim in claims_of(text) if claim.quantity)


def rule_of(text: str) -> Claim:
    return next(claim for claim in claims_of(text) if claim.stance)


@pytest.mark.parametrize(
    ("one", "other", "is_narrower"),
    [
        ("Departure is by 11 am.", "Late departure is by 2 pm.", True),
        ("Lunch costs £12.", "Sunday lunch costs £24.", True),
        ("A towel costs £2.", "A beach towel costs £5.", True),
        ("A towel costs £2.", "The towel costs £5.", False),
        ("A towel costs £2.", "A boat costs £5.", False),
    ],
)
def test_a_word_before_a_noun_of_both_makes_it_a_narrower_one(one: str, other: str, *, is_narrower: bool) -> None:
    found = narrower(quantity_of(one), quantity_of(other), LIKENESS)
    assert (found >= LEAST) is is_narrower
    assert found == narrower(quantity_of(other), quantity_of(one), LIKENESS)


@pytest.mark.parametrize(
    ("one", "other", "is_other"),
    [
        ("Dogs may not come into the café.", "Dogs may run in the garden.", True),
        ("Do not leave bags in the corridor.", "You can leave bags in the lockers.", True),
        ("Dogs may not come into the café.", "Dogs are welcome in the café.", False),
        ("Dogs may not come into the café.", "Dogs are welcome.", False),
        ("You may not smoke at any time.", "You may smoke on Mondays in the yard.", False),
    ],
)
def test_two_rules_each_for_a_place_of_its_own(one: str, other: str, *, is_other: bool) -> None:
    assert other_place(rule_of(one), rule_of(other), LIKENESS) is is_other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("No cash, please.", "You can pay in cash at the desk."),
        ("Dogs are not allowed on the lawn.", "Well-behaved dogs are welcome on the lawn in winter."),
        ("You must wear a helmet on the wall.", "A helmet is not required for children."),
    ],
)
def test_words_in_common_are_reckoned_on_arrays_as_word_by_word(one: str, other: str) -> None:
    first, second = in_order(rule_of(one), rule_of(other))
    by_word = signals(first, second, LIKENESS, one_document=False)
    assert by_word is not None
    on_arrays = dict(zip(PARTS, parts(first, second, LIKENESS), strict=True))
    for name in ("shared", "denied", "missing", "strange", "whole", "most", "near", "other condition", "own condition"):
        assert on_arrays[name] == pytest.approx(by_word[name], abs=0.001), name


def test_a_word_moves_where_its_rarity_does() -> None:
    counted = Likeness(word_vectors(), {"dog": 400, "owl": 1, "fox": 3}, 5000)
    later = Likeness(word_vectors(), {"dog": 401, "owl": 2, "fox": 3, "elk": 2}, 5000)
    assert counted.moved(later) == later.moved(counted) == frozenset({"owl", "elk"})
    assert counted.moved(Likeness(word_vectors(), {"dog": 400}, 5001)) is None


def test_among_many_claims_each_is_held_against_few() -> None:
    few, many = (_most_held_against(count) for count in (FEW // 4, MANY + 50))
    assert NEAREST_OF_MANY < few <= 2 * NEAREST
    assert many <= 2 * NEAREST_OF_MANY


def _most_held_against(count: int) -> int:
    """The mean number of pairs that a claim is in, where all say much the same."""
    placed = [(one, split(one)) for one in (plain(f"A locker key costs £{k}.", f"{k}.txt") for k in range(1, count + 1))]
    statements = statements_of(placed)
    pairs = quantity_pairs(statements, likeness_in(placed, word_vectors()), meanings_of(statements, word_vectors()))
    return round(2 * len(pairs.first) / count)
