"""Word vectors: the arithmetic on a table of four words, the shipped table on everyday English."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.resources import word_vectors
from bot.retrieval.meaning import Encoder, VectorTable, WordVectors, packed, unit, unpacked

WORDS = ("price", "cost", "the", "quokka")
VECTORS = np.array([[4, 1, 0, 0], [4, 0, 1, 0], [0.1, 0.1, 0.1, 0.1], [0, 0, 0, 4]], dtype=np.float32)


@pytest.fixture
def tiny() -> WordVectors:
    codes, scales = packed(VECTORS)
    return WordVectors(VectorTable(WORDS, codes, scales, np.array([5.1, 5.0, 7.6, 0], dtype=np.float32)))


@pytest.fixture(scope="module")
def shipped() -> WordVectors:
    return word_vectors()


def cosine(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.encode([one, other])
    return float(first @ second)


def test_packing_loses_little() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 256)).astype(np.float32)
    again = unpacked(*packed(vectors))
    assert again.shape == vectors.shape
    assert np.sum(unit(again) * unit(vectors), axis=1).min() > 0.98


def test_packing_keeps_zeros() -> None:
    assert not unpacked(*packed(np.zeros((2, 4), dtype=np.float32))).any()


def test_a_text_is_the_sum_of_its_words(tiny: WordVectors) -> None:
    expected = unit(tiny.vectors(["price", "cost"]).sum(axis=0, keepdims=True))
    assert tiny.encode(["Price, COST!"]) == pytest.approx(expected)


def test_encoded_rows_have_unit_length_or_are_zero(tiny: WordVectors) -> None:
    lengths = np.linalg.norm(tiny.encode(["the price", "", "zzz 24", "quokka quokka"]), axis=1)
    assert lengths == pytest.approx([1, 0, 0, 1])


def test_nothing_to_encode(tiny: WordVectors) -> None:
    assert tiny.encode([]).shape == (0, 4)


def test_an_unknown_word_has_no_vector(tiny: WordVectors) -> None:
    assert tiny.vector("wombat") is None
    assert "wombat" not in tiny
    assert not tiny.vectors(["wombat"]).any()
    assert tiny.vectors([]).shape == (0, 4)


def test_vector_and_vectors_agree(tiny: WordVectors) -> None:
    one = tiny.vector("cost")
    assert one is not None
    assert np.array_equal(one, tiny.vectors(["wombat", "cost"])[1])


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
