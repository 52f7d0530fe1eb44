"""Quotes that answer one question go in; those that cannot hold together with the best one come out.

What a clash is, `bot.clashes` says; this asks for it only where it is about what the visitor asked.
"""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from bot.candidates import Candidate
from bot.clashes import Clash, Statement, clash, statement
from bot.consistency import likeness_in
from bot.edition import Edition
from bot.likeness import Likeness, Vocabulary
from bot.questions import AnswerKind, Question
from bot.units import Dimension

COUNTED_UP_TO = 20_000  # passages up to which the release's own words are counted; beyond, everyday rarity has to do

# What a quantity may measure to answer a kind of question.
_ANSWERS: Mapping[AnswerKind, frozenset[Dimension]] = {
    AnswerKind.DURATION: frozenset({Dimension.TIME}),
    AnswerKind.TIME: frozenset(
        {Dimension.TIME, Dimension.DATE, Dimension.DAY_OF_YEAR, Dimension.CLOCK, Dimension.WEEKDAYS, Dimension.FREQUENCY}
    ),
    AnswerKind.FREQUENCY: frozenset({Dimension.FREQUENCY, Dimension.TIME, Dimension.COUNT}),
    AnswerKind.PRICE: frozenset({Dimension.MONEY, Dimension.SHARE}),
    AnswerKind.COUNT: frozenset({Dimension.COUNT}),
    AnswerKind.SIZE: frozenset(set(Dimension) - {Dimension.MONEY, Dimension.CLOCK, Dimension.WEEKDAYS}),
}


class Disagreement:
    """What one edition's statements say against each other. Remembers statements; the same answers in any order."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._statements: dict[tuple[str, int], Statement] = {}

    def between(self, question: Question, first: Candidate, second: Candidate) -> Clash | None:
        """The clash of two candidates over what the question asks, None where they agree on it."""
        found = clash(self._statement(first), self._statement(second), self._likeness)
        return found if found is not None and _is_asked(question, found) else None

    def _statement(self, candidate: Candidate) -> Statement:
        key = (candidate.document.id, candidate.sentence.start)
        if key not in self._statements:
            self._statements[key] = statement(candidate.document, candidate.passage, candidate.sentence)
        return self._statements[key]


def _is_asked(question: Question, found: Clash) -> bool:
    wanted = [_ANSWERS[kind] for kind in question.evident if kind in _ANSWERS]
    quantity = found.first.quantity
    if not wanted or quantity is None:
        return not wanted
    return quantity.dimension in frozenset().union(*wanted)


_known: WeakKeyDictionary[Edition, Disagreement] = WeakKeyDictionary()


def disagreement_in(edition: Edition, vocabulary: Vocabulary) -> Disagreement:
    """Made at the first call for an edition, which reads all its passages."""
    if edition not in _known:
        counted = edition.contents.passage_count <= COUNTED_UP_TO
        _known[edition] = Disagreement(likeness_in(edition.contents.documents() if counted else (), vocabulary))
    return _known[edition]
