import pytest

from bot.assistant import shipped
from bot.checks.side_by_side import side_by_side
from bot.edition import Edition
from bot.publishing import ephemeral
from tests.corpus import FOLDER


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return ephemeral(FOLDER, tmp_path_factory.mktemp("data"))


def test_each_document_answers_by_itself_the_surest_first(edition: Edition) -> None:
    found = side_by_side(shipped(), edition, "Can I bring my dog?")
    said = {one.citation.document.name: one.citation.quote for one in found.answers}
    assert list(said)[:2] == ["questions.md", "house-rules.txt"]
    assert said["house-rules.txt"] == "Dogs are not admitted, except assistance dogs."
    assert [one.confidence for one in found.answers] == sorted((one.confidence for one in found.answers), reverse=True)
    assert set(found.silent) == {document.name for document, _ in edition.contents.documents()} - said.keys()


def test_every_quote_is_a_slice_of_its_document(edition: Edition) -> None:
    texts = {document.name: document.text for document, _ in edition.contents.documents()}
    for one in side_by_side(shipped(), edition, "How long can I keep a book?").answers:
        citation = one.citation
        assert texts[citation.document.name][citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question", ["", "?", "xyzzy plugh", "\ud800"])
def test_a_question_that_asks_nothing_gets_no_sure_answer(edition: Edition, question: str) -> None:
    assert not [one for one in side_by_side(shipped(), edition, question).answers if one.confidence > 0.5]
