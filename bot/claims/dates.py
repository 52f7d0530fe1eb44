"""Tokens go in; the date, month, year or range of dates, or the days of the week that begin at a token, come out."""

import datetime
import re
from dataclasses import dataclass

from bot.claims.numerals import Token, word_at, word_set

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ],
        1,
    )
    for name in names
}
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
WEEKDAYS = {name: day for day, name in enumerate(_DAYS)} | {f"{name}s": day for day, name in enumerate(_DAYS)}
DAY_NAMES = frozenset(WEEKDAYS) | frozenset(_SHORT)
TO = frozenset({"to", "-", "–", "—", "until", "till", "through", "thru"})
EVERY_DAY = frozenset(range(7))
_SETS = {
    ("seven", "days", "a", "week"): EVERY_DAY,
    ("7", "days", "a", "week"): EVERY_DAY,
    ("seven", "days", "per", "week"): EVERY_DAY,
    ("7", "days", "per", "week"): EVERY_DAY,
    ("every", "day", "of", "the", "week"): EVERY_DAY,
    ("365", "days", "a", "year"): EVERY_DAY,
    ("every", "weekday"): frozenset(range(5)),
    ("weekdays",): frozenset(range(5)),
    ("every", "weekend"): frozenset({5, 6}),
    ("weekends",): frozenset({5, 6}),
}
_BETWEEN_DAYS = TO | {"and", "&", ",", "or"}
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_VERBS_TOO = frozenset({"may", "march"})  # months only where they are written with a capital letter
_FIRST_TWELVE = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_FIRST_TWELVE += ["tenth", "eleventh", "twelfth"]
ORDINALS = {word: day for day, word in enumerate(_FIRST_TWELVE, 1)} | {"fifteenth": 15, "twentieth": 20, "last": 31}
_SPELLED = {word: day for word, day in ORDINALS.items() if word != "last"}  # "the eleventh of January"
_EACH_MONTH = frozenset({"each", "every", "the", "a", "any"})
_BEFORE_A_YEAR = word_set("in since until till by from of for during before after summer winter spring autumn © copyright")
_BEFORE_A_MONTH = word_set("in since until till by from of for during before after every each early mid late and , - – to")


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year as days since 1 January of the year 1, and as 32 * month + day; `year` is None where none is said.

    `end` is the token behind it.
    """

    year: int | None
    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    end: int
    decade: bool = False

    def days(self) -> tuple[float, float]:
        year = self.year or 2000
        last = year + 9 if self.decade else year
        return float(_ordinal(year, self.first)), float(_ordinal(last, self.last))

    def days_of_year(self) -> tuple[float, float]:
        return float(32 * self.first[0] + self.first[1]), float(32 * self.last[0] + self.last[1])


def _ordinal(year: int, month_and_day: tuple[int, int]) -> int:
    month, day = month_and_day
    while day > 28:
        try:
            return datetime.date(year, month, day).toordinal()
        except ValueError:
            day -= 1
    return datetime.date(year, month, day).toordinal()


def date_at(found: list[Token], i: int) -> Date | None:
    return _iso(found, i) or _day_month(found, i) or _month_day(found, i) or _month(found, i) or _year_alone(found, i)


def _iso(found: list[Token], i: int) -> Date | None:
    """2025-05-01, 01/05/2025 (the day first unless it cannot be), 1.5.2025 is one token and left alone."""
    parts = [word_at(found, i + k) for k in range(5)]
    if not (parts[1] == parts[3] and parts[1] in {"-", "/"} and all(_is_short(part) for part in parts[::2])):
        return None
    numbers = [int(part) for part in parts[::2]]
    year, month, day = numbers if len(parts[0]) == 4 else numbers[::-1]
    if month > 12:
        month, day = day, month
    year += 2000 if year < 100 else 0
    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return Date(year, (month, day), (month, day), i + 5)


def _is_short(word: str) -> bool:
    """Whether it is digits that a date can hold; a run of thousands of them cannot even be read as a number."""
    return word.isdecimal() and len(word) <= 4


def _day(found: list[Token], i: int) -> tuple[int, int] | None:
    """The day of a month at token `i`, and the token behind it."""
    word = word_at(found, i)
    if word in _SPELLED and word_at(found, i + 1) == "of" and word_at(found, i + 2) in MONTHS:
        return _SPELLED[word], i + 1
    if not (_is_short(word) and 1 <= int(word) <= 31):
        return None
    return int(word), i + 1 + (word_at(found, i + 1) in _ORDINAL_ENDINGS)


def _day_month(found: list[Token], i: int) -> Date | None:
    day = _day(found, i)
    if day is None:
        return None
    at = day[1] + (word_at(found, day[1]) == "of")
    at, last = _last_day(found, at, day[0])
    month = MONTHS.get(word_at(found, at), 0)
    if not month or (word_at(found, at) in _VERBS_TOO and not found[at].capital):
        return None
    return _with_year(found, Date(None, (month, day[0]), (month, last), at + 1))


def _last_day(found: list[Token], at: int, first: int) -> tuple[int, int]:
    """Behind "24" the last day of "24 to 26 December", "24 and 25 December", "24, 25 and 26 December", and where its month is
    said; `at` and `first` themselves where no more days are named."""
    last, end = first, at
    while word_at(found, end) in _BETWEEN_DAYS and (later := _day(found, end + 1)) and later[0] > last:
        last, end = later[0], later[1] + (word_at(found, later[1]) == "of")
    return (end, last) if word_at(found, end) in MONTHS else (at, first)


def _month_day(found: list[Token], i: int) -> Date | None:
    month = MONTHS.get(word_at(found, i), 0)
    day = _day(found, i + 1) if month and found[i].capital else None
    if day is None:
        return None
    if word_at(found, day[1]) in {":", "%", "minutes", "hours", "days", "people"}:
        return None
    return _with_year(found, Date(None, (month, day[0]), (month, day[0]), day[1]))


def _month(found: list[Token], i: int) -> Date | None:
    month = MONTHS.get(word_at(found, i), 0)
    if not month or not found[i].capital:
        return None
    date = _with_year(found, Date(None, (month, 1), (month, 31), i + 1))
    clear = len(word_at(found, i)) > 3 and word_at(found, i) != "march"
    if date.year is None and not (word_at(found, i - 1) in _BEFORE_A_MONTH or (clear and i > 0)):
        return None
    return date


def _with_year(found: list[Token], date: Date) -> Date:
    at = date.end + (word_at(found, date.end) == ",")
    if _YEAR.fullmatch(word_at(found, at)):
        return Date(int(word_at(found, at)), date.first, date.last, at + 1)
    return date


def _year_alone(found: list[Token], i: int) -> Date | None:
    if not _YEAR.fullmatch(word_at(found, i)):
        return None
    whole = ((1, 1), (12, 31))
    if word_at(found, i + 1) in {"s", "'s"} and word_at(found, i).endswith("0") and found[i].end == found[i + 1].start:
        return Date(int(word_at(found, i)), *whole, i + 2, decade=True)
    before = word_at(found, i - 1)
    behind = word_at(found, i + 1)
    closed = behind in {"", ",", ".", ";", ")", ":"}
    return Date(int(word_at(found, i)), *whole, i + 1) if before in _BEFORE_A_YEAR or (closed and i == 0) else None


def day_of_month_at(found: list[Token], i: int) -> tuple[int, int] | None:
    """ "the 5th of each month", "the first day of the month": the day, 31 for the last, and the token behind."""
    word = word_at(found, i)
    if word in ORDINALS:
        day, end = ORDINALS[word], i + 1
    elif _is_short(word) and 1 <= int(word) <= 31 and word_at(found, i + 1) in _ORDINAL_ENDINGS:
        day, end = int(word), i + 2
    else:
        return None
    end += word_at(found, end) == "day"
    named = [word_at(found, end + k) for k in range(3)]
    if named[0] not in {"of", "in"} or named[1] not in _EACH_MONTH:
        return None
    at = end + 2 + (named[2] in {"calendar", "following"})
    return (day, at + 1) if word_at(found, at) == "month" else None


def date_range_at(found: list[Token], i: int) -> tuple[Date, Date] | None:
    """A date, or two of them with "to" between; a list of months is the range from the first to the last."""
    named = _behind_its_day(found, i)
    first = date_at(found, named)
    if first is None:
        return None
    last, at = first, first.end
    joint = TO | ({"and"} if word_at(found, i - 1) == "between" else set())
    if word_at(found, at) in joint and (second := date_at(found, _behind_its_day(found, at + 1))):
        return _same_year(first, second), second
    while word_at(found, at) in {",", "and", "or"} and _is_month(last) and (following := date_at(found, at + 1)):
        if not _is_month(following):
            break
        last, at = following, following.end
    return first, last


def _behind_its_day(found: list[Token], i: int) -> int:
    """Where the date of "Sunday 5 January" or "Sunday, 5 January" itself begins."""
    if _weekday(found, i) is None:
        return i
    at = i + 1 + (word_at(found, i + 1) in {",", "."})
    at += word_at(found, at) == "the"
    return at if _day_month(found, at) or _month_day(found, at) or _iso(found, at) else i


def _is_month(date: Date) -> bool:
    return date.first[1] == 1 and date.last[1] == 31 and date.first[0] == date.last[0]


def _same_year(first: Date, second: Date) -> Date:
    if first.year is None and second.year is not None:
        return Date(second.year, first.first, first.last, first.end)
    return first


def weekdays_at(found: list[Token], i: int) -> tuple[frozenset[int], int] | None:
    """Days of the week (0 is Monday) and the token behind them."""
    for spelled, days in _SETS.items():
        if all(word_at(found, i + k) == word for k, word in enumerate(spelled)):
            return days, i + len(spelled)
    first = _weekday(found, i)
    if first is None:
        return None
    named, at = {first}, i + 1
    at += word_at(found, at) == "." and word_at(found, i) in _SHORT
    while (step := _next_day(found, at)) is not None:
        named |= set(_span(first, step[0])) if word_at(found, at) in TO else {step[0]}
        first, at = step
    if len(named) == 1 and word_at(found, i) in _SHORT:
        return None
    return frozenset(named), at


def _next_day(found: list[Token], at: int) -> tuple[int, int] | None:
    word = word_at(found, at)
    if word not in TO and word not in {",", "and", "&", "or", "/"}:
        return None
    skip = 2 if word == "," and word_at(found, at + 1) in {"and", "or"} else 1
    day = _weekday(found, at + skip)
    if day is None:
        return None
    end = at + skip + 1
    return day, end + (word_at(found, end) == "." and word_at(found, at + skip) in _SHORT)


def _weekday(found: list[Token], i: int) -> int | None:
    word = word_at(found, i)
    if word in WEEKDAYS:
        return WEEKDAYS[word]
    return _SHORT.get(word) if word in _SHORT and found[i].capital else None


def _span(first: int, last: int) -> list[int]:
    return [(first + k) % 7 for k in range((last - first) % 7 + 1)]
