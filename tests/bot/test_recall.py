"""Vectors are made once, and are the same whatever was asked for before."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.recall import Recall


class Maker:
    """A word's vector is its length and its first letter."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, words: Sequence[str]) -> NDArray[np.float32]:
        self.made += words
        return np.array([[len(word), ord(word[0])] for word in words], dtype=np.float32).reshape(-1, 2)


def test_a_word_is_made_once() -> None:
    make = Maker()
    recall = Recall(2, make)
    first, again = recall.of(["one", "three", "one"]), recall.of(["three", "two"])
    assert first.tolist() == [[3, 111], [5, 116], [3, 111]]
    assert again.tolist() == [[5, 116], [3, 116]]
    assert make.made == ["one", "three", "two"]


def test_a_full_table_is_begun_anew() -> None:
    make = Maker()
    recall = Recall(2, make, most=2)
    for words in (["a", "b"], ["b", "c"], ["c", "b"], ["d", "e", "f"], ["c", "b"]):
        assert recall.of(words).tolist() == Maker()(words).tolist()
    assert make.made == ["a", "b", "b", "c", "d", "e", "f", "c", "b"]


def test_no_words_have_no_vectors() -> None:
    assert Recall(2, Maker()).of([]).shape == (0, 2)
