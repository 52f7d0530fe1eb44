"""What every retriever owes the rest of the bot. A new one subclasses `RetrieverContract` and gives it `make`."""

from abc import abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.retrieval import Entry, MatchKind, Retriever


def entry(body: str, heading: str = "", *more: str) -> Entry:
    return Entry(" ".join((body, *more)), heading, (body, *more), heading)


STUDIO = (
    entry("A day pass costs $18.", "Prices", "Children under 12 pay half."),
    entry("The studio is open from 9 am to 8 pm.", "Opening hours", "On Sundays it is shut."),
    entry("Glazed pots stay in the kiln for 24 hours.", "Firing", "Do not open the lid before."),
    entry("Unglazed pots stay in the kiln for 48 hours.", "Firing"),
    entry("Park behind the building.", "Getting here", "The tram stops at the door."),
    entry("Members may cancel with a month's notice.", "Membership", "The deposit of $1,000 is returned."),
    entry("Aprons hang next to the sink.", "What to bring", "Wear old shoes."),
)
QUESTIONS = ("how much is a day pass?", "when are you open", "wher can i park", "kiln hours", "", "?!", "gibberish xqzzt")


class RetrieverContract:
    """Position 0 to 6 are the passages of `STUDIO`."""

    @classmethod
    @abstractmethod
    def make(cls, entries: Sequence[Entry], folder: Path, release: str) -> Retriever: ...

    @pytest.fixture(scope="class")
    @classmethod
    def retriever(cls, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
        return cls.make(STUDIO, tmp_path_factory.mktemp("index") / "studio", "release-1")

    def test_says_which_release_it_searches(self, retriever: Retriever) -> None:
        assert retriever.release == "release-1"

    @pytest.mark.parametrize(
        ("question", "position"),
        [
            ("how much is a day pass?", 0),
            ("what time do you open", 1),
            ("how long do glazed pots stay in the kiln", 2),
            ("where can I park", 4),
            ("how do I cancel my membership", 5),
        ],
    )
    def test_the_right_passage_comes_first(self, retriever: Retriever, question: str, position: int) -> None:
        assert retriever.search(question, 3)[0].position == position

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_hits_are_ordered_distinct_and_at_most_k(self, retriever: Retriever, question: str) -> None:
        hits = retriever.search(question, 4)
        assert len(hits) <= 4
        assert len({hit.position for hit in hits}) == len(hits)
        assert [(-hit.score, hit.position) for hit in hits] == sorted((-hit.score, hit.position) for hit in hits)

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_fewer_hits_are_the_first_of_more(self, retriever: Retriever, question: str) -> None:
        assert retriever.search(question, 2) == retriever.search(question, 6)[:2]

    def test_every_hit_scores_each_sentence_and_each_signal(self, retriever: Retriever) -> None:
        for hit in retriever.search("how much is a day pass?", 7):
            assert len(hit.sentences) == len(STUDIO[hit.position].sentences)
            assert 0 <= hit.coverage <= 1
            assert all(0 <= value <= 1 for _, value in hit.signals)

    def test_the_answering_sentence_scores_best_in_its_passage(self, retriever: Retriever) -> None:
        hit = next(hit for hit in retriever.search("is it shut on Sundays", 7) if hit.position == 1)
        assert hit.sentences[1] > hit.sentences[0]

    def test_a_query_gives_what_its_text_gives(self, retriever: Retriever) -> None:
        for question in QUESTIONS:
            assert retriever.search(retriever.understand(question), 5) == retriever.search(question, 5)

    def test_words_weights_and_content_run_in_parallel(self, retriever: Retriever) -> None:
        query = retriever.understand("how much is the day pass?")
        assert len(query.words) == len(query.weights) == len(query.content)
        content = dict(zip(query.words, query.content, strict=True))
        assert content["pass"]
        assert not content["the"]

    def test_the_same_from_many_threads(self, retriever: Retriever) -> None:
        alone = [retriever.search(question, 5) for question in QUESTIONS]
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda question: retriever.search(question, 5), QUESTIONS * 8))
        assert together == alone * 8

    def test_an_explanation_changes_no_score(self, retriever: Retriever) -> None:
        hits = retriever.search("how much is a day pass?", 3)
        explained = retriever.explain("how much is a day pass?", [hit.position for hit in hits])
        assert [(hit.position, hit.score, hit.signals) for hit in explained] == [(h.position, h.score, h.signals) for h in hits]
        assert ("pass", MatchKind.EXACT, "pass") in {(match.word, match.kind, match.to) for match in explained[0].matches}

    def test_a_number_finds_itself_only(self, retriever: Retriever) -> None:
        assert [hit.position for hit in retriever.search("24 hours in the kiln", 2)] == [2, 3]
        assert [hit.position for hit in retriever.search("48 hours in the kiln", 2)] == [3, 2]
        assert retriever.search("is the deposit 1000", 1)[0].position == 5

    def test_any_text_is_understood(self, retriever: Retriever) -> None:
        for text in ("\0", "\ud800", "🏺" * 500, "a" * 10_000, "ab " * 3_000, "שלום", "́" * 999):
            retriever.search(text, 3)

    def test_no_passages_no_hits(self, tmp_path: Path) -> None:
        assert self.make((), tmp_path / "empty", "release-0").search("anything", 5) == []
