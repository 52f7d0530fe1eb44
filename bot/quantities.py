"""A sentence goes in; the quantities that it states come out, with unit, range, bound and what they are for each of.

The grammar reads English. It knows words of number, measure and time and closed classes ("at least", "every"), no subject.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.bounds import bound_of
from bot.clock import hours_at
from bot.counted import counted_at, twice_at
from bot.dates import DAY_NAMES, MONTHS, Date, date_range_at, weekdays_at
from bot.measures import ANY, Bound, Quantity, Relation
from bot.numerals import (
    ARTICLES,
    FRACTIONS,
    SHORT_SCALES,
    Number,
    Token,
    may_begin_number,
    number_at,
    phrase_set,
    tokens,
    word_at,
    word_set,
)
from bot.rates import FREQUENT, frequency_at, per_at
from bot.references import is_reference
from bot.units import (
    AGE_IN_YEARS,
    ATTACHED_ONLY,
    CURRENCY_SYMBOLS,
    LONGEST_SPELLING,
    PER_HOUR,
    TIME_WORDS,
    UNITS,
    Dimension,
    Unit,
    currency,
)

_RANGE = word_set("to - – — or till until through")
_BEFORE_AN_ARTICLE = word_set("for within in about after takes lasts last up to than least every over under per until of once")
_BEHIND_AN_ARTICLE = word_set(". , ; : ) or and at after before of from to in later apart ago long on each when if until")
_SHUT, _OPEN = word_set("closed closes shut shuts except excluding"), word_set("open opens opening ; .")
_WEIGHING = word_set("weigh weighs weight weighing heavy heavier lift luggage bodyweight load")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A value in a unit; None is a unit that is not said yet."""

    low: float
    high: float
    unit: Unit | None
    end: int
    vague: bool = False


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


def _hours(found: list[Token], i: int) -> _Read | None:
    hours = hours_at(found, i)
    if hours is None:
        return None
    relation = bound_of(found, i, hours.end).relation if hours.low == hours.high else Relation.NONE
    span = found[i].start, found[hours.end - 1].end
    low, high = float(hours.low), float(hours.high)
    return Quantity(Dimension.CLOCK, low, high, *span, (low, high), ambiguous=hours.ambiguous, relation=relation), hours.end


def _measure(found: list[Token], i: int) -> _Read | None:
    amount = _range(found, i)
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
    _days,
    _date,
    _hours,
    frequency_at,
    twice_at,
    _measure,
)


_BEGINNINGS = (
    frozenset({phrase[0] for phrase in _FREE}) | DAY_NAMES | frozenset(MONTHS) | frozenset(CURRENCY_SYMBOLS) | FREQUENT
)
_BEGINNINGS |= word_set("weekdays weekends day noon midday midnight round around quarter")


def _aged(quantity: Quantity, found: list[Token], i: int) -> Quantity:
    """ "from 6 months of age" is an age already; "aged 18 months" is one by the word before it."""
    if quantity.unit in {"year", "month", "week"} and word_at(found, i - 1) in {"aged", "age", "ages"}:
        years = AGE_IN_YEARS if quantity.unit == "year" else UNITS[quantity.unit, "old"]
        low, high = years.base(*quantity.written)
        return replace(quantity, dimension=Dimension.AGE, low=low, high=high, unit=years.name)
    return quantity


def _range(found: list[Token], i: int) -> _Amount | None:
    first = _compound(found, i)
    if first is None:
        return None
    joint = word_at(found, first.end)
    if joint not in _RANGE and not (joint == "and" and word_at(found, i - 1) == "between"):
        return first if first.unit is not None or not _a_unit_alone(found, i) else None
    second = _compound(found, first.end + 1, in_range=True)
    if second is None or not _one_range(first, second):
        return first
    unit = second.unit
    if first.unit is None or first.unit == unit:
        return _Amount(first.low, max(first.high, second.high), unit, second.end, first.vague or second.vague)
    factor = first.unit.low / unit.low if unit else 1.0
    return _Amount(first.low * factor, second.high, unit, second.end, first.vague or second.vague)


def _one_range(first: _Amount, second: _Amount) -> bool:
    if first.unit is None:
        return first.low <= second.high
    if second.unit is None or second.unit.dimension is not first.unit.dimension:
        return False
    same_money = second.unit.dimension is not Dimension.MONEY or second.unit.name == first.unit.name
    return same_money and first.unit.base(first.low, first.low)[0] < second.unit.base(second.high, second.high)[1]


def _compound(found: list[Token], i: int, *, in_range: bool = False) -> _Amount | None:
    """ "1 hour 30 minutes", "an hour and a half", "£4 million"."""
    amount = _amount(found, i, in_range=in_range)
    if amount is None or amount.unit is None or amount.unit.dimension is not Dimension.TIME:
        return amount
    at = amount.end
    if [word_at(found, at + k) for k in range(3)] == ["and", "a", "half"]:
        return replace(amount, low=amount.low + 0.5, high=amount.high + 0.5, end=at + 3)
    at += word_at(found, at) in {"and", ","}
    rest = _amount(found, at)
    if rest is None or rest.unit is None or rest.unit.dimension is not Dimension.TIME or rest.unit.low >= amount.unit.low:
        return amount
    if at != amount.end and rest.unit.low * 60 < amount.unit.low:
        return amount
    share = rest.low * rest.unit.low / amount.unit.low
    return replace(amount, low=amount.low + share, high=amount.high + share, end=rest.end)


def _amount(found: list[Token], i: int, *, in_range: bool = False) -> _Amount | None:
    symbol = CURRENCY_SYMBOLS.get(word_at(found, i))
    number = number_at(found, i + 1 if symbol else i)
    if symbol:
        return _money(found, number, currency(symbol)) if number else None
    if number is None:
        return _article_and_unit(found, i, in_range=in_range)
    if word_at(found, number.end) in CURRENCY_SYMBOLS:
        return _Amount(number.low, number.high, currency(CURRENCY_SYMBOLS[word_at(found, number.end)]), number.end + 1)
    unit, end = _unit_behind(found, number.end)
    if unit is None and word_at(found, number.end) in SHORT_SCALES and word_at(found, i).isdecimal():
        return None
    return _Amount(number.low, number.high, unit, end, number.vague)


def _money(found: list[Token], number: Number, unit: Unit) -> _Amount:
    scale, end = 1.0, number.end
    if word_at(found, end) in SHORT_SCALES and found[end].start == found[end - 1].end:
        scale, end = SHORT_SCALES[word_at(found, end)], end + 1
    if word_at(found, end) in {"gbp", "usd", "eur"}:
        end += 1
    return _Amount(number.low * scale, number.high * scale, unit, end, number.vague)


def _unit_behind(found: list[Token], i: int) -> tuple[Unit | None, int]:
    """The longest unit that is spelled from token `i` on, with or without a hyphen before it, and the token behind it."""
    for start in (i, i + 1) if word_at(found, i) == "-" else (i,):
        for length in range(LONGEST_SPELLING, 0, -1):
            unit = UNITS.get(tuple(word_at(found, start + k) for k in range(length)))
            if unit is not None and _stands_as_unit(found, start, length):
                return _pounds(found, unit, start), start + length
    return None, i


def _stands_as_unit(found: list[Token], start: int, length: int) -> bool:
    word = word_at(found, start)
    gap = found[start].start - found[start - 1].end
    if length == 1 and word in ATTACHED_ONLY:
        return gap <= 1 and word_at(found, start - 1)[-1:].isdecimal()
    if word == "second" and length == 1:
        return word_at(found, start - 1) in {"1", "one", "-"}
    return not (word == "stone" and word_at(found, start - 1) in {"one", "a"})


def _pounds(found: list[Token], unit: Unit, i: int) -> Unit:
    """Pounds are money unless something is weighed."""
    if word_at(found, i) in {"pound", "pounds"} and any(token.word in _WEIGHING for token in found):
        return UNITS["lb",]
    return unit


def _article_and_unit(found: list[Token], i: int, *, in_range: bool) -> _Amount | None:
    """ "a week": an amount only where it cannot be "8p a minute" or "a day pass"."""
    unit = TIME_WORDS.get(word_at(found, i + 1)) if word_at(found, i) in ARTICLES else None
    if unit is None or unit.name == "second":
        return None
    before, behind = word_at(found, i - 1), word_at(found, i + 2)
    if behind and behind not in _BEHIND_AN_ARTICLE:
        return None
    if not in_range and before not in _BEFORE_AN_ARTICLE and not (before in {",", ""} and behind):
        return None
    return _Amount(1.0, 1.0, unit, i + 2)


def _a_unit_alone(found: list[Token], i: int) -> bool:
    """Whether what was read as a number is a word of its own: "half" of something, "a quarter"."""
    return word_at(found, i) in FRACTIONS or (word_at(found, i) in ARTICLES and word_at(found, i + 1) in FRACTIONS)
