"""Which words are related: the same whether an earlier outcome is known or not, whatever words that one was about."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.retrieval.kin import MOST, Kin, kin_of
from bot.retrieval.senses import Directions, directions

WORDS = tuple(sorted(f"word{number}" for number in range(120)))
# Few dimensions: many words are equally close, and most have more relatives than are kept.
DIRECTIONS = directions(np.random.default_rng(4).normal(size=(len(WORDS), 4)).astype(np.float32))

some = st.sets(st.sampled_from(range(len(WORDS))), min_size=0, max_size=len(WORDS)).map(sorted)


def _chosen(numbers: list[int]) -> tuple[tuple[str, ...], Directions]:
    return tuple(WORDS[number] for number in numbers), DIRECTIONS.take(np.array(numbers, dtype=np.int64))


def _plain(kin: Kin) -> tuple[object, ...]:
    return kin.words, kin.rows.values.tolist(), kin.rows.starts.tolist(), kin.closeness.tolist()


@settings(max_examples=200, deadline=None)
@given(before=some, now=some)
def test_an_earlier_outcome_changes_nothing(before: list[int], now: list[int]) -> None:
    assert _plain(kin_of(*_chosen(now), kin_of(*_chosen(before)))) == _plain(kin_of(*_chosen(now)))


@settings(max_examples=50, deadline=None)
@given(gone=st.sets(st.sampled_from(range(len(WORDS))), max_size=3))
def test_a_few_words_less_or_more_change_what_they_should(gone: set[int]) -> None:
    everything, rest = list(range(len(WORDS))), [number for number in range(len(WORDS)) if number not in gone]
    assert _plain(kin_of(*_chosen(rest), kin_of(*_chosen(everything)))) == _plain(kin_of(*_chosen(rest)))
    assert _plain(kin_of(*_chosen(everything), kin_of(*_chosen(rest)))) == _plain(kin_of(*_chosen(everything)))


def test_the_closest_are_kept_and_the_closest_of_them_comes_first() -> None:
    kin = kin_of(WORDS, DIRECTIONS)
    cosines = DIRECTIONS.cosines(DIRECTIONS)
    assert max(kin.rows.lengths) == MOST
    for number in range(len(WORDS)):
        row = kin.rows.row(number)
        found = cosines[number, row]
        assert number not in row
        assert np.all(np.diff(found) < 0.01)
        others = np.delete(cosines[number], [number, *row])
        assert len(row) < MOST or others.max() <= found.min() + 0.01
