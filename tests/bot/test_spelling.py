"""Which words are corrected, to what, and which never are."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.function_words import NEGATIONS
from bot.retrieval.sounds import sounds
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
    held, spoken = Reach(HELD, sounded=True), Reach(ENGLISH)
    return Speller(held, spoken, lambda word: (HELD.get(word, 0), SPOKEN.get(word, 0.0)), lambda word: sorted(HELD))


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


SOUNDED = """
    fizzio physio  resept receipt  kwestion question  akomodation accommodation  fone phone  foto photo  sircle circle
    kalendar calendar  skedule schedule  enuff enough  kemist chemist  sychology psychology  numonia pneumonia  rong wrong
    okashun occasion  mashine machine  kwik quick  telefone telephone  elefant elephant  sinamon cinnamon  seiling ceiling
    jiraf giraffe  jenerous generous  tonite tonight  akount account  akses access  rekwest request  eksersise exercise
    farmacy pharmacy  pashent patient  soshal social  klok clock  skool school  karacter character  arkitect architect
    stomak stomach  bycicle bicycle  permishun permission  registrashun registration  garaj garage  fotograph photograph
""".split()  # noqa: SIM905 - pairs


@pytest.mark.parametrize(("typed", "meant"), list(zip(SOUNDED[::2], SOUNDED[1::2], strict=True)))
def test_a_word_that_is_written_as_it_sounds(typed: str, meant: str) -> None:
    speller = Speller(Reach(SOUNDED[1::2], sounded=True), Reach(ENGLISH), lambda _word: (1, 0.0), lambda _word: [])
    assert speller.guesses(typed)[:1] == [meant]


def test_words_are_sounded_in_english_alone(typed: str = "fizzio") -> None:
    speller = Speller(Reach(["physio"]), Reach(()), lambda _word: (1, 0.0), lambda _word: [])
    assert speller.guesses(typed) == []


def test_a_nearer_spelling_comes_before_an_equal_sound() -> None:
    speller = Speller(Reach(["sale", "cellar"], sounded=True), Reach(()), lambda _word: (1, 0.0), lambda _word: [])
    assert speller.guesses("sall") == ["sale"]
    assert speller.guesses("seller") == ["cellar"]


@pytest.mark.parametrize("word", ["größe", "día", "24h", "r2d2", "привет", "no-one", ""])
def test_what_is_not_written_in_plain_letters_has_no_sound(word: str) -> None:
    assert sounds([word, "kiln"]) == ["", sounds(["kiln"])[0]]


@given(st.lists(st.text(string.ascii_lowercase, min_size=1), min_size=1))
def test_sounds_of_many_words_are_those_of_each(words: list[str]) -> None:
    assert sounds(words) == [sounds([word])[0] for word in words]


@pytest.mark.parametrize(
    "typed",
    ["kil", "kn", "liln", "gzlea", "xembershop", "24j", "25h", "1000", "withot"],
)
def test_too_short_too_far_or_a_number(speller: Speller, typed: str) -> None:
    assert speller.guesses(typed) == []


@given(st.text(string.digits + string.ascii_lowercase, min_size=1, max_size=12).filter(lambda w: any(c.isdigit() for c in w)))
def test_what_holds_a_digit_is_never_touched(typed: str) -> None:
    speller = Speller(
        Reach(["24h", "48h", "12345678", "kiln2000"], sounded=True),
        Reach(["b12"]),
        lambda word: (1, 0.0),
        lambda word: ["48h", "24h"],
    )
    assert budget(typed) == 0
    assert speller.guesses(typed) == speller.resemblances(typed) == speller.held_guesses(typed) == []


@given(st.sampled_from(sorted(NEGATIONS)), st.integers(0, 10_000))
def test_a_negation_is_neither_corrected_nor_a_correction(negation: str, seed: int) -> None:
    rng = random.Random(seed)
    place = rng.randrange(len(negation))
    slipped = negation[:place] + rng.choice(string.ascii_lowercase) + negation[place + 1 :]
    speller = Speller(
        Reach(sorted(NEGATIONS), sounded=True), Reach(sorted(NEGATIONS)), lambda word: (1, 0.0), lambda word: sorted(NEGATIONS)
    )
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
