"""Hits of one or two searches go in; the sentences that may answer come out, each with its features and its score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.questions import AnswerKind, Question
from bot.retrieval import Hit, Query
from bot.traits import Traits, traits
from knowledge.documents import Document, Passage, Sentence, SentenceKind
from knowledge.releases import Contents
from knowledge.text import stems

SIGNALS = ("bm25", "pairs", "chars", "sentence_meaning", "passage_meaning", "heading_meaning", "soft", "sentence_soft")
SOFT_KINDS = frozenset({AnswerKind.PLACE, AnswerKind.REASON, AnswerKind.LIST})
OPENING = 5  # words of a sentence that mostly name what it is about
DEFINES = frozenset({"is", "are", "was", "were", "mean", "refer", "involv", "describ"})  # stems
AGREES = frozenset({"yes", "no", "never", "always", "only", "cannot", "cant"})

FEATURES = (
    "score",
    *SIGNALS,
    "coverage",
    "sentence",
    "sentence_of_best",
    "sentence_of_passage",
    "kind_held",
    "kind_missing",
    "soft_kind_held",
    "yes_no_said",
    "first_sentence",
    "later_sentence",
    "points_back",
    "short",
    "long",
    "line",
    "row",
    "item",
    "question_heading",
    "number_shared",
    "opening",
    "opening_defines",
    "heading_same",
    "heading_same_first",
    "covers_question",
    "covers_with_heading",
    "beside_the_question",
    "covers_context",
    "shown",
    "near_shown",
)


@dataclass(frozen=True, slots=True)
class Search:
    """One query with its hits. `weight` is its share of the ranking; the weights of a reply's searches add up to 1."""

    query: Query
    question: Question
    hits: tuple[Hit, ...]
    weight: float
    best_hit: float
    best_sentence: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: `document`, `passage` and the number of the sentence in it; `features` as in FEATURES."""

    position: int
    number: int
    document: Document
    passage: Passage
    features: tuple[float, ...]
    score: float = 0.0

    @property
    def sentence(self) -> Sentence:
        return self.passage.sentences[self.number]

    @property
    def text(self) -> str:
        return self.sentence.of(self.document.text)

    @property
    def traits(self) -> Traits:
        return traits(self.text, self.document.lang)

    @property
    def section(self) -> tuple[str, int]:
        return section(self.document, self.passage)


def search_of(query: Query, question: Question, hits: tuple[Hit, ...], weight: float = 1.0) -> Search:
    best_sentence = max((score for hit in hits for score in hit.sentences), default=0.0)
    best_hit = max((hit.score for hit in hits), default=0.0)
    return Search(query, question, hits, weight, best_hit, best_sentence)


def section(document: Document, passage: Passage) -> tuple[str, int]:
    return document.id, passage.heading.start if passage.heading else -1


def gather(searches: Sequence[Search], contents: Contents, shown: frozenset[str] = frozenset()) -> list[Candidate]:
    """Every quotable sentence of the passages found, in the order of the release; unscored. `shown` are the ids of passages
    that the conversation quoted before."""
    hits: dict[int, list[tuple[Search, Hit]]] = {}
    for search in searches:
        for hit in search.hits:
            hits.setdefault(hit.position, []).append((search, hit))
    passages = {position: contents.passage(position) for position in sorted(hits)}
    near = {section(*found) for found in passages.values() if found[1].id in shown}
    asked = Asked(searches)
    found = []
    for position, (document, passage) in passages.items():
        recalled = (float(passage.id in shown), float(section(document, passage) in near))
        for number, sentence in enumerate(passage.sentences):
            if sentence.quotable:
                signals = _signals(hits[position], number)
                about = asked.about(number, document, passage)
                found.append(Candidate(position, number, document, passage, (*signals, *about, *recalled)))
    return found


def _signals(hits: Sequence[tuple[Search, Hit]], number: int) -> list[float]:
    """What the searches say of the sentence, each in proportion to its weight."""
    parts = [_of_hit(search, hit, number) for search, hit in hits]
    return parts[0] if len(parts) == 1 else [sum(values) for values in zip(*parts, strict=True)]


def _of_hit(search: Search, hit: Hit, number: int) -> list[float]:
    signals = dict(hit.signals)
    score = hit.sentences[number]
    values = (
        hit.score / (search.best_hit or 1.0),
        *(signals.get(name, 0.0) for name in SIGNALS),
        hit.coverage,
        score,
        score / (search.best_sentence or 1.0),
        score / (max(hit.sentences) or 1.0),
    )
    return [search.weight * value for value in values]


def rank(candidates: Iterable[Candidate], weights: Mapping[str, float]) -> list[Candidate]:
    """Scored by the weighted sum of the features, best first; ties by position, then by sentence."""
    order = [weights.get(name, 0.0) for name in FEATURES]
    scored = [_scored(candidate, order) for candidate in candidates]
    return sorted(scored, key=lambda c: (-c.score, c.position, c.number))


def _scored(candidate: Candidate, order: Sequence[float]) -> Candidate:
    score = sum(weight * value for weight, value in zip(order, candidate.features, strict=True))
    return Candidate(
        candidate.position, candidate.number, candidate.document, candidate.passage, candidate.features, round(score, 6)
    )


class Asked:
    """What a sentence is held against: the kind of question, and the stems of its words with their weights by language."""

    def __init__(self, searches: Sequence[Search]) -> None:
        self._question = searches[0].question
        self._query = searches[0].query
        self._whole = searches[-1].query if len(searches) > 1 else None
        self._numbers = traits(self._query.text).numbers
        self._weights: dict[tuple[bool, str], dict[str, float]] = {}

    def about(self, number: int, document: Document, passage: Passage) -> list[float]:
        """The features that follow the signals of the searches, but for what the conversation recalls."""
        sentence = passage.sentences[number]
        told = traits(sentence.of(document.text), document.lang)
        heading = traits(passage.heading.of(document.text), document.lang) if passage.heading else None
        question = heading is not None and passage.heading is not None and document.text[passage.heading.end - 1] == "?"
        return [
            *self._kinds(told),
            *_shape(number, sentence, told),
            float(question),
            float(bool(self._numbers & told.numbers)),
            *self._subject(number, told, heading, document.lang),
            self._context(told, heading, document.lang),
        ]

    def _kinds(self, told: Traits) -> list[float]:
        question = self._question
        held = bool(question.evident & told.held)
        yes_no = AnswerKind.YES_NO in question.kinds and bool(AGREES.intersection(told.words[:1]))
        return [
            float(held),
            float(bool(question.evident) and not held),
            float(bool(question.kinds & SOFT_KINDS & told.held)),
            float(yes_no),
        ]

    def _subject(self, number: int, told: Traits, heading: Traits | None, lang: str) -> list[float]:
        """Whether the sentence and its heading are about what the question is about, by stems weighted by rarity."""
        asked = self._asked(whole=False, lang=lang)
        total = sum(asked.values()) or 1.0
        above = set(heading.meant) if heading else set()
        shared = asked.keys() & above
        same = sum(asked[stem] for stem in shared) / total * len(shared) / max(1, len(above))
        opens = sum(asked[stem] for stem in asked.keys() & set(told.stems[:OPENING])) / total
        defines = AnswerKind.DEFINITION in self._question.kinds and bool(DEFINES.intersection(told.stems[1 : OPENING + 2]))
        said = set(told.stems)
        return [
            opens,
            opens if defines else 0.0,
            same,
            same if number == 0 else 0.0,
            sum(asked[stem] for stem in asked.keys() & said) / total,
            sum(asked[stem] for stem in asked.keys() & (said | above)) / total,
            sum(stem not in asked for stem in told.meant) / max(1, len(told.meant)),
        ]

    def _context(self, told: Traits, heading: Traits | None, lang: str) -> float:
        """The weighted share of the whole conversation's question that the sentence has with its heading."""
        if self._whole is None:
            return 0.0
        asked = self._asked(whole=True, lang=lang)
        said = {*told.stems, *(heading.stems if heading else ())}
        return sum(asked[stem] for stem in asked.keys() & said) / (sum(asked.values()) or 1.0)

    def _asked(self, *, whole: bool, lang: str) -> dict[str, float]:
        key = (whole, lang)
        if key not in self._weights:
            self._weights[key] = weighted_stems(self._whole if whole and self._whole else self._query, lang)
        return self._weights[key]


def weighted_stems(query: Query, lang: str) -> dict[str, float]:
    """The stems of the question's content words with their weights; of all its words where none carries meaning."""
    pairs = list(zip(query.words, query.weights, query.content, strict=True))
    kept = [(word, weight) for word, weight, content in pairs if content] or [(word, weight) for word, weight, _ in pairs]
    return dict(zip(stems((word for word, _ in kept), lang), (weight for _, weight in kept), strict=True))


def _shape(number: int, sentence: Sentence, told: Traits) -> list[float]:
    return [
        float(number == 0),
        min(number, 4) / 4,
        float(told.points_back),
        float(len(told.words) < 4),
        max(0.0, min(1.0, (len(told.words) - 20) / 20)),
        float(sentence.kind is SentenceKind.LINE),
        float(sentence.kind is SentenceKind.TABLE_ROW),
        float(sentence.kind is SentenceKind.LIST_ITEM),
    ]
