"""Quotes that answer one question go in; those that cannot hold together with the best one come out.

What a clash is, `bot.clashes` says; this asks for it only where it is about what the visitor asked.
"""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from bot.clashes import Clash, Statement, clash, statement
from bot.consistency import likeness_in
from bot.edition import Edition
from bot.likeness import Likeness, Vocabulary
from bot.questions import AnswerKind, Question
from bot.quoting import Quote
from bot.units import Dimension
from knowledge.documents import Document, Passage, Sentence, SentenceKind

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

    def between(self, question: Question, first: Quote, second: Quote) -> Clash | None:
        """The surest clash of two quotes over what the question asks, None where they agree on it."""
        pairs = ((a, b) for a in self._statements_in(first) for b in self._statements_in(second))
        found = [one for a, b in pairs if (one := clash(a, b, self._likeness)) is not None and _is_asked(question, one)]
        return max(found, key=lambda one: one.likeness, default=None)

    def _statements_in(self, quote: Quote) -> list[Statement]:
        """One for each sentence that the quote shows; the best one alone where its sentence is an item or a row."""
        candidate, span = quote.best, quote.span
        if candidate.sentence.kind is not SentenceKind.SENTENCE:
            return [self._statement(candidate.document, candidate.passage, candidate.sentence)]
        shown = (s for s in candidate.passage.sentences if span.start <= s.start and s.end <= span.end)
        return [self._statement(candidate.document, candidate.passage, sentence) for sentence in shown]

    def _statement(self, document: Document, passage: Passage, sentence: Sentence) -> Statement:
        key = (document.id, sentence.start)
        if key not in self._statements:
            self._statements[key] = statement(document, passage, sentence)
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
