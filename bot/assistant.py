"""An edition, a conversation and an utterance go in; one reply comes out, from exactly that edition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot import resources
from bot.answering import Manner, Weights, compose
from bot.answers import Answer, Conversation, Outcome, Reason, Turn
from bot.candidates import Candidate, Search, gather, rank
from bot.dialogue import Resolved, already_shown, remember, resolve
from bot.edition import Edition
from bot.phrases import Phrases
from bot.questions import analyse
from bot.retrieval import Hit
from bot.smalltalk import PhraseBook, phrase_book
from knowledge.text import words

PHRASES, SMALL_TALK, WEIGHTS = "phrases", "smalltalk.json", "answering.json"
DEPTH = 24  # passages whose sentences are looked at
DEEPEST = 200  # where staff documents stand before the public ones
LONGEST = 2_000  # characters of an utterance that are read


@dataclass(frozen=True, slots=True)
class Assistant:
    """What is the same for every edition: templates, small talk, fitted weights. `staff` also sees staff documents."""

    phrases: Phrases
    phrase_book: PhraseBook
    weights: Weights
    staff: bool = False

    def reply(self, edition: Edition, conversation: Conversation, utterance: str, lang: str = "en") -> Turn:
        """Never raises on any text; the same arguments give the same turn."""
        text = utterance[:LONGEST].strip()
        answer = self._fixed(edition, text, lang) or self._searched(edition, conversation, text, lang)
        shown = tuple(dict.fromkeys(c.passage for c in answer.citations))
        return Turn(answer, edition.release, remember(conversation, text, answer, shown))

    def _fixed(self, edition: Edition, text: str, lang: str) -> Answer | None:
        """What needs no search."""
        typed = words(text)
        for rule in edition.editorial.urgent:
            if any(_holds(typed, words(phrase)) for phrase in rule.words):
                return Answer(Outcome.URGENT, text=rule.text, owner_words=rule.text)
        if not typed:
            return Answer(Outcome.NO_ANSWER, note=self.phrases.say("not_a_question", lang), reason=Reason.NOT_A_QUESTION)
        if small_talk := self.phrase_book.small_talk(text):
            return Answer(Outcome.SMALL_TALK, note=self.phrases.say(small_talk, lang))
        return None

    def _searched(self, edition: Edition, conversation: Conversation, text: str, lang: str) -> Answer:
        searches, found, query = self.candidates(edition, conversation, text)
        return compose(searches, rank(found, self.weights.ranking), self._manner(edition, lang), query)

    def candidates(self, edition: Edition, conversation: Conversation, text: str) -> tuple[list[Search], list[Candidate], str]:
        """The searches that an utterance asks for, the sentences that they found, and the self-contained query."""
        understood = edition.retriever.understand(text)
        resolved = resolve(text, conversation, sum(understood.content))
        searches = [self._search(edition, query, weight) for query, weight in _queries(resolved)]
        return searches, gather(searches, edition.contents, already_shown(conversation)), resolved.query

    def _manner(self, edition: Edition, lang: str) -> Manner:
        point = edition.editorial.operating_point
        return Manner(
            lang=lang,
            phrases=self.phrases,
            weights=self.weights,
            operating_point=self.weights.operating_point if point is None else point,
            clash=lambda a, b: False,
            preferred=edition.editorial.preferred,
        )

    def _search(self, edition: Edition, query: str, weight: float) -> Search:
        understood = edition.retriever.understand(query)
        depth = DEPTH
        while True:
            hits = edition.retriever.search(understood, depth)
            allowed = tuple(hit for hit in hits if self._may_show(edition, hit))
            if len(allowed) >= DEPTH // 2 or len(hits) < depth or depth >= DEEPEST:
                return Search(understood, analyse(query), allowed[:DEPTH], weight)
            depth *= 3

    def _may_show(self, edition: Edition, hit: Hit) -> bool:
        document, passage = edition.contents.passage(hit.position)
        public = document.audience == "public" or self.staff
        return public and passage.id not in edition.editorial.suppressed


@cache
def shipped(staff: bool = False) -> Assistant:
    """The assistant of the shipped templates and weights. Raises ResourceError where a file of them is missing or damaged."""
    folder = resources.SHIPPED / PHRASES
    phrases = Phrases({path.stem: resources.read_json(path) for path in sorted(folder.glob("*.json"))})
    book = phrase_book(resources.read_json(resources.SHIPPED / SMALL_TALK))
    return Assistant(phrases, book, Weights(**resources.read_json(resources.SHIPPED / WEIGHTS)), staff)


def reply(edition: Edition, conversation: Conversation, utterance: str, lang: str = "en") -> Turn:
    """The shipped assistant's reply to a visitor."""
    return shipped().reply(edition, conversation, utterance, lang)


def _queries(resolved: Resolved) -> Iterator[tuple[str, float]]:
    yield resolved.focus, 1.0 - resolved.weight
    if resolved.weight:
        yield resolved.query, resolved.weight


def _holds(typed: Sequence[str], phrase: Sequence[str]) -> bool:
    length = len(phrase)
    return bool(phrase) and any(typed[i : i + length] == phrase for i in range(len(typed) - length + 1))
