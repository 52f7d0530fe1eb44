"""Tokens go in; how often something happens ("every 4-6 weeks", "twice a year") and what a value is for each of come out."""

from bot.claims.bounds import bound_of
from bot.claims.closed_class import FUNCTION_WORDS
from bot.claims.measures import Bound, Quantity
from bot.claims.numerals import ARTICLES, Number, Token, number_at, word_at, word_set
from bot.claims.units import DAY, TIME_WORDS, Dimension, Unit
from knowledge.text import stems

_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "quarterly": "quarter",
}
_QUARTER = Unit("quarter", Dimension.TIME, 84 * DAY, 93 * DAY)  # of a year; elsewhere a quarter is a fraction
_SPANS = {**TIME_WORDS, "quarter": _QUARTER}
_ONE_SPAN = {(12, "month"): "year", (7, "day"): "week", (52, "week"): "year", (24, "hour"): "day", (365, "day"): "year"}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
FREQUENT = frozenset({"every", "each", *_ADVERBS, *_TIMES})  # the words besides numbers that a frequency begins with
_ONCE = Number(1, 1, 0)
_PER = word_set("per each every / a an")
_BEHIND_AN_ADVERB = word_set(". , ; ) and or but for in at from by on until if when")
_OPENING = word_set("each every per")
_ANY_ONE = word_set("any a an one the each every")
_KINDS_OF_SPAN = word_set("calendar single given full whole school financial")


def frequency_at(found: list[Token], i: int) -> tuple[Quantity, int] | None:
    """The frequency that begins at token `i` and the token behind it; as seconds from one time to the next."""
    return _every(found, i) or _times(found, i) or _adverb(found, i)


def _every(found: list[Token], i: int) -> tuple[Quantity, int] | None:
    """ "every 4-6 weeks", "every other day", "every day", "each month"."""
    if word_at(found, i) not in {"every", "each"}:
        return None
    at = i + 1
    quarter = word_at(found, at) == "quarter" and word_at(found, at + 1) != "of"
    number = None if quarter else number_at(found, at)
    if word_at(found, at) == "other":
        number = Number(2, 2, at + 1)
    if number is None:
        unit = _SPANS.get(word_at(found, at))
        behind = word_at(found, at + 1)
        return (
            _made(found, i, at + 1, unit, _ONCE) if unit and not (behind.isalpha() and behind not in FUNCTION_WORDS) else None
        )
    low, high, end = number.low, number.high, number.end
    if word_at(found, end) in {"-", "–", "to", "or"} and (second := number_at(found, end + 1)):
        high, end = second.high, second.end
    unit = _SPANS.get(word_at(found, end))
    return _made(found, i, end + 1, unit, Number(low, high, end, number.vague)) if unit else None


def _times(found: list[Token], i: int) -> tuple[Quantity, int] | None:
    """ "once a year", "1-2x/day", "three times a week", "once in each membership year"."""
    low, high, end = _how_many_times(found, i)
    if not end:
        return None
    if word_at(found, end) == "in" and word_at(found, end + 1) in _OPENING | ARTICLES:
        end += 1
    if word_at(found, end) not in _PER:
        return None
    at = end + 1
    named = word_at(found, at).isalpha() and number_at(found, at) is None  # "once in each membership year"
    if named and word_at(found, at) not in _SPANS and word_at(found, at + 1) in _SPANS:
        at += 1
    number = number_at(found, at)
    span = (number.low if number else 1.0, number.high if number else 1.0)
    at = number.end if number else at
    unit = _SPANS.get(word_at(found, at))
    return _made(found, i, at + 1, unit, Number(span[0] / high, span[1] / low, at)) if unit else None


def _how_many_times(found: list[Token], i: int) -> tuple[float, float, int]:
    if word_at(found, i) in _TIMES:
        low = high = float(_TIMES[word_at(found, i)])
        if word_at(found, i + 1) == "or" and word_at(found, i + 2) in _TIMES:
            return low, float(_TIMES[word_at(found, i + 2)]), i + 3
        return low, high, i + 1
    number = number_at(found, i)
    if number is None or number.low <= 0:
        return 0, 0, 0
    low, high, end = number.low, number.high, number.end
    if word_at(found, end) in {"-", "–", "to", "or"} and (second := number_at(found, end + 1)):
        high, end = second.high, second.end
    return (low, high, end + 1) if word_at(found, end) in {"times", "x", "×", "time"} else (0, 0, 0)


def _adverb(found: list[Token], i: int) -> tuple[Quantity, int] | None:
    unit = _SPANS.get(_ADVERBS.get(word_at(found, i), ""))
    behind = word_at(found, i + 1)
    return _made(found, i, i + 1, unit, _ONCE) if unit and (not behind or behind in _BEHIND_AN_ADVERB) else None


def _made(found: list[Token], i: int, end: int, unit: Unit | None, times: Number) -> tuple[Quantity, int] | None:
    """The frequency that tokens `i` to `end` write: once in `times` units."""
    if unit is None:
        return None
    bound = bound_of(found, i, end)
    low, high = times.low * unit.low, times.high * unit.high
    inverse = {Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}.get(bound.bound, bound.bound)
    quantity = Quantity(
        Dimension.FREQUENCY,
        low,
        high,
        found[i].start,
        found[end - 1].end,
        (low, high),
        bound=inverse,
        approximate=bound.approximate or times.vague,
    )
    return quantity, end


def per_at(found: list[Token], i: int) -> tuple[tuple[str, ...], int]:
    """What a value before token `i` is for each of, as stems in alphabetical order, and the token behind it.

    "a minute", "per rider per month", "/treatment", "for every further 15 minutes", "each".
    """
    named: list[str] = []
    end = i
    while True:
        one, after = _one_per(found, end)
        if not one:
            return tuple(sorted(named)), end
        named, end = [*named, one], after


def _one_per(found: list[Token], i: int) -> tuple[str, int]:
    at = i + (word_at(found, i) in {"for", "in", "within", "over", "during"} and word_at(found, i + 1) in _OPENING)
    said = word_at(found, at)
    if said in {"in", "within", "over", "during"}:
        return _in_any(found, i)
    if said not in _PER:
        return "", i
    at += 1
    while word_at(found, at) in {"further", "additional", "extra", "started", "full"}:
        at += 1
    number = number_at(found, at)
    word = word_at(found, number.end if number else at)
    if word in _SPANS:
        return _span_named(number.low if number else 1.0, word), (number.end if number else at) + 1
    if number is not None or said in ARTICLES or not word.isalpha():
        return ("each", i + 1) if said == "each" and not word.isalpha() else ("", i)
    behind = word_at(found, at + 1)
    if said in {"each", "every"} and behind.isalpha() and behind not in FUNCTION_WORDS:
        word, at = behind, at + 1  # "for each late book"
    return stems([word])[0], at + 1


def _in_any(found: list[Token], i: int) -> tuple[str, int]:
    """ "in any year", "within any period of twelve months", "in one calendar month", "in twelve months"."""
    at = i + 1
    counted = word_at(found, at) in _ANY_ONE
    at += counted
    for skipped in (_KINDS_OF_SPAN, {"period"}, {"of"}):
        at += word_at(found, at) in skipped
    number = number_at(found, at)
    at = number.end if number else at
    if word_at(found, at) not in _SPANS or not (counted and word_at(found, i) != "over"):
        return "", i
    return _span_named(number.low if number else 1.0, word_at(found, at)), at + 1


def _span_named(times: float, word: str) -> str:
    """Twelve months are a year."""
    name = _SPANS[word].name
    return _ONE_SPAN.get((int(times), name), "") or (f"{times:g} {name}" if times != 1 else name)


def span_of_time(per: tuple[str, ...]) -> tuple[float, float] | None:
    """Seconds of the one unit of time that something is for each of."""
    unit = _SPANS.get(per[0]) if len(per) == 1 else None
    return (unit.low, unit.high) if unit else None
