"""Features of sentences and fitted weights go in; the sentences that may answer come out, best first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from bot.facts import section
from bot.questions import Question
from bot.retrieval import Hit, Query
from bot.traits import Traits, traits
from knowledge.documents import Document, Passage, Sentence
from knowledge.releases import Contents


@dataclass(frozen=True, slots=True)
class Search:
    """One query with its hits. `weight` is its share of the ranking; the weights of a reply's searches add up to 1."""

    query: Query
    question: Question
    hits: tuple[Hit, ...]
    weight: float
    best_hit: float
    best_sentence: float


def search_of(query: Query, question: Question, hits: tuple[Hit, ...], weight: float = 1.0) -> Search:
    best_sentence = max((score for hit in hits for score in hit.sentences), default=0.0)
    best_hit = max((hit.score for hit in hits), default=0.0)
    return Search(query, question, hits, weight, best_hit, best_sentence)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: `document`, `passage` and the number of the sentence in it; `features` as in
    `bot.features.FEATURES`."""

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


class Candidates(Sequence[Candidate]):
    """Candidates in order, each read from the documents when it is first asked for: of hundreds a reply looks at a few."""

    def __init__(
        self,
        contents: Contents,
        places: Sequence[tuple[int, int]],
        features: NDArray[np.float64],
        scores: Sequence[float] | None = None,
    ) -> None:
        """`places` are positions of passages with numbers of sentences; `features` is [n, len(FEATURES)]."""
        self._contents = contents
        self._places = places
        self._scores = scores if scores is not None else [0.0] * len(places)
        self._made: dict[int, Candidate] = {}
        self.features = features

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...

    @overload
    def __getitem__(self, place: slice) -> list[Candidate]: ...

    def __getitem__(self, place: int | slice) -> Candidate | list[Candidate]:
        if isinstance(place, slice):
            return [self._made.get(n) or self._candidate(n) for n in range(*place.indices(len(self)))]
        return self._candidate(range(len(self))[place])

    def __iter__(self) -> Iterator[Candidate]:
        return map(self._candidate, range(len(self)))

    def _candidate(self, place: int) -> Candidate:
        if place not in self._made:
            position, number = self._places[place]
            document, passage = self._contents.passage(position)
            features = tuple(self.features[place].tolist())
            self._made[place] = Candidate(position, number, document, passage, features, self._scores[place])
        return self._made[place]

    def only(self, places: Sequence[int]) -> "Candidates":
        """Those at the given places, in the given order."""
        chosen = [self._places[n] for n in places]
        return Candidates(self._contents, chosen, self.features[list(places)], [self._scores[n] for n in places])

    def ranked(self, weights: NDArray[np.float64]) -> "Candidates":
        """Scored by the weighted sum of the features, best first; ties by position, then by sentence."""
        scores = np.round(self.features @ weights, 6)
        positions, numbers = np.array(self._places, dtype=np.int64).reshape(-1, 2).T
        order = np.lexsort((numbers, positions, -scores)).tolist()
        places = [self._places[n] for n in order]
        return Candidates(self._contents, places, self.features[order], scores[order].tolist())
