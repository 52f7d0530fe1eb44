"""A sentence goes in; the quantities that it states come out, with unit, range, bound and what they are for each of.

The grammar reads English. It knows words of number, measure and time and closed classes ("at least", "every"), no subject.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from bot.claims.amounts import amount_at
from bot.claims.bounds import bound_of
from bot.claims.clock import hours_at
from bot.claims.counted import BIRTHDAYS, birthday_at, counted_at, twice_at
from bot.claims.dates import DAY_NAMES, MONTHS, ORDINALS, Date, date_range_at, day_of_month_at, weekdays_at
from bot.claims.measures import ANY, Bound, Quantity, Relation
from bot.claims.numerals import (
    Number,
    Token,
    may_begin_number,
    phrase_set,
    tokens,
    word_at,
    word_set,
)
from bot.claims.rates import FREQUENT, frequency_at, per_at
from bot.claims.references import is_reference
from bot.claims.units import (
    AGE_IN_YEARS,
    CURRENCY_CODES,
    CURRENCY_SYMBOLS,
    PER_HOUR,
    UNITS,
    Dimension,
)

_CLOSES, _OPENS = word_set("close closes closing shut shuts"), word_set("open opens opening reopens")
_SAYS_WHICH_END = word_set(". ; and until till from to by")
_NEAR_HOURS = 5  # tokens
_SHUT, _OPEN = word_set("closed closes shut shuts except excluding"), word_set("open opens opening ; .")


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of one sentence in order, with offsets into `text`. Never raises."""
    return tuple(_read(tokens(text)))


def _read(found: list[Token]) -> Iterator[Quantity]:
    i = 0
    while i < len(found):
        read = None if is_reference(found, i) else _first(found, i)
        if read is None:
            i = is_reference(found, i) or i + 1
            continue
        quantity, i = read
        yield quantity


_Read = tuple[Quantity, int]


def _first(found: list[Token], i: int) -> _Read | None:
    word = found[i].word
    if not (may_begin_number(word) or word in _BEGINNINGS):
        return None
    for kind in _KINDS:
        read = kind(found, i)
        if read is not None:
            return read
    return None


_FREE = phrase_set(
    "free of charge|for free|at no cost|at no charge|at no extra cost|at no extra charge|at no additional cost|costs nothing|"
    "without charge|is free|are free|go free|goes free|is no charge"
)


def _free(found: list[Token], i: int) -> _Read | None:
    for length in range(4, 1, -1):
        end = i + length
        if tuple(word_at(found, i + k) for k in range(length)) in _FREE and word_at(found, end) not in {"to", "of", "from"}:
            span = found[i].start, found[end - 1].end
            return Quantity(Dimension.MONEY, 0, 0, *span, unit=ANY), end
    return None


def _days(found: list[Token], i: int) -> _Read | None:
    days = weekdays_at(found, i)
    if days is None:
        return None
    start, end = found[i].start, found[days[1] - 1].end
    relation = bound_of(found, i, days[1]).relation
    closed = _shut(found, i, days[1])
    return Quantity(Dimension.WEEKDAYS, 0, 0, start, end, members=days[0], relation=relation, closed=closed), days[1]


def _shut(found: list[Token], start: int, end: int) -> bool:
    """ "shut on Mondays", "every day except Sunday", "Sundays: closed"."""
    for at in range(start - 1, max(-1, start - 6), -1):
        if word_at(found, at) in _SHUT:
            return True
        if word_at(found, at) in _OPEN:
            break
    behind = end + (word_at(found, end) in {":", "-", "–"})
    return word_at(found, behind) in _SHUT - {"except", "excluding"}


def _date(found: list[Token], i: int) -> _Read | None:
    dates = date_range_at(found, i)
    if dates is None:
        return None
    first, last = dates
    end = max(first.end, last.end)
    relation = bound_of(found, i, end).relation
    return _dated(first, last, found[i].start, found[end - 1].end, relation), end


def _dated(first: Date, last: Date, start: int, end: int, relation: Relation) -> Quantity:
    if first.year is None:
        low, high = first.days_of_year()[0], last.days_of_year()[1]
        return Quantity(Dimension.DAY_OF_YEAR, low, high, start, end, (low, high), relation=relation)
    written = (first.days_of_year()[0], last.days_of_year()[1])
    return Quantity(Dimension.DATE, first.days()[0], last.days()[1], start, end, written, relation=relation)


def _day_of_month(found: list[Token], i: int) -> _Read | None:
    named = day_of_month_at(found, i)
    if named is None:
        return None
    day, end = float(named[0]), named[1]
    relation = bound_of(found, i, end).relation
    span = found[i].start, found[end - 1].end
    return Quantity(Dimension.DAY_OF_MONTH, day, day, *span, (day, day), relation=relation), end


def _hours(found: list[Token], i: int) -> _Read | None:
    hours = hours_at(found, i)
    if hours is None:
        return None
    relation = _end_of_hours(found, i) or bound_of(found, i, hours.end).relation if hours.low == hours.high else Relation.NONE
    span = found[i].start, found[hours.end - 1].end
    low, high = float(hours.low), float(hours.high)
    return Quantity(Dimension.CLOCK, low, high, *span, (low, high), ambiguous=hours.ambiguous, relation=relation), hours.end


def _end_of_hours(found: list[Token], i: int) -> Relation | None:
    """ "closes at 9 pm" is until then, "opens at 7" from then on."""
    for at in range(i - 1, max(-1, i - _NEAR_HOURS), -1):
        if word_at(found, at) in _CLOSES:
            return Relation.UNTIL
        if word_at(found, at) in _OPENS:
            return Relation.FROM
        if word_at(found, at) in _SAYS_WHICH_END:
            return None
    return None


def _measure(found: list[Token], i: int) -> _Read | None:
    amount = amount_at(found, i)
    if amount is None:
        return None
    if amount.unit is None:
        return counted_at(found, i, Number(amount.low, amount.high, amount.end, amount.vague))
    bound = bound_of(found, i, amount.end)
    per, end = per_at(found, amount.end)
    unit = amount.unit
    low, high = unit.base(amount.low, amount.high)
    quantity = Quantity(
        dimension=unit.dimension,
        low=low,
        high=high,
        start=found[i].start,
        end=found[max(end, bound.end) - 1].end,
        written=(low, high) if unit.dimension is Dimension.MONEY else (amount.low, amount.high),
        unit=unit.name,
        system=unit.system,
        per=per,
        bound=bound.bound,
        approximate=bound.approximate or amount.vague,
        relation=bound.relation,
        added=bound.added,
    )
    return _aged(_by_the_hour(_without_times(quantity)), found, i), max(end, bound.end)


def _without_times(quantity: Quantity) -> Quantity:
    """ "from £10" is a least amount; only dates and hours begin and end."""
    if quantity.relation is Relation.FROM and quantity.bound is Bound.EXACT and quantity.low == quantity.high:
        return replace(quantity, relation=Relation.NONE, bound=Bound.AT_LEAST)
    if quantity.relation in {Relation.FROM, Relation.UNTIL}:
        return replace(quantity, relation=Relation.NONE)
    return quantity


def _by_the_hour(quantity: Quantity) -> Quantity:
    """ "8p a minute" and "£4.80 an hour" are one rate."""
    if len(quantity.per) != 1 or quantity.per[0] not in PER_HOUR:
        return quantity
    factor = PER_HOUR[quantity.per[0]]
    low, high = quantity.low * factor, quantity.high * factor
    return replace(quantity, low=low, high=high, written=(low, high), per=("hour",))


_KINDS: tuple[Callable[[list[Token], int], _Read | None], ...] = (
    _free,
    _day_of_month,
    _date,
    _days,
    _hours,
    birthday_at,
    frequency_at,
    twice_at,
    _measure,
)


_BEGINNINGS = (
    frozenset({phrase[0] for phrase in _FREE})
    | DAY_NAMES
    | frozenset(MONTHS)
    | frozenset(CURRENCY_SYMBOLS)
    | frozenset(CURRENCY_CODES)
    | frozenset(BIRTHDAYS)
    | FREQUENT
    | frozenset(ORDINALS)
)
_BEGINNINGS |= word_set("weekdays weekends day noon midday midnight round around quarter")


def _aged(quantity: Quantity, found: list[Token], i: int) -> Quantity:
    """ "from 6 months of age" is an age already; "aged 18 months" is one by the word before it."""
    if quantity.unit in {"year", "month", "week"} and word_at(found, i - 1) in {"aged", "age", "ages"}:
        years = AGE_IN_YEARS if quantity.unit == "year" else UNITS[quantity.unit, "old"]
        low, high = years.base(*quantity.written)
        return replace(quantity, dimension=Dimension.AGE, low=low, high=high, unit=years.name)
    return quantity
