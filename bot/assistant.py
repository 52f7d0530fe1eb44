"""An edition, a conversation and an utterance go in; one reply comes out, from exactly that edition."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot import resources
from bot.answering import compose, confirm, continued, explained, picked
from bot.answers import Answer, Conversation, Outcome, Reason, Turn
from bot.confidence import confidence
from bot.curated import curated_for, find_again
from bot.dialogue import Act, Resolved, all_told, already_shown, remember, resolve, told_again
from bot.disagreement import disagreement_in
from bot.edition import Edition
from bot.facts import facts_in
from bot.finding import Finder, Found, telling
from bot.manner import Manner
from bot.phrases import Phrases
from bot.retrieval.meaning import WordVectors
from bot.smalltalk import PhraseBook, phrase_book
from bot.suggestions import suggestions
from bot.verbatim import verbatim
from bot.weights import Weights
from knowledge.releases import CuratedAnswer
from knowledge.text import words

PHRASES, SMALL_TALK, WEIGHTS = "phrases", "smalltalk.json", "answering.json"
LONGEST = 2_000  # characters of an utterance that are read


@dataclass(frozen=True, slots=True)
class Assistant:
    """What is the same for every edition: templates, small talk, fitted weights. `staff` also sees staff documents; without
    `suggests` an answer is the same but for what to ask next."""

    phrases: Phrases
    phrase_book: PhraseBook
    weights: Weights
    vectors: WordVectors
    staff: bool = False
    suggests: bool = True

    def reply(self, edition: Edition, conversation: Conversation, utterance: str, lang: str = "en") -> Turn:
        """Never raises on any text; the same arguments give the same turn."""
        text = utterance[:LONGEST].strip()
        answer = self._fixed(edition, text, lang) or self._searched(edition, conversation, text, lang)
        answer = verbatim(answer, edition.contents) or self._withheld(answer, lang)
        shown = tuple(dict.fromkeys(c.passage for c in answer.citations))
        return Turn(answer, edition.release, remember(conversation, text, answer, shown))

    def prepare(self, edition: Edition) -> None:
        """Looks beforehand at what the first replies would have to look at. Changes nothing but their time."""
        disagreement_in(edition, self.vectors)
        facts_in(edition.contents).prepare()
        self.reply(edition, Conversation(), "what is this about?")

    def find(self, edition: Edition, conversation: Conversation, text: str) -> tuple[Resolved, Found]:
        """What an utterance asks, and the ranked sentences for it; of two ways to read it the one with the surer answer."""
        understood = edition.retriever.understand(text, self.staff)
        resolved = resolve(text, conversation, len(telling(understood)))
        shown = already_shown(conversation) if resolved.weight else frozenset()
        readings = [resolved, resolved.otherwise] if resolved.otherwise else [resolved]
        finder = self._finder(edition)
        found = [(one, finder.find(one.query, one.weighted(), shown)) for one in readings]
        return found[0] if len(found) == 1 else max(found, key=lambda pair: self._sure(pair[1]))

    def _sure(self, found: Found) -> float:
        return confidence(found.searches, found.ranked, self.vectors, self.weights)

    def _finder(self, edition: Edition) -> Finder:
        return Finder(edition, self.weights.ranking, self.staff)

    def _fixed(self, edition: Edition, text: str, lang: str) -> Answer | None:
        """What needs no search."""
        typed = words(text)
        for rule in edition.editorial.urgent:
            if any(_holds(typed, words(phrase)) for phrase in rule.words):
                return Answer(Outcome.URGENT, text=rule.text, owner_words=rule.text)
        if not typed:
            return self._no_question(lang)
        if small_talk := self.phrase_book.small_talk(text):
            return Answer(Outcome.SMALL_TALK, note=self.phrases.say(small_talk, lang))
        curated = curated_for(text, edition.editorial.curated, lang)
        return _pinned(curated, text, edition) if curated else None

    def _no_question(self, lang: str) -> Answer:
        return Answer(Outcome.NO_ANSWER, note=self.phrases.say("not_a_question", lang), reason=Reason.NOT_A_QUESTION)

    def _withheld(self, answer: Answer, lang: str) -> Answer:
        """What is said instead of an answer whose quotes are not what the documents say."""
        note = self.phrases.say("no_answer", lang)
        return Answer(Outcome.NO_ANSWER, note=note, reason=Reason.WEAK_MATCH, confidence=0.0, query=answer.query)

    def _searched(self, edition: Edition, conversation: Conversation, text: str, lang: str) -> Answer:
        manner = self._manner(edition, lang)
        resolved, found = self.find(edition, conversation, text)
        if resolved.earlier is not None and (resolved.act is not Act.ASK or resolved.repeated):
            return self._again(edition, conversation, resolved, manner)
        if resolved.act is not Act.ASK:  # "tell me more" about nothing
            return self._no_question(lang)
        answer = compose(found, manner)
        if not (answer.citations and found.ranked and self.suggests):
            return answer
        near = suggestions(found, manner)
        return replace(answer, suggestions=near)

    def _again(self, edition: Edition, conversation: Conversation, resolved: Resolved, manner: Manner) -> Answer:
        """An earlier question, found again to go on from what it showed."""
        query = resolved.earlier.query if resolved.earlier else resolved.focus
        found = self._found_again(edition, conversation, query)
        curated = curated_for(query, edition.editorial.curated, manner.lang)
        earlier = (_pinned(curated, query, edition) if curated else None) or compose(found, manner)
        if resolved.act is Act.CONFIRM:
            return confirm(earlier, manner)
        if resolved.act is Act.WHY:
            return explained(found, earlier, manner)
        if resolved.act is Act.PICK and earlier.choices:
            question = earlier.choices[resolved.pick if resolved.pick < len(earlier.choices) else -1].question
            return compose(self._finder(edition).find(question, [(question, 1.0)]), manner)
        if resolved.act is Act.PICK:
            return picked(earlier, resolved.pick)
        told = told_again(conversation, query)
        if all_told(conversation, query):
            told = frozenset(candidate.passage.id for candidate in found.ranked)
        return continued(found, earlier, manner, told)

    def _found_again(self, edition: Edition, conversation: Conversation, query: str) -> Found:
        """What was found for an earlier query, with its context where that is still remembered."""
        place = next((n for n, turn in enumerate(conversation.turns) if turn.query == query), 0)
        before, turn = Conversation(conversation.turns[:place]), conversation.turns[place]
        resolved, found = self.find(edition, before, turn.utterance)
        return found if resolved.query == query else self._finder(edition).find(query, [(query, 1.0)])

    def _manner(self, edition: Edition, lang: str) -> Manner:
        point = edition.editorial.operating_point
        return Manner(
            lang=lang,
            phrases=self.phrases,
            weights=self.weights,
            vectors=self.vectors,
            finder=self._finder(edition),
            disagreement=disagreement_in(edition, self.vectors),
            operating_point=self.weights.operating_point if point is None else point,
            preferred=edition.editorial.preferred,
        )


@cache
def shipped(staff: bool = False) -> Assistant:
    """The assistant of the shipped templates and weights. Raises ResourceError where a file of them is missing or damaged."""
    folder = resources.SHIPPED / PHRASES
    phrases = Phrases({path.stem: resources.read_json(path) for path in sorted(folder.glob("*.json"))})
    book = phrase_book(resources.read_json(resources.SHIPPED / SMALL_TALK))
    weights = Weights(**resources.read_json(resources.SHIPPED / WEIGHTS))
    return Assistant(phrases, book, weights, resources.word_vectors(), staff)


def reply(edition: Edition, conversation: Conversation, utterance: str, lang: str = "en") -> Turn:
    """The shipped assistant's reply to a visitor."""
    return shipped().reply(edition, conversation, utterance, lang)


def _pinned(curated: CuratedAnswer, text: str, edition: Edition) -> Answer | None:
    """None where none of its quotes stands in this release any more: then the documents answer."""
    cited = tuple(find_again(curated.quotations, edition))
    if not cited:
        return None
    quoted = " ".join(c.quote for c in cited)
    return Answer(Outcome.ANSWERED, quoted, confidence=1.0, citations=cited, query=text, owner_words=curated.lead)


def _holds(typed: Sequence[str], phrase: Sequence[str]) -> bool:
    length = len(phrase)
    return bool(phrase) and any(typed[i : i + length] == phrase for i in range(len(typed) - length + 1))
