"""Searches go in; every quotable sentence of the passages found comes out, each with its features as a row of numbers."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.candidates import Candidates, Search
from bot.facts import GROUPS, SHAPE, FactBook, Facts, facts_in
from bot.questions import AnswerKind, Question
from bot.retrieval import Hit, Query
from bot.traits import traits
from knowledge.releases import Contents
from knowledge.text import stems

SIGNALS = ("bm25", "pairs", "chars", "sentence_meaning", "passage_meaning", "heading_meaning", "soft", "sentence_soft")
SOFT_KINDS = frozenset({AnswerKind.PLACE, AnswerKind.REASON, AnswerKind.LIST})
OF_SENTENCES = ("sentence", "sentence_of_best", "sentence_of_passage")

FEATURES = (
    "score",
    *SIGNALS,
    "coverage",
    *OF_SENTENCES,
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

Floats = NDArray[np.float64]
_SHAPE = {name: place for place, name in enumerate(SHAPE)}
_GROUP = {name: place for place, name in enumerate(GROUPS)}


def gather(searches: Sequence[Search], contents: Contents, shown: frozenset[str] = frozenset()) -> Candidates:
    """In the order of the release, unscored. `shown` are the ids of passages that the conversation quoted before."""
    book = facts_in(contents)
    positions = sorted({hit.position for search in searches for hit in search.hits})
    facts = [book.of(position) for position in positions]
    counts = np.array([len(one.numbers) for one in facts], dtype=np.int64)
    if not counts.sum():
        return Candidates(contents, (), np.zeros((0, len(FEATURES))))
    columns = np.hstack(
        [
            _signals(searches, positions, facts, counts),
            _Asked(searches, book, positions).about(facts, counts),
            _recalled(facts, shown)[np.repeat(np.arange(len(facts)), counts)],
        ]
    )
    places = tuple((position, n) for position, one in zip(positions, facts, strict=True) for n in one.numbers)
    return Candidates(contents, places, columns)


def _signals(searches: Sequence[Search], positions: Sequence[int], facts: Sequence[Facts], counts: NDArray[np.int64]) -> Floats:
    """What the searches say of each sentence, each in proportion to its weight: the first features up to OF_SENTENCES."""
    of_passages = np.zeros((len(facts), 2 + len(SIGNALS)))
    of_sentences = np.zeros((int(counts.sum()), len(OF_SENTENCES)))
    for search in searches:
        met = {hit.position: hit for hit in search.hits}
        here = np.array([position in met for position in positions])
        hits = [met[position] for position in positions if position in met]
        if not hits:
            continue
        of_passages[here] += search.weight * _of_hits(search, hits)
        own = [one for one, is_met in zip(facts, here.tolist(), strict=True) if is_met]
        scores = np.array([hit.sentences[n] for hit, one in zip(hits, own, strict=True) for n in one.numbers], dtype=np.float64)
        highest = np.repeat([max(hit.sentences, default=0.0) or 1.0 for hit in hits], counts[here])
        rows = np.repeat(here, counts)
        shares = [scores, scores / (search.best_sentence or 1.0), scores / highest]
        of_sentences[rows] += search.weight * np.stack(shares, axis=1)
    return np.hstack([np.repeat(of_passages, counts, axis=0), of_sentences])


def _of_hits(search: Search, hits: Sequence[Hit]) -> Floats:
    """A row for each hit: its score, SIGNALS and coverage."""
    chosen = _chosen(tuple(name for name, _ in hits[0].signals))
    values = np.array([(*(value for _, value in hit.signals), 0.0) for hit in hits])
    best = search.best_hit or 1.0
    ends = np.array([(hit.score / best, hit.coverage) for hit in hits])
    return np.hstack([ends[:, :1], values[:, chosen], ends[:, 1:]])


@lru_cache(maxsize=16)
def _chosen(names: tuple[str, ...]) -> list[int]:
    """Where SIGNALS stand among the signals of a hit; behind the last one where a retriever does not give one."""
    return [names.index(name) if name in names else len(names) for name in SIGNALS]


def _recalled(facts: Sequence[Facts], shown: frozenset[str]) -> Floats:
    near = {one.section for one in facts if one.passage in shown}
    return np.array([(one.passage in shown, one.section in near) for one in facts], dtype=np.float64)


class _Asked:
    """What sentences are held against: the kind of question, and the stems of its words with their weights by language."""

    def __init__(self, searches: Sequence[Search], book: FactBook, positions: Sequence[int]) -> None:
        self._question: Question = searches[0].question
        self._query = searches[0].query
        self._whole = searches[-1].query if len(searches) > 1 else None
        self._book = book
        self._positions = positions

    def about(self, facts: Sequence[Facts], counts: NDArray[np.int64]) -> Floats:
        """The features that follow the signals of the searches, but for what the conversation recalls."""
        shape = np.concatenate([one.shape for one in facts])
        return np.hstack(
            [
                self._kinds(shape[:, _SHAPE["agrees"]]),
                shape[:, : _SHAPE["question_heading"] + 1],
                self._subject(facts, counts, shape),
            ]
        )

    def _kinds(self, agrees: Floats) -> Floats:
        question = self._question
        nothing = np.zeros(len(agrees), dtype=np.bool_)
        held, softly = (self._holding(kinds, nothing) for kinds in (question.evident, question.kinds & SOFT_KINDS))
        lacks = ~held if question.evident else nothing
        return np.stack([held, lacks, softly, agrees * (AnswerKind.YES_NO in question.kinds)], axis=1)

    def _holding(self, kinds: frozenset[AnswerKind], held: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which sentences hold an answer of one of the kinds."""
        for kind in kinds:
            held = held | np.concatenate([self._book.holding(position, kind) for position in self._positions])
        return held

    def _subject(self, facts: Sequence[Facts], counts: NDArray[np.int64], shape: Floats) -> Floats:
        """Whether the sentence and its heading are about what the question is about, by stems weighted by rarity."""
        words = np.concatenate([one.words for one in facts])
        sizes = np.concatenate([one.sizes for one in facts])
        starts = np.cumsum(sizes) - sizes
        groups = _Groups(words, starts, sizes.reshape(-1, len(GROUPS)) - 1)
        weights, marks, totals = self._tables(self._query, facts, counts)
        met, shared = groups.sums(weights), groups.sums(marks)
        above = met["heading_lacked"] + met["heading_shared"]
        in_common = shared["heading_lacked"] + shared["heading_shared"]
        same = above / totals * in_common / np.maximum(1, groups.size("heading_lacked") + groups.size("heading_shared"))
        opens = met["opening"] / totals
        defines = shape[:, _SHAPE["defines"]] * (AnswerKind.DEFINITION in self._question.kinds)
        beside = (groups.size("meant") - shared["meant"]) / np.maximum(1, groups.size("meant"))
        context = np.zeros(len(same))
        if self._whole is not None:
            weights, _, whole = self._tables(self._whole, facts, counts)
            told = groups.sums(weights)
            context = (told["said"] + told["above_lacked"]) / whole
        return np.stack(
            [
                shared["figures"] > 0,
                opens,
                opens * defines,
                same,
                same * shape[:, _SHAPE["first_sentence"]],
                met["said"] / totals,
                (met["said"] + met["heading_lacked"]) / totals,
                beside,
                context,
            ],
            axis=1,
        )

    def _tables(self, query: Query, facts: Sequence[Facts], counts: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
        """By word number: what the query's word weighs, and whether it is there; and for each sentence, by its language, what
        all the query's words weigh."""
        asked = {lang: weighted_stems(query, lang) for lang in {one.lang for one in facts}}
        totals = {lang: sum(weighed.values()) or 1.0 for lang, weighed in asked.items()}
        numbers = [self._book.stem(stem, lang) for lang, weighed in asked.items() for stem in weighed]
        figures = [self._book.figure(figure) for figure in traits(query.text).numbers]
        weights, marks = np.zeros((2, self._book.size))  # only now: another thread may number words meanwhile
        weights[numbers] = [weight for weighed in asked.values() for weight in weighed.values()]
        marks[[*numbers, *figures]] = 1.0
        weights[0] = marks[0] = 0.0
        return weights, marks, np.repeat([totals[one.lang] for one in facts], counts)


class _Groups:
    """The words of some sentences in groups: `sizes` is int64[n, len(GROUPS)]."""

    def __init__(self, words: NDArray[np.int32], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> None:
        self._words = words
        self._starts = starts
        self._sizes = sizes

    def size(self, group: str) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self._sizes[:, _GROUP[group]]
        return found

    def sums(self, table: Floats) -> Mapping[str, Floats]:
        """For each group what its words add up to, a sentence a row."""
        found = np.add.reduceat(table[self._words], self._starts).reshape(self._sizes.shape)
        return dict(zip(GROUPS, found.T, strict=True))


def weighted_stems(query: Query, lang: str) -> dict[str, float]:
    """The stems of the question's content words with their weights; of all its words where none carries meaning."""
    pairs = list(zip(query.words, query.weights, query.content, strict=True))
    kept = [(word, weight) for word, weight, content in pairs if content] or [(word, weight) for word, weight, _ in pairs]
    return dict(zip(stems((word for word, _ in kept), lang), (weight for _, weight in kept), strict=True))


def rank(candidates: Candidates, weights: Mapping[str, float]) -> Candidates:
    """By the weights of the features, best first; ties in the order of the release."""
    return candidates.ranked(np.array([weights.get(name, 0.0) for name in FEATURES]))
