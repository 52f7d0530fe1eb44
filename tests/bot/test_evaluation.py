"""The measures, on replies made by hand."""

from collections.abc import Sequence

import pytest

from bot.answers import Answer, Choice, Citation, Conversation, Outcome, SourceInfo, Turn
from bot.evaluation import Report, evaluate
from bot.evaluation.calibration import auroc, calibration_error, risk_coverage
from bot.evaluation.judging import is_full, is_right, same_document
from bot.evaluation.packs import Contradiction, Dialogue, Gold, Pack, PackQuestion, PackTurn, PhrasingGroup

LOAN, FINE = (
    Gold("house-rules.txt", "A loan runs for 21 days."),
    Gold("house-rules.txt", "The fine for a late book is 20p a day."),
)
WEEKS = Gold("questions.md", "Four weeks.")


def citation(document: str, quote: str) -> Citation:
    return Citation(1, SourceInfo("d", document, document), quote, 0, len(quote), "p")


def turn(outcome: Outcome, *cited: Citation, confidence: float | None = 0.9, nearest: tuple[Citation, ...] = ()) -> Turn:
    return Turn(Answer(outcome, citations=cited, confidence=confidence, nearest=nearest), "r", Conversation())


RIGHT = turn(Outcome.ANSWERED, citation("house-rules.txt", LOAN.quote))
WRONG = turn(Outcome.ANSWERED, citation("visit.html", "Your card is ready in about 10 minutes."), confidence=0.4)
REFUSED = turn(Outcome.NO_ANSWER, confidence=0.1)


def pack(**parts: object) -> Pack:
    empty: dict[str, object] = {"questions": (), "unanswerable": (), "dialogues": (), "groups": ()}
    return Pack("hand-made", **{**empty, **parts})  # type: ignore[arg-type]


def report(made: Pack, replies: dict[str, Turn]) -> Report:
    return evaluate(made, lambda turns: replies[turns[-1]])


def test_a_quote_is_right_when_it_holds_the_gold_or_a_real_part_of_it() -> None:
    assert is_right(citation("house-rules.txt", "2.2 A loan runs for 21 days. It can be renewed."), [LOAN])
    assert is_right(citation("house-rules.txt", "late book is 20p"), [FINE])
    assert not is_full(citation("house-rules.txt", "late book is 20p"), [FINE])
    assert not is_right(citation("house-rules.txt", "fine"), [FINE])


def test_the_same_words_of_another_document_are_wrong() -> None:
    assert not is_right(citation("visit.html", LOAN.quote), [LOAN])


def test_a_quote_that_is_too_long_is_wrong() -> None:
    assert not is_right(citation("house-rules.txt", LOAN.quote + " and" * 200), [LOAN])


def test_a_document_is_named_by_path_by_name_or_by_its_first_three_digits() -> None:
    assert same_document("rules/house-rules.txt", "house-rules.txt")
    assert same_document("003_prices.txt", "003")
    assert not same_document("0031.txt", "004")


def test_a_refused_question_is_wrong_and_a_refused_unanswerable_one_right() -> None:
    made = pack(
        questions=(PackQuestion("q1", "a", "direct", (LOAN,)), PackQuestion("q2", "b", "direct", (LOAN,))),
        unanswerable=(PackQuestion("u1", "c", "near"), PackQuestion("u2", "d", "near")),
    )
    rows = {row.name: row for row in report(made, {"a": RIGHT, "b": REFUSED, "c": REFUSED, "d": WRONG}).rows}
    assert (rows["questions"].first, rows["questions"].answered) == (0.5, 0.5)
    assert (rows["unanswerable"].first, rows["  near"].count) == (0.5, 2)


def test_a_right_one_that_was_refused_is_counted_by_its_nearest_quote() -> None:
    refused = turn(Outcome.NO_ANSWER, confidence=0.2, nearest=(citation("house-rules.txt", LOAN.quote),))
    made = pack(questions=(PackQuestion("q1", "a", "direct", (LOAN,)), PackQuestion("q2", "b", "direct", (LOAN,))))
    assert report(made, {"a": RIGHT, "b": refused}).shares["right ones refused"] == 0.5


def test_a_clarify_is_judged_by_its_first_choice() -> None:
    asks = Turn(Answer(Outcome.CLARIFY, choices=(Choice("Loans", "loans"), Choice("Fines", "fines"))), "r", Conversation())
    made = pack(questions=(PackQuestion("q1", "how much", "direct", (LOAN,)),))
    seen: list[Sequence[str]] = []

    def ask(turns: Sequence[str]) -> Turn:
        seen.append(tuple(turns))
        return {"how much": asks, "loans": RIGHT}[turns[-1]]

    assert evaluate(made, ask).rows[0].first == 1
    assert seen[-1] == ("how much", "loans")


def test_groups_are_right_when_all_are_and_agree_pair_by_pair() -> None:
    group = PhrasingGroup("g", tuple(PackQuestion(f"g.{text}", text, "group", (LOAN,)) for text in "abc"))
    shares = report(pack(groups=(group,)), {"a": RIGHT, "b": RIGHT, "c": WRONG}).shares
    assert shares["groups with all right"] == 0
    assert shares["groups, first citations agree"] == pytest.approx(1 / 3)


def test_small_talk_counts_only_that_nothing_is_cited() -> None:
    hello = PackTurn(PackQuestion("c.1", "Hi", "smalltalk"), needs_context=False, small_talk=True)
    asked = PackTurn(PackQuestion("c.2", "a", "question", (LOAN,)), needs_context=True, small_talk=False)
    found = report(
        pack(dialogues=(Dialogue("c", (hello, asked)),)), {"Hi": turn(Outcome.SMALL_TALK, confidence=None), "a": RIGHT}
    )
    assert found.shares["small talk that cites nothing"] == 1
    assert found.shares["whole dialogues right"] == 1
    assert {row.name.strip(): row.count for row in found.rows}["need context"] == 1


def test_a_conflict_counts_when_both_sides_are_cited_and_is_false_elsewhere() -> None:
    both = turn(Outcome.CONFLICT, citation("house-rules.txt", LOAN.quote), citation("questions.md", WEEKS.quote))
    made = pack(
        questions=(
            PackQuestion("q1", "loan?", "direct", (LOAN, WEEKS)),
            PackQuestion("q2", "how long?", "direct", (LOAN, WEEKS)),
            PackQuestion("q3", "fine?", "direct", (FINE,)),
        ),
        contradictions=(Contradiction("x", "interval", ((LOAN, "21 days"), (WEEKS, "four weeks"))),),
    )
    shares = report(made, {"loan?": both, "how long?": RIGHT, "fine?": both}).shares
    assert shares["conflicts said, both sides cited"] == 0.5
    assert shares["false conflicts"] == 1


def test_calibration_error_is_nought_where_confidence_is_the_share_that_is_right() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert calibration_error([(0.9, False), (0.9, False)]) == pytest.approx(0.9)
    assert calibration_error([]) is None


def test_auroc_counts_ties_as_half() -> None:
    assert auroc([(0.9, True), (0.1, False)]) == 1
    assert auroc([(0.5, True), (0.5, False)]) == 0.5
    assert auroc([(0.5, True)]) is None


def test_risk_coverage_goes_from_the_most_to_the_least_confident() -> None:
    assert risk_coverage([(0.2, False), (0.9, True)]) == [(0.5, 0.0), (1.0, 0.5)]
