"""Quotes that answer one question go in; those that cannot hold together with the best one come out.

What a clash is, `bot.consistency.clashes` says; this asks for it only where it is about what the visitor asked.
"""

from collections.abc import Collection, Mapping
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from bot.candidates import Candidate
from bot.claims import Claim
from bot.claims.units import Dimension
from bot.consistency import likeness_in
from bot.consistency.clashes import Clash, clash, may_clash
from bot.consistency.conflicts import fingerprint
from bot.consistency.likeness import Likeness, Vocabulary
from bot.consistency.statements import Statement, statement
from bot.edition import Edition
from bot.finding import Finder
from bot.questions import AnswerKind, Question
from bot.quoting import Quote, quoted_span
from knowledge.documents import Document, Passage, Sentence, SentenceKind

REMEMBERED = 50_000  # comparisons
COUNTED_UP_TO = 20_000  # passages up to which the release's own words are counted; beyond, everyday rarity has to do

K = TypeVar("K")
V = TypeVar("V")

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


Key = tuple[str, int]  # a document's id and where a sentence starts in it


class Disagreement:
    """What one edition's statements say against each other. Remembers what it has compared; the same answers in any order.

    `settled` are the fingerprints of clashes that staff found to be none.
    """

    def __init__(self, likeness: Likeness, settled: Collection[str] = ()) -> None:
        self.likeness = likeness
        self._settled = settled
        self._statements: dict[Key, Statement] = {}
        self._clashes: dict[tuple[Key, Key], Clash | None] = {}
        self._rivals: dict[tuple[Key, bool], list[Quote]] = {}

    def rivals(self, finder: Finder, candidate: Candidate) -> list[Quote]:
        """The quotes elsewhere that are nearest to a candidate's sentence, nearest first: what may contradict it."""
        key = (_key(candidate.document, candidate.sentence), finder.staff)
        if key not in self._rivals:
            near = [Quote(other, quoted_span(other)) for other in finder.rivals(candidate)]
            _keep(self._rivals, key, near)
        return self._rivals[key]

    def concerns(self, question: Question, quote: Quote) -> bool:
        """Whether the quote claims anything of what the question asks: if not, nothing can contradict it there."""
        return any(_is_asked(question, claim) for said in self._said(quote) for claim in said.claims)

    def between(self, question: Question, first: Quote, second: Quote) -> Clash | None:
        """The surest clash of two quotes over what the question asks, None where they agree on it."""
        pairs = ((a, b) for a in self._said(first) for b in self._said(second))
        found = [one for a, b in pairs if (one := self._clash(a, b)) is not None and _is_asked(question, one.first)]
        return max(found, key=lambda one: one.likeness, default=None)

    def remember_with(self, other: "Disagreement") -> None:
        """What a sentence claims is the same in every edition that holds it: from now on it is read for both at once. What
        clashes is the same, too, where the words weigh the same and the same is settled."""
        self._statements = other._statements
        if self.likeness.moved(other.likeness) == frozenset() and self._settled == other._settled:
            self._clashes = other._clashes

    def _clash(self, first: Statement, second: Statement) -> Clash | None:
        pair = (_key(first.document, first.sentence), _key(second.document, second.sentence))
        if pair not in self._clashes:
            _keep(self._clashes, pair, self._compared(first, second))
        return self._clashes[pair]

    def _compared(self, first: Statement, second: Statement) -> Clash | None:
        if not any(may_clash(a, b) for a in first.claims for b in second.claims):
            return None  # most pairs: what they are about need not be looked at
        found = clash(first, second, self.likeness)
        if found is None or not self._settled:
            return found
        return None if fingerprint(found.kind, first, second) in self._settled else found

    def _said(self, quote: Quote) -> list[Statement]:
        """One for each sentence that the quote shows; the best one alone where its sentence is an item or a row."""
        candidate, span = quote.best, quote.span
        shown = [candidate.sentence]
        if candidate.sentence.kind is SentenceKind.SENTENCE:
            shown = [s for s in candidate.passage.sentences if span.start <= s.start and s.end <= span.end]
        return [self._known(candidate.document, candidate.passage, sentence) for sentence in shown]

    def _known(self, document: Document, passage: Passage, sentence: Sentence) -> Statement:
        key = _key(document, sentence)
        known = self._statements.get(key)
        if known is not None and known.passage != passage:  # the edition that shares the memory splits documents otherwise
            self._statements, self._clashes, known = {}, {}, None
        if known is None:
            known = self._statements[key] = statement(document, passage, sentence)
        return known


def _key(document: Document, sentence: Sentence) -> Key:
    return document.id, sentence.start


def _keep(memory: dict[K, V], key: K, value: V) -> None:
    """Remembers, and forgets the oldest beyond REMEMBERED."""
    memory[key] = value
    if len(memory) > REMEMBERED:
        memory.pop(next(iter(memory)), None)


def _is_asked(question: Question, claim: Claim) -> bool:
    wanted = [_ANSWERS[kind] for kind in question.evident if kind in _ANSWERS]
    if not wanted or claim.quantity is None:
        return not wanted
    return claim.quantity.dimension in frozenset().union(*wanted)


_known: WeakKeyDictionary[Edition, Disagreement] = WeakKeyDictionary()
_making = Lock()  # it takes a second for thousands of passages: one thread makes it, the others wait


def disagreement_in(edition: Edition, vocabulary: Vocabulary) -> Disagreement:
    """Made at the first call for an edition, which reads all its passages."""
    made = _known.get(edition)
    if made is not None:
        return made
    with _making:
        if edition not in _known:
            counted = edition.contents.passage_count <= COUNTED_UP_TO
            likeness = likeness_in(edition.contents.documents() if counted else (), vocabulary)
            none = frozenset(one.conflict for one in edition.editorial.settled if one.preferred is None)
            _known[edition] = Disagreement(likeness, none)
        return _known[edition]
