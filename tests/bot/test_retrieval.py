"""The built-in retriever: the contract, related words, synonyms, other languages, and that size and order change nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.retrieval import Entry, MatchKind, Retriever
from bot.retrieval.embedded import EmbeddedRetriever, build, open_retriever
from bot.retrieval.function_words import NEGATIONS
from tests.bot.retriever_contract import STUDIO, RetrieverContract, entry


def opened(entries: Sequence[Entry], folder: Path, **options: object) -> EmbeddedRetriever:
    build(entries, folder, release="r", **options)  # type: ignore[arg-type]
    return open_retriever(folder)


class TestEmbedded(RetrieverContract):
    @classmethod
    def make(cls, entries: Sequence[Entry], folder: Path, release: str) -> Retriever:
        build(entries, folder, release=release)
        return open_retriever(folder)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedRetriever:
    return opened(STUDIO, tmp_path_factory.mktemp("index") / "studio")


def test_a_passage_is_found_by_meaning_alone(studio: EmbeddedRetriever) -> None:
    hit = studio.explain("footwear", [studio.search("footwear", 1)[0].position])[0]
    assert hit.position == 6
    assert hit.coverage == 0
    assert [(match.word, match.kind, match.to) for match in hit.matches] == [("footwear", MatchKind.MEANING, "shoes")]


def test_a_correction_is_told_and_used(studio: EmbeddedRetriever) -> None:
    query = studio.understand("are there aprns?")
    assert [(c.typed, c.used) for c in query.corrections] == [("aprns", "aprons")]
    hit = studio.explain(query, [studio.search(query, 1)[0].position])[0]
    assert hit.position == 6
    assert ("aprons", MatchKind.CORRECTION, "aprons") in {(match.word, match.kind, match.to) for match in hit.matches}


def test_a_real_word_that_the_documents_lack_stays_unknown(studio: EmbeddedRetriever) -> None:
    query = studio.understand("do you sell parks")  # a plural of a word that they hold is no other word
    assert query.unknown == ("sell",)
    query = studio.understand("is the kiln kind to pots")  # though one edit turns it into no less than "kiln"
    assert query.unknown == ("kind",)
    assert query.corrections == ()


@pytest.mark.parametrize(
    ("written", "asked"),
    [("The daypass is blue.", "day pass"), ("A day pass is blue.", "daypass"), ("The micro-x kiln is blue.", "microx")],
)
def test_joined_and_split_words_meet(tmp_path: Path, written: str, asked: str) -> None:
    retriever = opened([entry("Nothing else is here."), entry(written)], tmp_path / "index")
    hit = retriever.search(asked, 1)[0]
    assert hit.position == 1
    assert hit.coverage > 0.5


def test_both_ways_of_writing_a_compound_are_found_by_either(tmp_path: Path) -> None:
    texts = [entry("Plan for some down time."), entry("There is no downtime."), entry("Time goes up and down.")]
    retriever = opened(texts, tmp_path / "index")
    for asked in ("downtime", "down time"):
        assert {hit.position for hit in retriever.search(asked, 2)} == {0, 1}


def test_an_owners_synonym_is_as_good_as_the_word(tmp_path: Path) -> None:
    groups = (("apron", "pinafore"), ("getting here", "wayfinding"))
    retriever = opened(STUDIO, tmp_path / "index", synonyms=groups)
    query = retriever.understand("pinafores")
    assert query.unknown == ()
    assert query.synonyms == (("pinafores", "apron"),)
    hit = retriever.explain(query, [retriever.search(query, 1)[0].position])[0]
    assert hit.position == 6
    assert [match.kind for match in hit.matches] == [MatchKind.SYNONYM]
    assert retriever.search("wayfinding", 1)[0].position == 4


def test_an_owners_synonym_is_never_corrected(tmp_path: Path) -> None:
    """No everyday word, and a letter away from one."""
    retriever = opened(STUDIO, tmp_path / "index", synonyms=(("apron", "wuffle"),))
    query = retriever.understand("wuffle")
    assert (query.words, query.corrections, query.unknown) == (("wuffle",), (), ())
    assert retriever.search(query, 1)[0].position == 6


# Words that only staff documents hold: alone, as a word that a slip comes near, as a compound, as two halves side by side.
HIDDEN = (
    Entry(
        "The wuffler hums beside the aprun. A daypass opens the pit lid.", "Zorbing", ("The wuffler hums.",), "Zorbing", False
    ),
    Entry("Ware and house of the wuffler.", "Kiln", ("Ware house of the wuffler.", "A daypass."), "Kiln", False),
)
SECRET_WORDS = (
    "wuffler",
    "wuffle",
    "zorbing",
    "aprun",
    "apruns",
    "daypass",
    "warehouse",
    "pitlid",
    "hums",
    "kiln",
    "aprns",
    "zorb",
)


@pytest.mark.parametrize(
    "question", [*SECRET_WORDS, "is the wuffler open?", "day pass", "a daypass for the kiln", "ware house"]
)
def test_a_visitors_words_are_understood_as_if_there_were_no_staff_documents(tmp_path: Path, question: str) -> None:
    alone = opened(STUDIO, tmp_path / "alone")
    mixed = opened([*HIDDEN, *STUDIO, *HIDDEN], tmp_path / "mixed")
    assert mixed.understand(question) == alone.understand(question)


def test_staff_are_understood_by_all_documents(tmp_path: Path) -> None:
    retriever = opened([*STUDIO, *HIDDEN], tmp_path / "index")
    query = retriever.understand("wufler zorbing", staff=True)
    assert query.unknown == ()
    assert [(c.typed, c.used) for c in query.corrections] == [("wufler", "wuffler")]
    assert retriever.search(query, 1)[0].position >= len(STUDIO)
    assert retriever.understand("wufler zorbing").unknown == ("wufler", "zorbing")


def test_other_languages_work_by_letters(tmp_path: Path) -> None:
    texts = [entry("Eine Tageskarte kostet achtzehn Euro.", "Preise"), entry("Die Werkstatt öffnet um neun Uhr.", "Zeiten")]
    retriever = opened(texts, tmp_path / "index", lang="de")
    assert retriever.search("was kosten die Tageskarten?", 1)[0].position == 0
    assert retriever.search("wann offnet die werkstat", 1)[0].position == 1
    assert dict(retriever.search("Tageskarte", 1)[0].signals)["sentence_meaning"] == 0


def test_many_passages_are_searched_like_few(tmp_path: Path) -> None:
    filler = [entry(f"Locker number {number} belongs to somebody.", f"Locker {number}") for number in range(2_000)]
    retriever = opened([*filler, *STUDIO], tmp_path / "index")
    asked = {"how much is a day pass?": 0, "suitable footwear": 6, "locker 1234": 1234 - 2000, "aprns": 6}
    for question, position in asked.items():
        assert retriever.search(question, 1)[0].position == 2_000 + position


def test_progress_ends_at_the_total(tmp_path: Path) -> None:
    told: list[int] = []
    build(STUDIO * 300, tmp_path / "index", release="r", progress=told.append)
    assert told == [1_000, 2_000, 2_100]


def test_the_same_hits_in_another_process_with_other_threads(studio: EmbeddedRetriever, tmp_path: Path) -> None:
    build(STUDIO, tmp_path / "index", release="r")
    questions = ["how long is the kiln shut", "cheapest way in", "wher are teh aprons"]
    program = (
        "import json, sys\nfrom pathlib import Path\nfrom bot.retrieval.embedded import open_retriever\n"
        "retriever = open_retriever(Path(sys.argv[1]))\n"
        "print(json.dumps([[[h.position, h.score, h.sentences] for h in retriever.search(q, 7)] for q in sys.argv[2:]]))"
    )
    here = json.loads(json.dumps([[[h.position, h.score, h.sentences] for h in studio.search(q, 7)] for q in questions]))
    for threads in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "index"), *questions],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            check=True,
            capture_output=True,
        )
        assert json.loads(there.stdout) == here


ODD = ("25", "9", "1,001", "kilns", "hours", "not", "never", "without", "cm", "24h", "open", "teh", "dont")


@settings(deadline=None)
@given(st.lists(st.sampled_from(ODD)))
def test_no_number_unit_or_negation_of_a_question_is_ever_changed(studio: EmbeddedRetriever, typed: list[str]) -> None:
    query = studio.understand(" ".join(typed))
    assert not any(c.isdigit() for correction in query.corrections for c in correction.typed + correction.used)
    assert not {correction.typed for correction in query.corrections} & {"not", "never", "without", "dont", "cm", "h"}
    assert not {correction.used for correction in query.corrections} & NEGATIONS
