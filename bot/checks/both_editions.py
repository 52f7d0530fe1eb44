"""Questions and two editions of much the same documents go in; the answers that differ come out.

What both editions hold is read once, what to ask next is left out, and a question is not answered where both answers would be
made of the same. That the list is the same as without all this, `tests/bot/test_both_editions.py` holds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers import Answer, Conversation
from bot.assistant import Assistant
from bot.candidates import Candidate, Search
from bot.checks.answer_changes import AnswerChange, Progress, change
from bot.claims.wording import content_stems
from bot.curated import curated_for
from bot.disagreement import Disagreement, disagreement_in
from bot.edition import Edition
from bot.finding import DEPTH, Finder
from bot.quoting import Quote
from bot.retrieval import Hit
from knowledge.releases import Contents

SCORED_ALIKE = 0.0005  # what scores between 0 and 1 may differ by where no other answer comes of it
WEIGHED_ALIKE = 0.005  # the same of a question's words' IDF
SAMPLE = 16  # questions of which one has to be made of the same, or the others are not looked at for it

Differs = Callable[[str], bool]
Shares = Callable[[Sequence[str], Differs, Progress], list[str]]  # questions in, those that differ out, in order


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two editions."""

    edition: Edition
    finder: Finder
    disagreement: Disagreement

    def rivals(self, best: Candidate) -> list[tuple[object, ...]]:
        """The places of the sentences that may contradict the best one."""
        return [_place(quote) for quote in self.disagreement.rivals(self.finder, best)]


@dataclass(frozen=True, slots=True)
class Both:
    """Each question is asked by itself, as the first of a conversation. `alike` says that nothing but passages differs: what
    staff say, how many passages there are, and what words weigh but for the stems `moved`."""

    assistant: Assistant
    before: Side
    after: Side
    alike: bool
    moved: frozenset[str] = frozenset()

    def change(self, question: str) -> AnswerChange | None:
        if self.alike and self._made_of_the_same(question):
            return None
        first, second = (self._answer(side, question) for side in (self.before, self.after))
        kind = change(first, second)
        return None if kind is None else AnswerChange(question, kind, first, second)

    def differs(self, question: str) -> bool:
        return self.change(question) is not None

    def sampled(self, questions: Sequence[str]) -> "Both":
        """Looks for answers made of the same only where there are any."""
        sample = questions[:: max(1, len(questions) // SAMPLE)]
        return replace(self, alike=self.alike and any(map(self._made_of_the_same, sample)))

    def _answer(self, side: Side, question: str) -> Answer:
        return self.assistant.reply(side.edition, Conversation(), question).answer

    def _made_of_the_same(self, question: str) -> bool:
        """Whether the same sentences are found, scored all but the same, in the same documents, and the same near the best.

        One changed sentence anywhere changes how rare words are, and by that each score a little.
        """
        edition = self.before.edition
        if curated_for(question, edition.editorial.curated) or not self._understood_alike(question):
            return False
        _, found = self.assistant.find(edition, Conversation(), question)
        if not found.ranked or not all(map(self._finds_the_same, found.searches)):
            return False
        best = found.ranked[0]
        return self.before.rivals(best) == self.after.rivals(best)

    def _understood_alike(self, text: str) -> bool:
        first, second = (side.edition.retriever.understand(text, self.assistant.staff) for side in (self.before, self.after))
        same = replace(first, weights=()) == replace(second, weights=())
        return same and _close(first.weights, second.weights, WEIGHED_ALIKE)

    def _finds_the_same(self, search: Search) -> bool:
        """`search` is of the first edition."""
        if not self._understood_alike(search.query.text):
            return False
        hits = tuple(self.after.edition.retriever.search(search.query, DEPTH))
        if len(hits) != len(search.hits) or not all(map(_scored_alike, hits, search.hits)):
            return False
        contents = self.before.edition.contents, self.after.edition.contents
        return all(_same_passage(*contents, hit.position) and not self._moves(hit.position) for hit in hits)

    def _moves(self, position: int) -> bool:
        """Whether a word of the passage, or above it, weighs otherwise."""
        if not self.moved:
            return False
        document, passage = self.before.edition.contents.passage(position)
        spans = (*passage.context, *([passage.heading] if passage.heading else []))
        texts = (passage.of(document.text), *(span.of(document.text) for span in spans))
        return any(not self.moved.isdisjoint(content_stems(text)) for text in texts)


def both(assistant: Assistant, before: Edition, after: Edition) -> Both:
    """Reads all passages of both."""
    silent = replace(assistant, suggests=False)
    first, second = (_side(silent, edition) for edition in (before, after))
    second.disagreement.remember_with(first.disagreement)
    moved = first.disagreement.likeness.moved(second.disagreement.likeness)
    alike = (
        before.editorial == after.editorial
        and before.contents.passage_count == after.contents.passage_count
        and moved is not None
        and _id(first) == _id(second)
    )
    return Both(silent, first, second, alike, moved or frozenset())


def changed_answers(
    questions: Iterable[str], editions: Both, progress: Progress, shares: Shares | None = None
) -> Iterator[AnswerChange]:
    """One for every question whose answer says or cites something else, in order; each question once.

    `shares` has others find which questions those are, who hold the same editions.
    """
    asked = list(dict.fromkeys(questions))
    sampled = editions.sampled(asked)
    if shares is not None:
        asked = shares(asked, sampled.differs, progress)
    for done, question in enumerate(asked, 1):
        found = sampled.change(question)
        if found is not None:
            yield found
        if shares is None:
            progress(done, len(asked))


def _side(assistant: Assistant, edition: Edition) -> Side:
    finder = Finder(edition, assistant.weights.ranking, assistant.staff)
    return Side(edition, finder, disagreement_in(edition, assistant.vectors))


def _id(side: Side) -> str | None:
    first = side.finder.first_document()
    return None if first is None else first.id


def _scored_alike(first: Hit, second: Hit) -> bool:
    if first.position != second.position or len(first.sentences) != len(second.sentences):
        return False
    met, also_met = ([(one.word, one.kind, one.to) for one in hit.matches] for hit in (first, second))
    return met == also_met and _close(_numbers(first), _numbers(second), SCORED_ALIKE)


def _numbers(hit: Hit) -> tuple[float, ...]:
    return hit.score, hit.coverage, *hit.sentences, *(value for _, value in hit.signals)


def _close(first: Sequence[float], second: Sequence[float], most: float) -> bool:
    return len(first) == len(second) and all(abs(a - b) <= most for a, b in zip(first, second, strict=True))


def _same_passage(first: Contents, second: Contents, position: int) -> bool:
    (document, passage), (other_document, other_passage) = first.passage(position), second.passage(position)
    return document.id == other_document.id and passage == other_passage


def _place(quote: Quote) -> tuple[object, ...]:
    return quote.best.document.id, quote.best.passage, quote.best.number, quote.span
