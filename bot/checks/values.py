"""A quantity that is said and one that is known go in; whether what is known bears out what is said comes out."""

from dataclasses import replace

from bot.claims.measures import Bound, Quantity, Relation, comparable, disagree
from bot.claims.numerals import number_at, tokens
from bot.claims.units import Dimension

_SPANS = frozenset({Dimension.TIME, Dimension.AGE})
_NUMBERS = frozenset({Dimension.COUNT, Dimension.AGE, Dimension.FREQUENCY})


def borne_out(said: Quantity, known: Quantity) -> bool:
    """Whether both are of a kind and the same; one below a limit is not what is said of the limit."""
    return comparable(said, known) and same_value(said, known)


def same_value(said: Quantity, known: Quantity) -> bool:
    """Of two comparable quantities."""
    if said.dimension is Dimension.WEEKDAYS:
        return said.closed == known.closed and said.members <= known.members
    if said.dimension is Dimension.CLOCK and said.low == said.high and known.low < known.high:
        return _at_the_end(said, known)
    if disagree(said, known) or (said.low < said.high and known.low == known.high and not said.approximate):
        return False
    return said.bound is known.bound or not disagree(replace(said, bound=Bound.EXACT), replace(known, bound=Bound.EXACT))


def _at_the_end(said: Quantity, known: Quantity) -> bool:
    """ "Until 6 pm" is where the hours that are known end; "at 6 pm" is within them."""
    if said.relation is Relation.UNTIL:
        return said.low == known.high
    return said.low == known.low if said.relation is Relation.FROM else known.low <= said.low <= known.high


def same_number(said: Quantity, known: Quantity) -> bool:
    """Whether two quantities that are not comparable ("six people", "six or more"; "four months old") give one figure."""
    if {said.dimension, known.dimension} <= _SPANS:
        return (said.low, said.high) == (known.low, known.high)
    return {said.dimension, known.dimension} <= _NUMBERS and said.written == known.written


def figures(text: str) -> frozenset[float]:
    """The numbers that a text names in figures or in words."""
    found = tokens(text)
    return frozenset(read.low for i in range(len(found)) if (read := number_at(found, i)) is not None)
