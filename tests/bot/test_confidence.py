"""How sure an answer is: from 0 to 1, the same everywhere, and lower where the words of the question are not met."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import shipped
from bot.candidates import Candidate
from bot.confidence import SIGNALS, Met, confidence, logistic, met, signals, unmet
from bot.edition import Edition
from bot.features import FEATURES
from bot.finding import Finder, Found
from bot.resources import word_vectors
from tests.bot.small_editions import WEIGHTS


def found(edition: Edition, question: str) -> Found:
    return Finder(edition, WEIGHTS.ranking).find(question, [(question, 1.0)])


def seen(result: Found) -> dict[str, float]:
    return dict(zip(SIGNALS, signals(result.searches, result.ranked, word_vectors()), strict=True))


def how_met(edition: Edition, question: str, words: str) -> Met:
    result = found(edition, question)
    [candidate] = [c for c in result.ranked if words in c.text]
    heading = candidate.passage.heading
    above = heading.of(candidate.document.text) if heading else ""
    return met(result.focus.query, f"{above} {candidate.text}", "en", word_vectors())


def test_words_of_the_passage_are_met_fully(edition: Edition) -> None:
    assert how_met(edition, "how much is the fine for a late book?", "fine for a late") == Met(1.0, 1.0, 1.0, 0.0)


def test_another_form_of_a_word_is_the_word(edition: Edition) -> None:
    assert how_met(edition, "are there fines for late books?", "fine for a late").least == 1.0


def test_an_owners_synonym_is_the_word(edition: Edition) -> None:
    asked = found(edition, "is there a volcano for a late book?").focus.query
    text = "We charge a fine for a late book."
    assert met(asked, text, "en", word_vectors()).least < 0.5
    assert met(replace(asked, synonyms=(("volcano", "fine"),)), text, "en", word_vectors()) == Met(1.0, 1.0, 1.0, 0.0)


def test_a_strange_word_is_told_apart_from_another_word_for_the_thing(edition: Edition) -> None:
    asked = found(edition, "do kids pay a volcano?").focus.query
    assert {"kids", "volcano"} <= set(asked.unknown)
    assert unmet(asked, "Children pay half.", "en", word_vectors()) == ("volcano",)


def test_a_word_of_the_heading_is_met_as_well(edition: Edition) -> None:
    assert how_met(edition, "how long can I keep a book?", "Four weeks").least == 1.0


def test_a_related_word_is_met_in_part_and_a_strange_one_hardly(edition: Edition) -> None:
    related = how_met(edition, "is there a penalty for a late book?", "fine for a late")
    strange = how_met(edition, "is there a volcano for a late book?", "fine for a late")
    assert 0 < strange.unknown < related.unknown < 1
    assert strange.mean < related.mean < 1
    assert strange.least < related.least
    assert strange.heaviest > 0


def test_a_question_without_content_words_leaves_nothing_unmet(edition: Edition) -> None:
    assert how_met(edition, "how is it?", "fine for a late") == Met(1.0, 1.0, 1.0, 0.0)


def test_what_says_the_same_is_no_rival(edition: Edition) -> None:
    ranked = found(edition, "what is the fine for a late book?").ranked
    twins = (ranked[0], ranked[0], *ranked[1:])
    searches = found(edition, "what is the fine for a late book?").searches
    assert signals(searches, twins[:3], word_vectors()) == signals(searches, ranked[:2], word_vectors())


def test_unknown_words_are_seen(edition: Edition) -> None:
    assert seen(found(edition, "what is the fine for a late book?"))["met_unknown"] == 1
    assert seen(found(edition, "what is the fine for a late zeppelin?"))["met_unknown"] < 1


def test_a_clear_answer_has_a_margin(edition: Edition) -> None:
    clear, vague = (seen(found(edition, q)) for q in ("what does the meeting room cost per hour?", "may I do it?"))
    assert clear["margin"] > vague["margin"]
    assert clear["rivals"] < vague["rivals"]


def test_nothing_found_is_nothing_sure(edition: Edition) -> None:
    none: tuple[Candidate, ...] = ()
    assert confidence(found(edition, "dogs").searches, none, word_vectors(), WEIGHTS) == 0.0


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("How long can I keep a book?", "How long is a year on Neptune?"),
        ("Who was Ada Thornbeck?", "Who was the emperor of Ethiopia?"),
        ("What happens if I bring a book back late?", "What happens if I divide by zero?"),
    ],
)
def test_the_shipped_weights_are_surer_of_what_the_documents_hold(edition: Edition, asked: str, missing: str) -> None:
    weights = shipped().weights
    results = (Finder(edition, weights.ranking).find(q, [(q, 1.0)]) for q in (asked, missing))
    sure, unsure = (confidence(r.searches, r.ranked, word_vectors(), weights) for r in results)
    assert unsure < weights.operating_point <= sure


def test_weights_name_what_there_is() -> None:
    for weights in (shipped().weights, WEIGHTS):
        assert weights.confidence.keys() <= {*SIGNALS}
        assert weights.ranking.keys() <= {*FEATURES}
    assert 0 < shipped().weights.operating_point < 1


values = st.lists(st.floats(-1e6, 1e6), min_size=len(SIGNALS), max_size=len(SIGNALS))


@given(values, values)
def test_any_signals_give_a_probability_of_four_places(given_signals: list[float], weights: list[float]) -> None:
    sure = logistic(given_signals, dict(zip(SIGNALS, weights, strict=True)))
    assert 0 <= sure <= 1
    assert round(sure, 4) == sure


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_more_of_a_good_signal_is_never_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    rest = [0.0] * (len(SIGNALS) - 1)
    assert logistic([low, *rest], {SIGNALS[0]: 1.0}) <= logistic([high, *rest], {SIGNALS[0]: 1.0})
    assert logistic([0.0, *rest], {SIGNALS[0]: 1.0}) == 0.5
    assert math.isclose(logistic([1.0, *rest], {SIGNALS[0]: 1.0}), 0.7311)
