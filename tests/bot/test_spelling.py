"""Which words are corrected, to what, and which never are."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.function_words import NEGATIONS
from bot.retrieval.spelling import Reach, Speller, budget, splits

HELD = {"kiln": 9, "glaze": 7, "pottery": 5, "membership": 3, "cancel": 2, "cancels": 1, "wheel": 4, "24h": 1, "without": 2}
SPOKEN = {
    "whale": 4.4,
    "member": 5.6,
    "candle": 4.5,
    "insurance": 5.7,
    "pottery": 4.2,
    "wheel": 5.2,
    "whelp": 2.5,
    "wheal": 1.9,
}
ENGLISH = ("whale", "member", "candle", "insurance", "pottery", "whelp", "wheal", "cancels")


@pytest.fixture
def speller() -> Speller:
    return Speller(HELD, Reach(ENGLISH), lambda word: (HELD.get(word, 0), SPOKEN.get(word, 0.0)), lambda word: sorted(HELD))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kilm", "kiln"),  # one edit from four letters
        ("glzae", "glaze"),  # neighbours swapped are one edit
        ("membreshpi", "membership"),  # two edits from eight letters
        ("nembership", "membership"),  # a first letter costs both
        ("mmebership", "membership"),
        ("embership", "membership"),
        ("cancelz", "cancel"),  # two words are as near: the commoner one
        ("insurence", "insurance"),  # a word of the language that the documents lack is nearer than any of theirs
    ],
)
def test_the_likeliest_word_in_reach(speller: Speller, typed: str, meant: str) -> None:
    assert speller.guesses(typed)[0] == meant


@pytest.mark.parametrize(
    "typed",
    ["kil", "kn", "liln", "gzlea", "xembershop", "24j", "25h", "1000", "withot"],
)
def test_too_short_too_far_or_a_number(speller: Speller, typed: str) -> None:
    assert speller.guesses(typed) == []


@given(st.text(string.digits + string.ascii_lowercase, min_size=1, max_size=12).filter(lambda w: any(c.isdigit() for c in w)))
def test_what_holds_a_digit_is_never_touched(typed: str) -> None:
    speller = Speller(
        ["24h", "48h", "12345678", "kiln2000"], Reach(["b12"]), lambda word: (1, 0.0), lambda word: ["48h", "24h"]
    )
    assert budget(typed) == 0
    assert speller.guesses(typed) == speller.resemblances(typed) == speller.held_guesses(typed) == []


@given(st.sampled_from(sorted(NEGATIONS)), st.integers(0, 10_000))
def test_a_negation_is_neither_corrected_nor_a_correction(negation: str, seed: int) -> None:
    rng = random.Random(seed)
    place = rng.randrange(len(negation))
    slipped = negation[:place] + rng.choice(string.ascii_lowercase) + negation[place + 1 :]
    speller = Speller(sorted(NEGATIONS), Reach(sorted(NEGATIONS)), lambda word: (1, 0.0), lambda word: sorted(NEGATIONS))
    assert speller.guesses(negation) == []
    assert speller.guesses(slipped) == speller.resemblances(slipped) == []


def test_a_wreck_resembles_what_it_may_have_been(speller: Speller) -> None:
    assert speller.guesses("glzea") == []
    assert speller.resemblances("glzea") == ["glaze"]


def test_a_slip_for_a_real_word_stays_within_one_edit_of_a_held_one(speller: Speller) -> None:
    assert speller.is_real("whale")
    assert speller.held_guesses("wheal") == ["wheel"]  # hardly anybody says it
    assert speller.held_guesses("whale") == []  # anybody says it
    assert speller.held_guesses("candle") == []
    assert speller.held_guesses("cancelt") == ["cancel", "cancels"]  # another form


def test_nobody_meant_a_word_that_hardly_anybody_says(speller: Speller) -> None:
    assert speller.guesses("whelpp") == []


def test_words_run_together() -> None:
    held = {"day", "pass", "da", "x", "micro"}
    assert list(splits("daypass", held.__contains__)) == [("day", "pass")]
    assert list(splits("microx", held.__contains__)) == [("micro", "x")]
    assert list(splits("24pass", {"24", "pass"}.__contains__)) == []
