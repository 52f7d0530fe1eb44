"""What the rest of the bot knows of retrieval: a query goes in, ranked hits come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one passage; its position is its place in the release."""

    body: str
    heading: str  # heading, outer headings, list lead-in and column heads, joined by spaces
    sentences: tuple[str, ...]
    nearest_heading: str = ""  # the heading or question right above the passage, alone
    public: bool = True  # whether visitors may be shown it


class MatchKind(StrEnum):
    EXACT = "exact"  # the same word or stem
    CORRECTION = "correction"  # a corrected spelling, a joined or a split word
    SYNONYM = "synonym"  # the owner's synonyms
    MEANING = "meaning"  # related by word vectors


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the question, the word of the passage that it met, and the share of the score that it brought (0 to 1)."""

    word: str
    kind: MatchKind
    to: str
    share: float


@dataclass(frozen=True, slots=True)
class Correction:
    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retriever understood it.

    `words` are the question's words after corrections; `weights` their IDF in this release (same length);
    `content` marks words that carry meaning (same length; False for "how", "the"); `unknown` are content words that the
    documents do not hold, not even corrected. `staff` says that the words of passages for staff alone counted as well.
    `synonyms` are words with the stems that the owner says mean the same.
    """

    text: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    content: tuple[bool, ...]
    corrections: tuple[Correction, ...] = ()
    unknown: tuple[str, ...] = ()
    staff: bool = False
    synonyms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage. `sentences` scores its sentences in order (comparable within one search); `signals` names what went into
    `score`, each between 0 and 1; `coverage` is the IDF-weighted share of the question's content words that it holds."""

    position: int
    score: float
    coverage: float
    sentences: tuple[float, ...]
    signals: tuple[tuple[str, float], ...]
    matches: tuple[Match, ...] = ()


class Retriever(Protocol):
    """Immutable and safe to share between threads: the same query gives the same hits and scores."""

    @property
    def release(self) -> str: ...

    def understand(self, text: str, staff: bool = False) -> Query:
        """Analyses and corrects a question, for a visitor by the public passages alone. Never raises on any text of up to
        10,000 characters."""

    def search(self, query: str | Query, k: int) -> list[Hit]:
        """The best `k` of all passages, best first; ties by position. A text is read as a visitor's."""

    def explain(self, query: str | Query, positions: Sequence[int]) -> list[Hit]:
        """The same scores with `matches` filled in, for `--explain` and the console."""
