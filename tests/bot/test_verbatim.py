"""What is served is compared with the stored text; what is not in it, letter for letter, never reaches a visitor."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot.answers import Outcome
from bot.edition import Edition
from bot.verbatim import verbatim
from knowledge.documents import Document, Passage
from knowledge.releases import Contents
from tests.bot.small_editions import ask

ADA = "Who was Ada Thornbeck?"


@dataclass(frozen=True, eq=False)
class Overwritten:
    """Contents of which some documents' texts are not what passages were made from."""

    under: Contents
    texts: dict[str, str | None]  # by name

    @property
    def release(self) -> str:
        return self.under.release

    @property
    def document_count(self) -> int:
        return self.under.document_count

    @property
    def passage_count(self) -> int:
        return self.under.passage_count

    def passage(self, position: int) -> tuple[Document, Passage]:
        return self.under.passage(position)

    def documents(self) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
        return self.under.documents()

    def document(self, document_id: str) -> tuple[Document, tuple[Passage, ...]] | None:
        return self.under.document(document_id)

    def named(self, name: str) -> tuple[Document, tuple[Passage, ...]] | None:
        return self.under.named(name)

    def text(self, document_id: str) -> str | None:
        found = self.under.document(document_id)
        name = found[0].name if found else ""
        return self.texts[name] if name in self.texts else self.under.text(document_id)


def test_an_answer_whose_quotes_stand_is_served_as_it_is(edition: Edition) -> None:
    answer = ask(edition, ADA)
    assert verbatim(answer, edition.contents) == answer


@pytest.mark.parametrize("stored", [None, "", "Ada Thornbeck was somebody else."])
def test_an_answer_that_is_not_in_the_stored_text_is_withheld(
    edition: Edition, stored: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(edition, contents=Overwritten(edition.contents, {"questions.md": stored}))
    with caplog.at_level(logging.ERROR):
        answer = ask(broken, ADA)
    assert (answer.outcome, answer.text, answer.citations, answer.suggestions) == (Outcome.NO_ANSWER, "", (), ())
    assert "questions.md" in caplog.text
    assert "Ada" not in caplog.text  # a log holds no words of documents or visitors


def test_other_documents_still_answer(edition: Edition) -> None:
    broken = replace(edition, contents=Overwritten(edition.contents, {"questions.md": ""}))
    assert ask(broken, "when do you open on Saturday?") == ask(edition, "when do you open on Saturday?")


def test_nearest_quotes_that_do_not_stand_are_left_out(edition: Edition) -> None:
    question = "Do you sell helicopters?"
    names = [cited.document.name for cited in ask(edition, question).nearest]
    gone = names[0]
    broken = replace(edition, contents=Overwritten(edition.contents, {gone: ""}))
    left = [cited.document.name for cited in ask(broken, question).nearest]
    assert left == [name for name in names if name != gone]
