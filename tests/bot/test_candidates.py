"""Which sentences may answer, what is seen of them, and how weights put them in order."""

import gc
import weakref
from pathlib import Path

import pytest

from bot.candidates import Candidate, Candidates
from bot.edition import Edition
from bot.facts import FactBook
from bot.features import FEATURES, gather, rank
from bot.finding import Finder, Found
from tests.bot.small_editions import edition_of

NO_WEIGHTS: dict[str, float] = {}


def found(edition: Edition, question: str, weights: dict[str, float] | None = None) -> Found:
    return Finder(edition, weights or NO_WEIGHTS).find(question, [(question, 1.0)])


def best(edition: Edition, question: str, **weights: float) -> Candidate:
    return found(edition, question, weights).ranked[0]


def seen(candidate: Candidate) -> dict[str, float]:
    return dict(zip(FEATURES, candidate.features, strict=True))


def of(ranked: Candidates, words: str) -> Candidate:
    [candidate] = [c for c in ranked if words in c.text]
    return candidate


def test_only_what_may_be_quoted_is_a_candidate(edition: Edition) -> None:
    ranked = found(edition, "share by").ranked
    assert ranked
    assert all(candidate.sentence.quotable for candidate in ranked)
    assert not [candidate for candidate in ranked if "Share by" in candidate.text]


def test_without_weights_the_order_is_that_of_the_documents(edition: Edition) -> None:
    ranked = found(edition, "how long is a loan?").ranked
    assert [(c.position, c.number) for c in ranked] == sorted((c.position, c.number) for c in ranked)
    assert {candidate.score for candidate in ranked} == {0.0}


def test_a_score_is_the_weighted_sum_of_what_is_seen(edition: Edition) -> None:
    weights = {"coverage": 2.0, "later_sentence": -1.0}
    for candidate in found(edition, "how long is a loan?", weights).ranked:
        expected = 2 * seen(candidate)["coverage"] - seen(candidate)["later_sentence"]
        assert candidate.score == pytest.approx(expected, abs=1e-6)


def test_a_word_that_another_reply_meets_meanwhile_is_no_surprise(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = found(edition, "how long is a giraffe on loan?").ranked
    looked_up = FactBook.stem

    def stem(book: FactBook, word: str, lang: str) -> int:
        book._numbered([word], lang)  # as another thread may, between two steps of this one
        return looked_up(book, word, lang)

    monkeypatch.setattr(FactBook, "stem", stem)
    ranked = found(edition, "how long is a giraffe on loan?").ranked
    assert [seen(candidate) for candidate in ranked] == [seen(candidate) for candidate in expected]


def test_what_search_likes_best_is_first_by_its_own_score(edition: Edition) -> None:
    assert "Ada Thornbeck" in best(edition, "Who was Ada Thornbeck?", score=1.0, sentence=1.0).text


@pytest.mark.parametrize(
    ("question", "held", "missing"),
    [
        ("how long is a loan, and may a dog come in?", "21 days", "Dogs are not admitted"),
        ("how much is the meeting room?", "£15.00", "Drinks with a lid"),
        ("when are you open on Saturday?", "10.00", "Drinks with a lid"),
        ("how many people fit in the reading room?", "40 people", "Snacks"),
    ],
)
def test_the_kind_of_answer_asked_for_is_held_or_missing(edition: Edition, question: str, held: str, missing: str) -> None:
    ranked = found(edition, question).ranked
    assert (seen(of(ranked, held))["kind_held"], seen(of(ranked, held))["kind_missing"]) == (1, 0)
    assert (seen(of(ranked, missing))["kind_held"], seen(of(ranked, missing))["kind_missing"]) == (0, 1)


def test_keywords_ask_for_no_kind(edition: Edition) -> None:
    assert {seen(c)["kind_held"] + seen(c)["kind_missing"] for c in found(edition, "reading room").ranked} == {0}


def test_yes_is_seen_where_yes_or_no_is_asked(edition: Edition) -> None:
    assert seen(of(found(edition, "can I bring a dog?").ranked, "welcome"))["yes_no_said"] == 1
    assert seen(of(found(edition, "what about dogs").ranked, "welcome"))["yes_no_said"] == 0


def test_lines_rows_and_items_are_told_apart(edition: Edition) -> None:
    ranked = found(edition, "Saturday, colour copy, newspapers, fine").ranked
    shapes = {words: seen(of(ranked, words)) for words in ("Saturday", "COLOUR COPY", "newspapers", "fine for a late")}
    assert {words: [shape[name] for name in ("row", "line", "item")] for words, shape in shapes.items()} == {
        "Saturday": [1, 0, 0],
        "COLOUR COPY": [0, 1, 0],
        "newspapers": [0, 0, 1],
        "fine for a late": [0, 0, 0],
    }


def test_a_number_of_the_question_is_seen_as_it_is_written(edition: Edition) -> None:
    ranked = found(edition, "is a loan 21 days?").ranked
    assert seen(of(ranked, "21 days"))["number_shared"] == 1
    assert seen(of(ranked, "12 items at a time"))["number_shared"] == 0


def test_the_heading_that_asks_the_same_is_seen(edition: Edition) -> None:
    ranked = found(edition, "How long can I keep a book?").ranked
    same = {c.text: seen(c)["heading_same"] for c in ranked}
    assert max(same, key=lambda text: same[text]) in {"Four weeks.", of(ranked, "If nobody is waiting").text}
    assert seen(of(ranked, "Four weeks"))["question_heading"] == 1


def test_what_was_shown_before_is_seen_with_its_section(edition: Edition) -> None:
    first = found(edition, "Who was Ada Thornbeck?")
    shown = of(first.ranked, "mill owner").passage.id
    again = gather(first.searches, edition.contents, frozenset({shown}))
    assert {c.text[:12] for c in again if seen(c)["shown"]} == {"Ada Thornbec", "Her portrait"}
    assert not [c for c in first.ranked if seen(c)["shown"] or seen(c)["near_shown"]]


def test_two_searches_count_by_their_share(edition: Edition) -> None:
    finder = Finder(edition, NO_WEIGHTS)
    alone = finder.find("dogs", [("dogs", 1.0)]).ranked
    halved = finder.find("dogs", [("dogs", 0.5), ("mill lane bus station", 0.5)]).ranked
    assert seen(of(halved, "Dogs are"))["coverage"] == pytest.approx(seen(of(alone, "Dogs are"))["coverage"] / 2)
    assert seen(of(halved, "Mill Lane"))["coverage"] > seen(of(alone, "Mill Lane"))["coverage"]


def test_equal_scores_stand_in_the_order_of_the_release(edition: Edition) -> None:
    ranked = rank(found(edition, "dogs", {"coverage": -1.0}).ranked, {})
    assert [(c.position, c.number) for c in ranked] == sorted((c.position, c.number) for c in ranked)


def test_facts_leave_the_documents_to_be_forgotten(edition: Edition, tmp_path: Path) -> None:
    other = edition_of(tmp_path / "other", *(document for document, _ in edition.contents.documents()))
    assert found(other, "dogs").ranked[0].text == found(edition, "dogs").ranked[0].text
    gone = weakref.ref(other.contents)
    del other
    gc.collect()
    assert gone() is None
