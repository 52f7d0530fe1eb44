"""Weighted queries and an edition go in; the ranked sentences that may answer come out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from weakref import WeakKeyDictionary

from bot.candidates import Candidate, Candidates, Search, search_of
from bot.edition import Edition
from bot.features import gather, rank
from bot.places import names_a_place
from bot.questions import AnswerKind, Question, analyse, cue_words, evidence
from bot.retrieval import Hit, Query
from knowledge.documents import Document, Passage

DEPTH = 24  # passages whose sentences are looked at
RIVALS = 10  # sentences
DEEPEST = 200  # where passages that may not be shown stand before those that may

# What is looked for where a question names no more than its kind of answer.
_NAMES = {AnswerKind.PRICE: "price", AnswerKind.PLACE: "address", AnswerKind.CONTACT: "phone number"}

# The kind of answer by its name ("address?", "your phone number"): a thing only beside another one.
_WAYS = frozenset(
    {"address", "location", "directions", "postcode", "exactly", "get", "phone", "telephone", "number", "contact", "hotline"}
)
_WHERE = "where are you"  # what is asked by whoever names no more than a way of saying where

_PERCENT = re.compile(r"\d[\d.,]*\s?(?:%|per ?cent)")  # a price only beside one that is named

# The first document that visitors and that staff may see: the same for as long as the edition lives.
_first: WeakKeyDictionary[Edition, dict[bool, Document | None]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Found:
    """`query` is the self-contained question; `searches` has the question itself first; `ranked` is best first."""

    query: str
    searches: tuple[Search, ...]
    ranked: Candidates

    @property
    def focus(self) -> Search:
        return self.searches[0]


def telling(query: Query) -> frozenset[str]:
    """The words that carry meaning, bare numbers left out."""
    pairs = zip(query.words, query.content, strict=True)
    return frozenset(word for word, content in pairs if content and any(map(str.isalpha, word)))


def names_something(searches: Sequence[Search]) -> bool:
    """Whether anything is named beside the kind of answer that is asked for."""
    question = searches[0].question
    kinds = _WAYS if question.kinds & {AnswerKind.PLACE, AnswerKind.CONTACT} else frozenset()
    return not question.kinds or any(telling(search.query) - cue_words(search.query.text) - kinds for search in searches)


def is_visibly(question: Question, text: str) -> bool:
    """Whether a sentence is seen to be of the kind asked for."""
    if AnswerKind.PLACE in question.kinds:
        return names_a_place(text)
    return not question.evident or bool(question.evident & evidence(_PERCENT.sub("", text)))


@dataclass(frozen=True, slots=True)
class Finder:
    """`staff` also finds what visitors may not see. Made for one reply: `searched` keeps what its texts were met by."""

    edition: Edition
    ranking: Mapping[str, float]
    staff: bool = False
    searched: dict[str, tuple[Query, tuple[Hit, ...]]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, query: str, weighted: Iterable[tuple[str, float]], shown: frozenset[str] = frozenset()) -> Found:
        """`weighted` are the texts to search with their shares of the ranking, which add up to 1; `shown` are ids of passages
        that the conversation quoted before. Where nothing is named ("where are you?"), and of the price of what was named
        before, only what visibly answers is found."""
        texts = list(weighted)
        asked = next((q for q in (analyse(text) for text, _ in texts) if q.kinds), analyse(query))
        searches = tuple(self._search(text, asked, weight) for text, weight in texts)
        if AnswerKind.PLACE in asked.kinds and not names_something(searches):
            asked = analyse(_WHERE)
            searches = (self._search(_WHERE, asked, 1.0),)
        price_of_it = AnswerKind.PRICE in asked.evident and not names_something(searches[:1])
        if names_something(searches) and not price_of_it:
            return Found(query, searches, rank(gather(searches, self.edition.contents, shown), self.ranking))
        if not names_something(searches):
            searches += tuple(self._search(_NAMES[kind], asked, 1.0) for kind in sorted(asked.kinds & _NAMES.keys()))
        ranked = rank(gather(searches, self.edition.contents, shown), self.ranking)
        return Found(query, searches, ranked.only([n for n, one in enumerate(ranked) if is_visibly(asked, one.text)]))

    def first_document(self) -> Document | None:
        """The first one that may be shown, None where none may."""
        known = _first.setdefault(self.edition, {})
        if self.staff not in known:
            documents = (document for document, _ in self.edition.contents.documents())
            known[self.staff] = next((document for document in documents if self._may_read(document)), None)
        return known[self.staff]

    def rivals(self, candidate: Candidate) -> list[Candidate]:
        """The sentences elsewhere that are nearest to a candidate's, nearest first: what may contradict it."""
        hits = self._search(candidate.text, analyse(candidate.text), 1.0).hits
        near = [
            (-score, hit.position, number)
            for hit in hits
            for number, score in enumerate(hit.sentences)
            if hit.position != candidate.position
        ]
        found = (self._candidate(position, number) for _, position, number in sorted(near))
        return list(islice((other for other in found if other.sentence.quotable), RIVALS))

    def _candidate(self, position: int, number: int) -> Candidate:
        return Candidate(position, number, *self.edition.contents.passage(position), features=())

    def _search(self, text: str, question: Question, weight: float) -> Search:
        if text not in self.searched:
            self.searched[text] = self._hits(text)
        query, hits = self.searched[text]
        return search_of(query, question, hits, weight)

    def _hits(self, text: str) -> tuple[Query, tuple[Hit, ...]]:
        retriever = self.edition.retriever
        query = retriever.understand(text, self.staff)
        depth = DEPTH
        while True:
            hits = retriever.search(query, depth)
            allowed = tuple(hit for hit in hits if self._may_show(hit))
            if len(allowed) >= DEPTH // 2 or len(hits) < depth or depth >= DEEPEST:
                return query, allowed[:DEPTH]
            depth *= 3

    def _may_show(self, hit: Hit) -> bool:
        return self.may_show(*self.edition.contents.passage(hit.position))

    def may_show(self, document: Document, passage: Passage) -> bool:
        return self._may_read(document) and passage.id not in self.edition.editorial.suppressed

    def may_quote(self, document: Document, passage: Passage) -> bool:
        return self.may_show(document, passage) and any(sentence.quotable for sentence in passage.sentences)

    def _may_read(self, document: Document) -> bool:
        return self.staff or document.audience == "public"
