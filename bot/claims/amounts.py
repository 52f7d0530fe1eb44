"""Tokens go in; the amount that begins at one of them comes out: a number or a range with its unit, "£4 million", "an hour"."""

from dataclasses import dataclass, replace

from bot.claims.closed_class import FUNCTION_WORDS
from bot.claims.numerals import ARTICLES, FRACTIONS, ONES, SHORT_SCALES, Number, Token, number_at, word_at, word_set
from bot.claims.units import (
    ATTACHED_ONLY,
    CURRENCY_CODES,
    CURRENCY_SYMBOLS,
    LONGEST_SPELLING,
    TIME_WORDS,
    UNITS,
    Dimension,
    Unit,
    currency,
)

_RANGE = word_set("to - – — or till until through")
_BEFORE_AN_ARTICLE = word_set(
    "for within in about after takes lasts last up to than least every over under per until of once allow allows need needs "
    "give spend stay wait aside"
)
_BEHIND_AN_ARTICLE = word_set(". , ; : ) or and at after before of from to in later apart ago long on each when if until")
_BEFOREHAND = word_set("before beforehand ahead")  # "a fortnight before": no rate
_NOTES = {"fiver": 5.0, "tenner": 10.0}
_OF_A_SPAN = word_set("notice written warning grace rent pay wait supply")
_WHOLE = word_set("full whole clear complete entire calendar consecutive straight solid good single")
_WORDS_OF_TIME = frozenset({*TIME_WORDS, *(f"{word}'s" for word in TIME_WORDS), "working", "business"})
_WEIGHING = word_set("weigh weighs weight weighing heavy heavier lift luggage bodyweight load")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in a unit; None is a unit that is not said yet."""

    low: float
    high: float
    unit: Unit | None
    end: int
    vague: bool = False


_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "sixth": 100 / 6, "eighth": 12.5, "tenth": 10.0}
_PARTS |= {"twentieth": 5.0}
_PERCENT = UNITS["%",]
_ALL = 100
_OF_WHAT = word_set("the your their its his her our that this each every any what")


def share_at(found: list[Token], i: int) -> Amount | None:
    """ "a quarter off", "half price", "two thirds of the fee", in percent; None where no share of anything begins."""
    times = 1.0
    if word_at(found, i) in ARTICLES:
        at = i + 1
    elif word_at(found, i) in ONES and word_at(found, i + 1) != "half":
        times, at = float(ONES[word_at(found, i)]), i + 1
    else:
        at = i
    at += word_at(found, at) == "-"
    share = _PARTS.get(word_at(found, at), _PARTS.get(word_at(found, at).removesuffix("s"), 0.0)) * times
    if not 0 < share < 100 or (at == i and share != _PARTS["half"]):
        return None
    behind = at + 1
    if word_at(found, behind) in {"off", "price"} or (word_at(found, behind) == "-" and word_at(found, behind + 1) == "price"):
        return Amount(share, share, _PERCENT, behind + 1 + (word_at(found, behind) == "-"))
    of = word_at(found, behind) == "of" or share == _PARTS["half"]
    named = word_at(found, behind + (word_at(found, behind) == "of"))
    if of and named in _OF_WHAT and word_at(found, behind + 1 + (word_at(found, behind) == "of")) not in TIME_WORDS:
        return Amount(share, share, _PERCENT, behind)
    return None


def amount_at(found: list[Token], i: int) -> Amount | None:
    """ "20", "20 to 30 minutes", "between 5 and 6 km", "a few hours to a few days", "half of the fee"; None for no amount."""
    share = share_at(found, i)
    if share is not None:
        return share
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
        return Amount(first.low, max(first.high, second.high), unit, second.end, first.vague or second.vague)
    factor = first.unit.low / unit.low if unit else 1.0
    return Amount(first.low * factor, second.high, unit, second.end, first.vague or second.vague)


def _one_range(first: Amount, second: Amount) -> bool:
    if first.unit is None:
        return first.low <= second.high
    if second.unit is None or second.unit.dimension is not first.unit.dimension:
        return False
    same_money = second.unit.dimension is not Dimension.MONEY or second.unit.name == first.unit.name
    return same_money and first.unit.base(first.low, first.low)[0] < second.unit.base(second.high, second.high)[1]


def _compound(found: list[Token], i: int, *, in_range: bool = False) -> Amount | None:
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


def _amount(found: list[Token], i: int, *, in_range: bool = False) -> Amount | None:
    symbol = CURRENCY_SYMBOLS.get(word_at(found, i)) or CURRENCY_CODES.get(word_at(found, i))
    number = number_at(found, i + 1 if symbol else i)
    if symbol:
        return _money(found, number, currency(symbol)) if number else None
    if number is None:
        return _note(found, i) or _article_and_unit(found, i, in_range=in_range)
    hundred = number.end + 1 + (word_at(found, number.end + 1) in {"every", "each", "a"})
    if word_at(found, number.end) == "in" and word_at(found, hundred) in {"hundred", "100"} and number.high <= _ALL:
        return Amount(number.low, number.high, _PERCENT, hundred + 1, number.vague)  # "96 in every hundred"
    if word_at(found, number.end) in CURRENCY_SYMBOLS:
        return Amount(number.low, number.high, currency(CURRENCY_SYMBOLS[word_at(found, number.end)]), number.end + 1)
    unit, end = _unit_behind(found, number.end)
    if unit is None and word_at(found, number.end) in SHORT_SCALES and word_at(found, i).isdecimal():
        return None
    return Amount(number.low, number.high, unit, end, number.vague)


def _money(found: list[Token], number: Number, unit: Unit) -> Amount:
    scale, end = 1.0, number.end
    if word_at(found, end) in SHORT_SCALES and found[end].start == found[end - 1].end:
        scale, end = SHORT_SCALES[word_at(found, end)], end + 1
    if word_at(found, end) in {"gbp", "usd", "eur"}:
        end += 1
    return Amount(number.low * scale, number.high * scale, unit, end, number.vague)


def _unit_behind(found: list[Token], i: int) -> tuple[Unit | None, int]:
    """The longest unit that is spelled from token `i` on, with or without a hyphen before it, and the token behind it."""
    skipped = word_at(found, i) == "-" or (word_at(found, i) in _WHOLE and word_at(found, i + 1) in _WORDS_OF_TIME)
    for start in (i, i + 1) if skipped else (i,):
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


def _note(found: list[Token], i: int) -> Amount | None:
    """ "A fiver"."""
    value = _NOTES.get(word_at(found, i + 1)) if word_at(found, i) in ARTICLES else None
    return Amount(value, value, currency("GBP"), i + 2) if value else None


def _article_and_unit(found: list[Token], i: int, *, in_range: bool) -> Amount | None:
    """ "a week", "a month's notice", "a whole year": an amount only where it cannot be "8p a minute" or "a day pass"."""
    if word_at(found, i) not in ARTICLES:
        return None
    whole = word_at(found, i + 1) in _WHOLE - {"single"}
    named = word_at(found, i + 1 + whole)
    unit = TIME_WORDS.get(named.removesuffix("'s"))
    if unit is None or unit.name == "second":
        return None
    before, behind = word_at(found, i - 1), word_at(found, i + 2 + whole)
    if whole and behind.isalpha() and behind not in FUNCTION_WORDS:
        return None  # "a full day pass"
    if not whole and not (named.endswith("'s") and behind in _OF_A_SPAN):
        if behind and behind not in _BEHIND_AN_ARTICLE:
            return None
        known = before in _BEFORE_AN_ARTICLE or behind in _BEFOREHAND or (before in {",", ""} and behind)
        if not in_range and not known:
            return None
    return Amount(1.0, 1.0, unit, i + 2 + whole)


def _a_unit_alone(found: list[Token], i: int) -> bool:
    """Whether what was read as a number is a word of its own: "half" of something, "a quarter"."""
    return word_at(found, i) in FRACTIONS or (word_at(found, i) in ARTICLES and word_at(found, i + 1) in FRACTIONS)
