"""From ranked sentences to an answer: which outcome, what is shown, and why not."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import label, readings
from bot.answers import Answer, Outcome, Reason
from bot.edition import Edition
from bot.finding import Finder
from knowledge.documents import BlockKind, Document
from knowledge.releases import Editorial
from tests.bot.small_editions import WEIGHTS, ask, assistant, edited, edition_of
from tests.corpus import marked, plain

H, P, TH, TR = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW


def at_point(edition: Edition, point: float) -> Edition:
    return edited(edition, Editorial(operating_point=point))


def quotes(answer: Answer) -> list[str]:
    return [" ".join(cited.quote.split()) for cited in answer.citations]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what does joining cost?", "Membership costs £5 a year for anyone over 18. Your card is ready in about 10 minutes."),
        ("when do you open on Saturday?", "Saturday 10.00 16.00"),
        ("what is a colour copy?", "COLOUR COPY: 40p/page"),
        ("how many books may I take home?", "You can have 12 items on your card at once, and films count as items."),
        ("what is never lent?", "The following are never lent: • newspapers • maps printed before 1900 • the parish registers"),
    ],
)
def test_the_sentence_the_row_the_line_or_the_list_that_answers(edition: Edition, question: str, first: str) -> None:
    answer = ask(edition, question)
    assert answer.outcome is Outcome.ANSWERED
    assert quotes(answer)[0] == first
    assert answer.text.startswith(answer.citations[0].quote)
    assert (answer.note, answer.reason) == ("", None)


def test_at_most_three_quotes_numbered_in_order(edition: Edition) -> None:
    for question in ("what does joining cost?", "how much is it?", "library", "book"):
        answer = ask(edition, question)
        assert [cited.number for cited in answer.citations] == list(range(1, len(answer.citations) + 1))
        assert len(answer.citations) <= 3
        assert answer.text == " ".join(cited.quote for cited in answer.citations)


@pytest.mark.parametrize(
    ("question", "reason", "note"),
    [
        ("Do you sell helicopters?", Reason.UNKNOWN_WORDS, "they do not mention “sell, helicopters”"),
        ("Wann ist die Bibliothek geöffnet?", Reason.OTHER_LANGUAGE, "another language"),
        ("متى تفتح المكتبة أبوابها؟", Reason.OTHER_LANGUAGE, "another language"),
    ],
)
def test_a_refusal_says_why_and_what_comes_nearest(edition: Edition, question: str, reason: Reason, note: str) -> None:
    answer = ask(edition, question)
    assert (answer.outcome, answer.reason) == (Outcome.NO_ANSWER, reason)
    assert note in answer.note
    assert (answer.text, answer.citations) == ("", ())
    assert 1 <= len(answer.nearest) <= 3


def test_known_words_without_the_kind_asked_for(edition: Edition) -> None:
    answer = ask(at_point(edition, 1.0), "when does the portrait hang above the stairs?")
    assert answer.reason is Reason.NO_SUCH_KIND
    assert answer.note.startswith("The documents speak of this")


def test_known_words_that_fit_badly(edition: Edition) -> None:
    assert ask(at_point(edition, 1.0), "are dogs allowed?").reason is Reason.WEAK_MATCH


def test_nothing_published_says_so(tmp_path: Path) -> None:
    answer = ask(edition_of(tmp_path / "release"), "when do you open?")
    assert (answer.outcome, answer.reason) == (Outcome.NO_ANSWER, Reason.NO_DOCUMENTS)
    assert answer.note == "No documents are published here yet."
    assert answer.nearest == ()


def test_to_a_visitor_documents_for_staff_alone_are_none(tmp_path: Path) -> None:
    hidden = replace(plain("The boat shed opens at nine.", "shed.txt"), audience="staff")
    release = edition_of(tmp_path / "release", hidden)
    assert ask(release, "when does the boat shed open?").reason is Reason.NO_DOCUMENTS
    assert ask(release, "when does the boat shed open?", by=assistant(staff=True)).text == "The boat shed opens at nine."


def test_the_operating_point_moves_what_is_refused_and_nothing_else(edition: Edition) -> None:
    question = "How many seats does the reading room have?"
    answer = ask(at_point(edition, 0.0), question)
    refused = ask(at_point(edition, 1.0), question)
    assert (answer.outcome, refused.outcome) == (Outcome.ANSWERED, Outcome.NO_ANSWER)
    assert answer.confidence == refused.confidence
    assert refused.nearest[0].quote == answer.citations[0].quote


def test_the_owners_point_wins_over_the_shipped_one(edition: Edition) -> None:
    strict = replace(assistant(), weights=replace(WEIGHTS, operating_point=1.0))
    assert ask(edition, "what does joining cost?", by=strict).outcome is Outcome.NO_ANSWER
    assert ask(at_point(edition, 0.2), "what does joining cost?", by=strict).outcome is Outcome.ANSWERED


def test_two_readings_are_offered_as_choices(edition: Edition) -> None:
    answer = ask(edition, "how much is a copy?")
    assert (answer.outcome, answer.reason) == (Outcome.CLARIFY, Reason.AMBIGUOUS)
    assert [choice.label for choice in answer.choices] == ["BLACK-AND-WHITE COPY", "COLOUR COPY"]
    assert answer.text == ""


@pytest.mark.parametrize(("number", "expected"), [(0, "BLACK-AND-WHITE COPY: 10p/page"), (1, "COLOUR COPY: 40p/page")])
def test_following_a_choice_answers_it(edition: Edition, number: int, expected: str) -> None:
    choice = ask(edition, "how much is a copy?").choices[number]
    for earlier in ([], ["how much is a copy?"]):
        answer = ask(edition, *earlier, choice.question)
        assert answer.outcome is Outcome.ANSWERED
        assert answer.citations[0].quote == expected


def price_table(folder: Path, *names: str) -> Edition:
    rows = [(TR, f"{name}\t£{number + 5}", 0) for number, name in enumerate(names)]
    return edition_of(folder / "release", marked((H, "Boat hire", 2), (TH, "Boat\tPrice", 0), *rows))


def test_rows_of_a_table_are_readings_as_well(tmp_path: Path) -> None:
    answer = ask(price_table(tmp_path, "Single", "Double"), "how much is boat hire?")
    assert [choice.label for choice in answer.choices] == ["Single", "Double"]


def test_a_choice_whose_label_is_part_of_another_leads_on(tmp_path: Path) -> None:
    table = price_table(tmp_path, "Day pass", "Day pass family")
    for choice in ask(table, "how much is boat hire?").choices:
        assert ask(table, choice.question).outcome is Outcome.ANSWERED


def test_lines_are_no_readings_where_no_figure_is_asked_for(edition: Edition) -> None:
    found = Finder(edition, WEIGHTS.ranking).find("copy", [("copy", 1.0)])
    assert readings(found.focus, found.ranked) == []


def test_a_label_is_what_a_line_begins_with(edition: Edition) -> None:
    ranked = Finder(edition, WEIGHTS.ranking).find("meeting room", [("meeting room", 1.0)]).ranked
    [line] = [candidate for candidate in ranked if "MEETING ROOM" in candidate.text]
    assert label(line) == "MEETING ROOM"


@pytest.mark.parametrize("question", ["Should I join?", "Is it safe for me to eat there?"])
def test_a_personal_judgement_is_left_to_people(edition: Edition, question: str) -> None:
    answer = ask(at_point(edition, 0.0), question)
    assert answer.outcome is Outcome.ADVICE
    assert answer.citations
    assert answer.note.startswith("Nobody can judge this from here.")


def test_advice_that_the_documents_lack_is_refused(edition: Edition) -> None:
    assert ask(edition, "Should I buy a helicopter?").outcome is Outcome.NO_ANSWER


def test_what_is_said_twice_is_cited_once(tmp_path: Path) -> None:
    text = "Lamps must be lit by eight in the evening. Nobody rows without one."
    ours, theirs = plain(text, "ours.txt"), plain(text, "theirs.txt")
    answer = ask(edition_of(tmp_path / "release", ours, theirs), "when must lamps be lit?")
    assert quotes(answer) == [text]
    assert [other.document.name for other in answer.citations[0].also] == ["theirs.txt"]


def test_one_place_is_one_side_of_a_conflict(edition: Edition) -> None:
    answer = ask(edition, "How much is the fine for a late book?")
    assert len({cited.quote for cited in answer.citations}) == len(answer.citations) == 2


def dated(text: str, name: str, date: str | None) -> Document:
    return replace(plain(text, name), date=date)


@pytest.mark.parametrize(
    ("old", "new", "preferred", "order"),
    [
        ("2019-05-01", "2025-05-01", (), ["new.txt", "old.txt"]),
        (None, "2025-05-01", (), ["new.txt", "old.txt"]),
        ("2025", "2025-05-01", (), ["new.txt", "old.txt"]),
        ("2019-05-01", "2025-05-01T10:00:00", (), ["new.txt", "old.txt"]),
        ("2019-05-01", "2025-05-01", ("old.txt",), ["old.txt", "new.txt"]),
        ("2019-05-01", "2025-05-01", ("new.txt", "old.txt"), ["new.txt", "old.txt"]),
    ],
)
def test_the_preferred_and_then_the_newest_side_is_first(
    tmp_path: Path, old: str | None, new: str, preferred: tuple[str, ...], order: list[str]
) -> None:
    documents = [dated("A lesson costs £20.", "old.txt", old), dated("A lesson costs £25.", "new.txt", new)]
    release = edition_of(tmp_path / "release", *documents, editorial=Editorial(preferred=preferred))
    answer = ask(release, "what does a lesson cost?")
    assert answer.outcome is Outcome.CONFLICT
    assert [cited.document.name for cited in answer.citations] == order
    assert [cited.side for cited in answer.citations] == [1, 2]
