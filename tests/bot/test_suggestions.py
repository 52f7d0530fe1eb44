"""What is offered to ask next: the documents' own headings near the answer, answered themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Outcome
from bot.assistant import shipped
from bot.edition import Edition
from knowledge.documents import BlockKind, Document
from knowledge.releases import Editorial
from tests.bot.small_editions import WEIGHTS, ask, assistant, edited, edition_of
from tests.corpus import marked

H, P = BlockKind.HEADING, BlockKind.PARAGRAPH
ASKED = "How long can I keep a book?"


def headings(documents: tuple[Document, ...]) -> set[str]:
    return {d.text[b.start : b.end] for d in documents for b in d.blocks if b.kind is H} | {"HOUSE RULES", "PRICES"}


@pytest.mark.parametrize("question", [ASKED, "Who was Ada Thornbeck?", "what does joining cost?", "colour copy"])
def test_suggestions_are_headings_and_are_answered_themselves(
    edition: Edition, library: tuple[Document, ...], question: str
) -> None:
    for by in (assistant(), shipped()):
        offered = ask(edition, question, by=by).suggestions
        assert len(offered) == len(set(offered)) <= 3
        assert question not in offered
        for heading in offered:
            assert heading in headings(library)
            answer = ask(edition, heading, by=by)
            assert answer.outcome is not Outcome.NO_ANSWER
            assert heading in {cited.heading for cited in answer.citations} or answer.choices


def test_questions_come_first_and_the_next_one_before_an_earlier_one(edition: Edition) -> None:
    assert ask(edition, ASKED).suggestions[:2] == (
        "How many books may I take home?",
        "What happens if I bring a book back late?",
    )


def test_a_refusal_suggests_nothing(edition: Edition) -> None:
    assert ask(edition, "Do you sell helicopters?").suggestions == ()


def test_what_may_not_be_shown_is_not_suggested(edition: Edition) -> None:
    [hidden] = {
        cited.passage
        for cited in ask(edition, "How many books may I take home?").citations
        if cited.heading and "many" in cited.heading
    }
    release = edited(edition, Editorial(suppressed=frozenset({hidden})))
    assert "How many books may I take home?" in ask(edition, ASKED).suggestions
    assert "How many books may I take home?" not in ask(release, ASKED).suggestions


def test_a_title_is_not_suggested_and_a_heading_above_nothing_neither(tmp_path: Path) -> None:
    document = marked(
        (H, "All about boats", 1),
        (P, "We have nine of them.", 0),
        (H, "When do boats go out?", 2),
        (P, "At nine.", 0),
        (H, "How much is a boat?", 2),
        (P, "Please ask Bob.", 0),
        (H, "Boats for hire", 2),
        (P, "Share by:", 0),
    )
    alone = edition_of(tmp_path / "alone", replace(document, title="All about boats"))
    assert ask(alone, "When do boats go out?").suggestions == ("How much is a boat?",)


def test_suggestions_keep_to_the_operating_point_of_who_answers(edition: Edition) -> None:
    strict = replace(assistant(), weights=replace(WEIGHTS, operating_point=1.0))
    lenient = ask(edition, "Who was Ada Thornbeck?").suggestions
    assert lenient
    assert ask(edition, "Who was Ada Thornbeck?", by=strict).outcome is Outcome.NO_ANSWER
    assert ask(edition, "Who was Ada Thornbeck?").suggestions == lenient
