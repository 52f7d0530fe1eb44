"""Hits of one or two searches go in; the sentences that may answer come out, each with its features and its score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.questions import AnswerKind, Question, evidence
from bot.retrieval import Hit, Query
from bot.retrieval.function_words import function_words
from knowledge.documents import Document, Passage, Sentence, SentenceKind
from knowledge.releases import Contents
from knowledge.text import stems, words

SIGNALS = ("bm25", "chars", "sentence_meaning", "passage_meaning", "heading_meaning", "soft")
SOFT_KINDS = frozenset({AnswerKind.PLACE, AnswerKind.REASON, AnswerKind.LIST})
POINTS_BACK = frozenset(
    {"it", "its", "they", "them", "their", "this", "that", "these", "those", "he", "she", "such", "both", "so", "instead"}
)
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
    "unmet_sentence",
    "unmet_meaning",
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
    "held_and_covers",
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
    unmet: float  # share of the question that no passage covers: where it is high, meaning has to decide


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

    def feature(self, name: str) -> float:
        return self.features[FEATURES.index(name)]

    @property
    def section(self) -> tuple[str, int]:
        return section(self.document, self.passage)


def search_of(query: Query, question: Question, hits: tuple[Hit, ...], weight: float = 1.0) -> Search:
    best_sentence = max((score for hit in hits for score in hit.sentences), default=0.0)
    best_hit = max((hit.score for hit in hits), default=0.0)
    unmet = 1.0 - max((hit.coverage for hit in hits), default=0.0)
    return Search(query, question, hits, weight, best_hit, best_sentence, unmet)


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
    return [
        candidate
        for position, (document, passage) in passages.items()
        for candidate in _of_passage(
            hits[position], document, passage, (float(passage.id in shown), float(section(document, passage) in near))
        )
    ]


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


def _of_passage(
    found: Sequence[tuple[Search, Hit]], document: Document, passage: Passage, recalled: tuple[float, float]
) -> Iterable[Candidate]:
    for number, sentence in enumerate(passage.sentences):
        if sentence.quotable:
            parts = [_features(search, hit, number) for search, hit in found]
            signals = (sum(values) for values in zip(*parts, strict=True))
            shape = (*_shape(found[0][0].question, number, document, passage), *_about(found[0][0], number, document, passage))
            yield Candidate(found[0][1].position, number, document, passage, (*signals, *shape, *recalled))


def _features(search: Search, hit: Hit, number: int) -> list[float]:
    """What the search says of the sentence, times the search's weight."""
    signals = dict(hit.signals)
    score = hit.sentences[number]
    values = (
        hit.score / (search.best_hit or 1.0),
        *(signals.get(name, 0.0) for name in SIGNALS),
        hit.coverage,
        score,
        score / (search.best_sentence or 1.0),
        score / (max(hit.sentences) or 1.0),
        score / (search.best_sentence or 1.0) * search.unmet,
        signals.get("sentence_meaning", 0.0) * search.unmet,
    )
    return [search.weight * value for value in values]


def _about(search: Search, number: int, document: Document, passage: Passage) -> list[float]:
    """Whether the sentence and its heading are about what the question is about, by stems weighted by rarity."""
    asked = _asked(search.query, document.lang)
    total = sum(asked.values()) or 1.0
    told = stemmed(passage.sentences[number].of(document.text), document.lang)
    opening = told[:OPENING]
    heading = stemmed(passage.heading.of(document.text), document.lang) if passage.heading else ()
    meant = {stem for stem in heading if stem not in function_words(document.lang)}
    same = sum(asked[stem] for stem in asked.keys() & meant) / total * len(asked.keys() & meant) / max(1, len(meant))
    opens = sum(asked[stem] for stem in asked.keys() & set(opening)) / total
    defines = AnswerKind.DEFINITION in search.question.kinds and bool(DEFINES.intersection(told[1 : OPENING + 2]))
    covers = sum(asked[stem] for stem in asked.keys() & set(told)) / total
    with_heading = sum(asked[stem] for stem in asked.keys() & {*told, *meant}) / total
    said = [stem for stem in told if stem not in function_words(document.lang)]
    beside = sum(stem not in asked for stem in said) / max(1, len(said))
    held = bool(search.question.evident & evidence(passage.sentences[number].of(document.text)))
    return [
        opens,
        opens if defines else 0.0,
        same,
        same if number == 0 else 0.0,
        covers,
        with_heading,
        beside,
        with_heading if held else 0.0,
    ]


def _asked(query: Query, lang: str) -> dict[str, float]:
    """The stems of the question's content words with their weights; of all its words where none carries meaning."""
    pairs = list(zip(query.words, query.weights, query.content, strict=True))
    kept = [(word, weight) for word, weight, content in pairs if content] or [(word, weight) for word, weight, _ in pairs]
    return dict(zip(stems((word for word, _ in kept), lang), (weight for _, weight in kept), strict=True))


@lru_cache(maxsize=16384)
def stemmed(text: str, lang: str) -> tuple[str, ...]:
    return tuple(stems(words(text), lang))


def _shape(question: Question, number: int, document: Document, passage: Passage) -> list[float]:
    """The features of the sentence itself and of its fit to the kind of question."""
    sentence = passage.sentences[number]
    text = sentence.of(document.text)
    spoken = words(text)
    held = evidence(text)
    heading = passage.heading.of(document.text) if passage.heading else ""
    numbers = {word for word in words(question.text) if word[0].isdigit()}
    return [
        float(bool(question.evident & held)),
        float(bool(question.evident) and not question.evident & held),
        float(bool(question.kinds & SOFT_KINDS & held)),
        float(AnswerKind.YES_NO in question.kinds and bool(AGREES.intersection(spoken[:1]))),
        float(number == 0),
        min(number, 4) / 4,
        float(bool(POINTS_BACK.intersection(spoken[:2]))),
        float(len(spoken) < 4),
        max(0.0, min(1.0, (len(spoken) - 20) / 20)),
        float(sentence.kind is SentenceKind.LINE),
        float(sentence.kind is SentenceKind.TABLE_ROW),
        float(sentence.kind is SentenceKind.LIST_ITEM),
        float(heading.endswith("?")),
        float(bool(numbers.intersection(spoken))),
    ]
