"""What a reader would see change between two ways of answering."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Citation, Outcome, SourceInfo
from bot.checks.answer_changes import ChangeKind, answer_changes, change, questions_of
from bot.checks.wording_checks import wording_findings
from bot.edition import Edition
from knowledge.releases import CuratedAnswer, Editorial, GoldenCheck, WordingCheck


def answer(quote: str, name: str = "a.txt", outcome: Outcome = Outcome.ANSWERED) -> Answer:
    cited = Citation(1, SourceInfo(name, name, name), quote, 0, len(quote), "p")
    return Answer(outcome, quote, citations=(cited,))


NOTHING = Answer(Outcome.NO_ANSWER)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (NOTHING, answer("Nine."), ChangeKind.GAINED),
        (answer("Nine."), NOTHING, ChangeKind.LOST),
        (answer("Nine."), answer("Ten."), ChangeKind.REWORDED),
        (answer("Nine."), answer("Nine.", "b.txt"), ChangeKind.SOURCE_CHANGED),
        (answer("Nine."), answer("Nine.", outcome=Outcome.CONFLICT), ChangeKind.IN_CONFLICT),
        (answer("Nine.", outcome=Outcome.CONFLICT), answer("Nine."), ChangeKind.AGREED),
        (answer("At nine\no'clock."), answer("At nine o'clock."), None),
        (NOTHING, NOTHING, None),
    ],
)
def test_each_kind_of_change(before: Answer, after: Answer, kind: ChangeKind | None) -> None:
    assert change(before, after) is kind


def test_changes_come_in_order_and_each_question_is_asked_once() -> None:
    asked: list[str] = []

    def before(question: str) -> Answer:
        asked.append(question)
        return answer("Nine.")

    told: list[tuple[int, int]] = []
    changes = list(
        answer_changes(["b", "a", "b"], before, lambda q: answer("Ten." if q == "a" else "Nine."), lambda *n: told.append(n))
    )
    assert [(one.question, one.kind) for one in changes] == [("a", ChangeKind.REWORDED)]
    assert asked == ["b", "a"]
    assert told == [(1, 2), (2, 2)]


def test_a_release_is_asked_what_staff_and_the_headings_ask(edition: Edition) -> None:
    editorial = Editorial(
        curated=(CuratedAnswer("c", ("Where is the bakery?",), ()),),
        golden=(GoldenCheck("g", "May I whistle?", None),),
        wordings=(WordingCheck("w", ("Which floor?", "What floor?")),),
    )
    questions = list(questions_of(editorial, edition.contents))
    assert questions[:4] == ["May I whistle?", "Where is the bakery?", "Which floor?", "What floor?"]
    assert "How long can I keep a book?" in questions


def says(quotes: dict[str, str]) -> Callable[[str], Answer]:
    return lambda question: answer(quotes[question]) if question in quotes else NOTHING


def test_phrasings_must_get_one_answer() -> None:
    check = WordingCheck("hours", ("When?", "What time?", "Since when?"))
    (found,) = wording_findings([check], says({"When?": "Nine.", "What time?": "Nine.", "Since when?": "1999."}))
    assert not found.holds
    assert found.strays == ("Since when?",)
    (agreed,) = wording_findings([check], says(dict.fromkeys(check.questions, "Nine.")))
    assert agreed.holds
    (refused,) = wording_findings([check], says({}))
    assert refused.holds
