"""A sentence to be checked and one of the documents go in; how surely the latter speaks of the same comes out, from 0 to 1.

Whether it says the same, or the contrary, is another matter (`bot.checks.agreement`).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from bot.checks.values import same_value
from bot.claims.measures import Quantity, comparable
from bot.claims.units import Dimension
from bot.claims.wording import content_words, words_in
from bot.consistency.likeness import Likeness
from bot.consistency.statements import Statement
from knowledge.documents import SentenceKind, Span

# As `benchmarks/fit_alignment.py` fits them: a logistic regression over the signals below.
CONSTANT = -7.684
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "nearness": 0.841,
        "shared": 0.666,
        "back": 1.033,
        "meaning": 2.974,
        "rank": 2.983,
        "unheard": -0.541,
        "quantities of a kind": 1.446,
        "quantities": 1.768,
    }
)
IN_HEADING, NEAR_BY, IN_TITLES = 0.9, 0.75, 0.7  # what a word counts that the sentence itself does not say
MOST_SHARED = 3.0
_LISTED = frozenset({SentenceKind.TABLE_ROW, SentenceKind.LIST_ITEM, SentenceKind.LINE})
_COUNTED = frozenset({Dimension.COUNT, Dimension.FREQUENCY})


@dataclass(frozen=True)
class Said:
    """A sentence to be checked. `words` are those of its content; figures are held against figures."""

    statement: Statement

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities_of(self.statement)

    @cached_property
    def words(self) -> tuple[str, ...]:
        apart = [Span(one.start, one.end) for one in self.quantities if one.dimension not in _COUNTED]
        text = self.statement.text
        return words_in(text, Span(0, len(text)), apart)


@dataclass(frozen=True)
class Known:
    """A sentence of the documents with those around it, in the passage that was found as number `rank` (from 0)."""

    statement: Statement
    around: tuple[Statement, ...]
    rank: int

    @cached_property
    def own(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(content_words(self.statement.text)))

    @cached_property
    def heading(self) -> tuple[str, ...]:
        """The words of the heading, and of the lead-in of the list that it is an item of."""
        text = self.statement.document.text
        above = (self.statement.passage.heading, self.statement.sentence.lead)
        return tuple(word for span in above if span for word in content_words(span.of(text)))

    @cached_property
    def beside(self) -> tuple[Statement, ...]:
        """The sentences around it; the other items of a list and rows of a table are of other things."""
        return () if self.statement.sentence.kind in _LISTED else self.around

    @cached_property
    def near_by(self) -> tuple[str, ...]:
        return tuple(word for other in self.beside for word in content_words(other.text))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        text = self.statement.document.text
        return tuple(word for span in self.statement.passage.context for word in content_words(span.of(text)))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities_of(self.statement)


def quantities_of(statement: Statement) -> tuple[Quantity, ...]:
    return tuple(claim.quantity for claim in statement.claims if claim.quantity)


def alignment(said: Said, known: Known, likeness: Likeness) -> float:
    found = signals(said, known, likeness)
    return 1 / (1 + math.exp(-CONSTANT - sum(WEIGHTS[name] * value for name, value in found.items())))


def coverage(said: Said, known: Known, likeness: Likeness) -> float:
    """The weighted share of what is said that is known."""
    whole = sum(map(likeness.weight, said.words))
    return sum(likeness.weight(word) * _found(word, known, likeness) for word in said.words) / whole if whole else 0.0


def signals(said: Said, known: Known, likeness: Likeness) -> dict[str, float]:
    """`nearness` is the weighted mean of how near each word said comes to one that is known, `shared` the weight of those that
    are met, `back` the share of what is known that is said, `meaning` the cosine of both sentences, `rank` the reciprocal rank,
    `unheard` the greatest weight of a word said that no document has; the rest are shares of the quantities said."""
    near = whole = shared = unheard = 0.0
    everything = {*known.own, *known.heading, *known.near_by}
    for word in said.words:
        weight, met = likeness.weight(word), _found(word, known, likeness)
        nearest = max((likeness.cosine(word, other) for other in everything), default=0.0)
        near += weight * max(met, nearest)
        shared += weight * met
        whole += weight
        if not likeness.heard(word):
            unheard = max(unheard, weight * (1 - likeness.found(word, everything)))
    return {
        "nearness": near / whole if whole else 0.0,
        "shared": min(MOST_SHARED, shared),
        "back": likeness.share(known.own, said.words) if known.own else 0.0,
        "meaning": likeness.closeness(said.words, (*known.own, *known.heading)),
        "rank": 1 / (1 + known.rank),
        "unheard": unheard,
        "quantities of a kind": _share(said.quantities, known.quantities, same=False),
        "quantities": _share(said.quantities, known.quantities, same=True),
    }


def _found(word: str, known: Known, likeness: Likeness) -> float:
    places: Sequence[tuple[float, Collection[str]]] = (
        (1.0, known.own),
        (IN_HEADING, known.heading),
        (NEAR_BY, known.near_by),
        (IN_TITLES, known.titles),
    )
    return max(counts * likeness.found(word, words) for counts, words in places)


def _share(said: Sequence[Quantity], known: Sequence[Quantity], *, same: bool) -> float:
    if not said:
        return 0.0
    met = (any(comparable(one, other) and (not same or _same(one, other)) for other in known) for one in said)
    return sum(met) / len(said)


def _same(said: Quantity, known: Quantity) -> bool:
    """A day that is among others says little."""
    return same_value(said, known) and (said.dimension is not Dimension.WEEKDAYS or said.members == known.members)
