"""The owner's own answers: which question they are for, and that their quotes still stand where they are cited."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Outcome
from bot.curated import curated_for, find_again
from bot.edition import Edition
from knowledge.documents import Document
from knowledge.releases import CuratedAnswer, Editorial, Quotation
from tests.bot.small_editions import ask, edited, edition_of
from tests.corpus import plain

FINE = Quotation("questions.md", "We charge 15p a day for each late book.")
LOAN = Quotation("house-rules.txt", "A loan runs for 21 days.")
GONE = Quotation("questions.md", "We charge a goat a day for each late book.")


def pinned(*quotations: Quotation, lead: str = "", questions: tuple[str, ...] = ("What is the fine?",)) -> CuratedAnswer:
    return CuratedAnswer("fine", questions, quotations, lead)


def with_answer(edition: Edition, answer: CuratedAnswer) -> Edition:
    return edited(edition, Editorial(curated=(answer,)))


@pytest.mark.parametrize("asked", ["What is the fine?", "what's the fine", "and the fine??", "the fines", "FINE"])
def test_any_wording_with_the_same_content_words_is_the_question(asked: str) -> None:
    assert curated_for(asked, [pinned(FINE)]) is not None


@pytest.mark.parametrize("asked", ["What is the fine for a late film?", "What is it?", "", "🙂", "finery"])
def test_another_question_is_not(asked: str) -> None:
    assert curated_for(asked, [pinned(FINE)]) is None


def test_numbers_are_never_nearly_the_same() -> None:
    answers = [pinned(LOAN, questions=("Can I keep films for 24 hours?",))]
    assert curated_for("can I keep films for 24 hours", answers) is not None
    assert curated_for("can I keep films for 48 hours", answers) is None


@pytest.mark.parametrize(
    ("pinned_to", "asked"),
    [
        ("Can I borrow a film?", "Why can't I borrow a film?"),
        ("Can I borrow a film?", "Should I not borrow a film?"),
        ("Can I borrow a film?", "When can I borrow a film?"),
        ("Can I borrow a film?", "Who borrows a film?"),
        ("May I borrow it 24 hours after returning another film?", "May I borrow it 48 hours after returning another film?"),
    ],
)
def test_what_is_asked_of_the_same_words_has_to_be_the_same(pinned_to: str, asked: str) -> None:
    answers = [pinned(LOAN, questions=(pinned_to,))]
    assert curated_for(pinned_to.lower(), answers) is not None
    assert curated_for(asked, answers) is None


def test_keywords_are_the_question_that_has_them() -> None:
    assert curated_for("borrow film", [pinned(LOAN, questions=("When can I borrow a film?",))]) is not None


def test_the_nearest_phrasing_wins_and_the_first_of_equals() -> None:
    films = CuratedAnswer("films", ("late films fine amount today",), (FINE,))
    books = CuratedAnswer("books", ("something else", "late books fine amount today"), (FINE,))
    again = CuratedAnswer("again", ("late books fine amount today",), (FINE,))
    assert curated_for("what fine amount for late books today", [films, books, again]) is books


def test_a_quotation_is_found_where_it_stands(edition: Edition) -> None:
    fine, loan = find_again([FINE, LOAN], edition)
    for cited, quotation in ((fine, FINE), (loan, LOAN)):
        found = edition.contents.document(cited.document.id)
        assert found is not None
        assert found[0].text[cited.start : cited.end] == cited.quote == quotation.quote
        assert cited.document.name == quotation.document
    assert (fine.number, loan.number) == (1, 2)
    assert fine.heading == "What happens if I bring a book back late?"


def test_it_is_found_in_its_own_document_however_many_say_the_same(tmp_path: Path) -> None:
    branches = [plain(f"Branch {n}\n\n{LOAN.quote}\n", f"branch{n:02}.txt") for n in range(40)]
    release = edition_of(tmp_path / "release", *branches)
    wanted = [Quotation(branch.name, LOAN.quote) for branch in branches]
    assert [cited.document.name for cited in find_again(wanted, release)] == [branch.name for branch in branches]


@pytest.mark.parametrize("quotation", [GONE, replace(FINE, document="visit.html"), replace(FINE, document="lost.md")])
def test_one_that_is_gone_is_left_out(edition: Edition, quotation: Quotation) -> None:
    assert [cited.quote for cited in find_again([quotation, LOAN], edition)] == [LOAN.quote]


def test_the_owners_answer_is_given_with_quotes_and_the_owners_words_marked(edition: Edition) -> None:
    answer = ask(with_answer(edition, pinned(FINE, LOAN, lead="Please be on time.")), "what's the fine?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.text == f"{FINE.quote} {LOAN.quote}"
    assert answer.owner_words == "Please be on time."
    assert answer.confidence == 1.0


def test_what_is_left_of_its_quotes_is_given(edition: Edition) -> None:
    answer = ask(with_answer(edition, pinned(GONE, LOAN, lead="Please be on time.")), "what's the fine?")
    assert [(cited.number, cited.quote) for cited in answer.citations] == [(1, LOAN.quote)]


def test_where_none_is_left_the_documents_answer(edition: Edition) -> None:
    question = "Who was Ada Thornbeck?"
    stale = pinned(GONE, lead="She was a goat.", questions=(question,))
    assert ask(with_answer(edition, stale), question) == ask(edition, question)


def test_a_suppressed_passage_is_not_quoted_by_it_either(edition: Edition) -> None:
    [fine] = find_again([FINE], edition)
    editorial = Editorial(curated=(pinned(FINE, LOAN),), suppressed=frozenset({fine.passage}))
    assert [cited.quote for cited in ask(edited(edition, editorial), "what's the fine?").citations] == [LOAN.quote]


def test_a_staff_document_is_not_quoted_by_it_either(tmp_path: Path, library: tuple[Document, ...]) -> None:
    inside = replace(plain("We charge a goat a day for each late book.", "inside.txt"), audience="staff")
    quotations = pinned(Quotation("inside.txt", inside.text), LOAN)
    release = edition_of(tmp_path / "release", inside, *library, editorial=Editorial(curated=(quotations,)))
    assert [cited.quote for cited in ask(release, "what's the fine?").citations] == [LOAN.quote]


def test_asking_on_goes_on_from_the_owners_answer(edition: Edition) -> None:
    release = with_answer(edition, pinned(FINE, LOAN, lead="Please be on time."))
    sure = ask(release, "what's the fine?", "are you sure?")
    assert [cited.quote for cited in sure.citations] == [FINE.quote, LOAN.quote]
    assert [cited.quote for cited in ask(release, "what's the fine?", "the second one").citations] == [LOAN.quote]
    more = ask(release, "what's the fine?", "tell me more")
    assert not {FINE.quote, LOAN.quote} & {cited.quote for cited in more.citations}
