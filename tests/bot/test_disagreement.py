"""When two quotes cannot both hold, and that it is said only where it is about what was asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot import checks
from bot.answers import Answer, Outcome
from bot.checks.told_conflicts import told_conflicts
from bot.disagreement import disagreement_in
from bot.edition import Edition
from bot.resources import word_vectors
from knowledge.releases import Editorial, SettledConflict
from tests.bot.small_editions import WEIGHTS, ask, assistant, edited, edition_of
from tests.corpus import plain

UNHESITATING = replace(assistant(), weights=replace(WEIGHTS, operating_point=0.0))


def sides(answer: Answer) -> list[tuple[int | None, str]]:
    return [(cited.side, cited.document.name) for cited in answer.citations]


def between(folder: Path, question: str, *texts: str) -> Outcome:
    """The outcome of a question over documents of one sentence each."""
    documents = [plain(text, f"{number}.txt") for number, text in enumerate(texts)]
    return ask(edition_of(folder / "release", *documents), question, by=UNHESITATING).outcome


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("How long can I keep a book?", "questions.md", "house-rules.txt"),
        ("What is the fine for a late book?", "questions.md", "house-rules.txt"),
        ("Can I bring my dog?", "questions.md", "house-rules.txt"),
    ],
)
def test_both_sides_are_said_the_dated_document_first(edition: Edition, question: str, first: str, second: str) -> None:
    answer = ask(edition, question)
    assert answer.outcome is Outcome.CONFLICT
    assert answer.note == "Sources differ:"
    assert sides(answer) == [(1, first), (2, second)]
    assert [cited.number for cited in answer.citations] == [1, 2]


def test_the_preferred_document_is_first(edition: Edition) -> None:
    release = edited(edition, Editorial(preferred=("house-rules.txt",)))
    assert sides(ask(release, "Can I bring my dog?")) == [(1, "house-rules.txt"), (2, "questions.md")]


def test_what_staff_found_to_be_no_conflict_is_not_said_as_one_and_every_other_still_is(edition: Edition) -> None:
    found = checks.find(edition, word_vectors()).conflicts
    [dogs] = [one for one in found if "dogs" in one.attribute]
    settled = edited(edition, Editorial(settled=(SettledConflict(dogs.id),)))
    assert ask(settled, "Can I bring my dog?").outcome is Outcome.ANSWERED
    assert ask(settled, "What is the fine for a late book?").outcome is Outcome.CONFLICT
    preferred = edited(edition, Editorial(settled=(SettledConflict(dogs.id, "house-rules.txt", "questions.md"),)))
    assert ask(preferred, "Can I bring my dog?").outcome is Outcome.CONFLICT


def test_every_conflict_that_visitors_are_told_can_be_settled(edition: Edition) -> None:
    for question in ("How long can I keep a book?", "What is the fine for a late book?", "Can I bring my dog?"):
        told = told_conflicts(ask(edition, question), edition, word_vectors())
        assert told
        settled = edited(edition, Editorial(settled=tuple(SettledConflict(one.id) for one in told)))
        assert ask(settled, question).outcome is not Outcome.CONFLICT
        assert told_conflicts(ask(settled, question), settled, word_vectors()) == []


@pytest.mark.parametrize(
    "question", ["How many books may I take home?", "Who was Ada Thornbeck?", "How much is a colour copy?"]
)
def test_agreement_is_no_conflict(edition: Edition, question: str) -> None:
    assert ask(edition, question).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How much is a rowing lesson?", "A rowing lesson costs £20.", "A rowing lesson costs £25."),
        ("How long is a rowing lesson?", "A rowing lesson lasts 45 minutes.", "A rowing lesson lasts two hours."),
        ("May children row alone?", "Children may row alone.", "Children must not row alone."),
    ],
)
def test_two_documents_that_cannot_both_hold(tmp_path: Path, question: str, one: str, other: str) -> None:
    assert between(tmp_path, question, one, other) is Outcome.CONFLICT
    assert between(tmp_path / "turned", question, other, one) is Outcome.CONFLICT


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How long is a rowing lesson?", "A rowing lesson lasts 45 minutes.", "A rowing lesson lasts 30 to 60 minutes."),
        ("How long is a rowing lesson?", "A rowing lesson lasts 60 minutes.", "A rowing lesson lasts one hour."),
        ("How much is a rowing lesson?", "A rowing lesson costs £20.", "A sailing lesson costs £25."),
        ("How much is a rowing lesson?", "A rowing lesson costs £20.", "A rowing lesson costs £20."),
    ],
)
def test_two_documents_that_can(tmp_path: Path, question: str, one: str, other: str) -> None:
    assert between(tmp_path, question, one, other) is Outcome.ANSWERED


def test_a_disagreement_about_something_else_is_left_alone(tmp_path: Path) -> None:
    one, other = "A rowing lesson lasts an hour and costs £20.", "A rowing lesson lasts an hour and costs £25."
    assert between(tmp_path, "How long is a rowing lesson?", one, other) is Outcome.ANSWERED
    assert between(tmp_path / "asked", "How much is a rowing lesson?", one, other) is Outcome.CONFLICT


def test_what_may_not_be_shown_contradicts_nothing(edition: Edition) -> None:
    hidden = ask(edition, "Can I bring my dog?").citations[1]
    release = edited(edition, Editorial(suppressed=frozenset({hidden.passage})))
    answer = ask(release, "Can I bring my dog?")
    assert answer.outcome is Outcome.ANSWERED
    assert hidden.quote not in answer.text


def test_what_is_compared_is_remembered_for_an_edition(edition: Edition) -> None:
    assert disagreement_in(edition, word_vectors()) is disagreement_in(edition, word_vectors())
    assert disagreement_in(edited(edition, Editorial()), word_vectors()) is not disagreement_in(edition, word_vectors())
