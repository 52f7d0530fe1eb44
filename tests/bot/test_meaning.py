"""Word vectors: the arithmetic on a table of four words, the shipped table on everyday English."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.resources import word_vectors
from bot.retrieval.meaning import Encoder, VectorTable, WordVectors, gram_rows, packed, unit

WORDS = ("price", "cost", "the", "quokka", "costly")
VECTORS = np.array([[4, 1, 0, 0], [4, 0, 1, 0], [0.1, 0.1, 0.1, 0.1], [0, 0, 0, 4]], dtype=np.float32)
FREQUENCIES = np.array([5.1, 5.0, 7.6, 0, 4.2], dtype=np.float32)
BUCKETS = 4096


@pytest.fixture
def tiny() -> WordVectors:
    """Four words with a vector, a fifth without; runs of letters that "cost" is made of point where it does."""
    grams = np.tile(np.array([0, -1, 0, 0], dtype=np.float32), (BUCKETS, 1))
    grams[gram_rows("cost", BUCKETS)] = VECTORS[1]
    return WordVectors(VectorTable(WORDS, FREQUENCIES, packed(VECTORS), packed(grams)))


@pytest.fixture(scope="module")
def shipped() -> WordVectors:
    return word_vectors()


def cosine(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.encode([one, other])
    return float(first @ second)


def test_packing_loses_little() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 256)).astype(np.float32)
    again = packed(vectors).take(np.arange(50))
    assert again.shape == vectors.shape
    assert np.sum(unit(again) * unit(vectors), axis=1).min() > 0.98


def test_packing_keeps_zeros() -> None:
    assert not packed(np.zeros((2, 4), dtype=np.float32)).take(np.arange(2)).any()


def test_a_text_is_the_sum_of_its_words(tiny: WordVectors) -> None:
    expected = unit(tiny.vectors(["price", "cost"]).sum(axis=0, keepdims=True))
    assert tiny.encode(["Price, COST!"]) == pytest.approx(expected)


def test_encoded_rows_have_unit_length_or_are_zero(tiny: WordVectors) -> None:
    lengths = np.linalg.norm(tiny.encode(["the price", "", "24 + 48", "quokka quokka"]), axis=1)
    assert lengths == pytest.approx([1, 0, 0, 1])


def test_nothing_to_encode(tiny: WordVectors) -> None:
    assert tiny.encode([]).shape == (0, 4)


def test_a_word_that_is_not_listed_has_a_guess_at_most(tiny: WordVectors) -> None:
    assert tiny.vector("wombat") is None
    assert "wombat" not in tiny
    assert np.linalg.norm(tiny.vectors(["wombat"])[0]) == pytest.approx(1)
    assert tiny.vectors([]).shape == (0, 4)


@pytest.mark.parametrize("word", ["costly", "costs", "overcost"])
def test_letters_suggest_a_meaning(tiny: WordVectors, word: str) -> None:
    guess, cost, price = unit(tiny.vectors([word, "cost", "quokka"]))
    assert guess @ cost > 0.5 > guess @ price


def test_a_listed_word_without_a_row_has_its_guess(tiny: WordVectors) -> None:
    guess = tiny.vector("costly")
    assert guess is not None
    assert np.array_equal(guess, tiny.vectors(["quokka", "costly"])[1])


def test_numbers_and_nothing_have_no_guess(tiny: WordVectors) -> None:
    assert not tiny.vectors(["24", "48", "0.5", "1,200", ""]).any()


def test_one_guess_does_not_depend_on_the_others(tiny: WordVectors) -> None:
    words = [f"wombat{letter}" for letter in "abcdefghij"] * 100
    together = tiny.vectors(words)
    assert all(np.array_equal(tiny.vectors([word])[0], row) for word, row in zip(words[:10], together[-10:], strict=True))


def test_vector_and_vectors_agree(tiny: WordVectors) -> None:
    one = tiny.vector("cost")
    assert one is not None
    assert np.array_equal(one, tiny.vectors(["24", "cost"])[1])


def test_a_word_without_frequency_is_no_real_word(tiny: WordVectors) -> None:
    assert "quokka" in tiny
    assert not tiny.is_word("quokka")
    assert tiny.is_word("price")
    assert tiny.frequency("wombat") == 0.0


@given(st.lists(st.text(max_size=40), max_size=6))
def test_a_text_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    together = word_vectors().encode(texts)
    for text, row in zip(texts, together, strict=True):
        assert np.array_equal(word_vectors().encode([text])[0], row)


def test_many_threads_give_the_same_numbers(shipped: WordVectors) -> None:
    texts = [
        f"{first} {second}" for first in ("where", "how much", "can my child") for second in ("ticket", "bus", "refund")
    ] * 200
    alone = shipped.encode(texts)
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: shipped.encode(texts), range(16)):
            assert np.array_equal(found, alone)


@pytest.mark.parametrize(
    ("word", "related", "unrelated"),
    [
        ("bicycle", "bike", "invoice"),
        ("price", "cost", "window"),
        ("doctor", "physician", "parking"),
        ("colour", "color", "collar"),
        ("kids", "children", "payment"),
        ("refund", "reimbursement", "umbrella"),
    ],
)
def test_related_words_are_nearer(shipped: WordVectors, word: str, related: str, unrelated: str) -> None:
    assert cosine(shipped, word, related) > 0.4 > cosine(shipped, word, unrelated)


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("how much is it for pensioners", "The fee for seniors is 4 euros.", "The office opens at nine in the morning."),
        ("can my dog come along", "Pets are welcome on the lead.", "You can pay by credit card."),
        ("i lost my keys", "Missing property is kept at the reception.", "Breakfast is included in the rate."),
    ],
)
def test_an_answer_without_shared_words_is_nearer(shipped: WordVectors, question: str, answer: str, other: str) -> None:
    assert cosine(shipped, question, answer) > cosine(shipped, question, other)


@pytest.mark.parametrize("number", ["24", "48", "0.5", "1,200"])
def test_numbers_have_no_vector(shipped: WordVectors, number: str) -> None:
    assert shipped.vector(number) is None


@pytest.mark.parametrize("word", ["microwaving", "children", "colour", "dont", "whats", "the"])
def test_english_words_are_real(shipped: WordVectors, word: str) -> None:
    assert shipped.is_word(word)


@pytest.mark.parametrize("word", ["teh", "anywere", "mutch", "xqzt", "", "24"])
def test_misspellings_are_not(shipped: WordVectors, word: str) -> None:
    assert not shipped.is_word(word)
