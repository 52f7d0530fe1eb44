"""Tokens go in; the time of day or the hours from one time to another that begin at a token come out, in minutes."""

import re
from dataclasses import dataclass

from bot.claims.dates import DAY_NAMES, TO
from bot.claims.numerals import Token, number_at, word_at, word_set

NOON, DAY_LONG = 720, 1440
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")
_NAMED = {"noon": NOON, "midday": NOON, "midnight": 0}
_ALL_DAY = (
    ("24", "hours", "a", "day"),
    ("24", "hours", "per", "day"),
    ("24", "/", "7"),
    ("round", "the", "clock"),
    ("around", "the", "clock"),
    ("day", "and", "night"),
    ("day", "or", "night"),
    ("24", "hours", "every", "day"),
)
_BEFORE_A_TIME = frozenset(
    {"at", "until", "till", "from", "by", "before", "after", "between", "to", "-", "–", "opens", "closes"}
)
_SAYS_HOURS = frozenset({"open", "opens", "opening", "hours", "till", "closed", "weekends", "weekdays", *DAY_NAMES})
_AT = frozenset({"at", "until", "till", "by", "before", "after"})
_NEAR = 6  # tokens
_BEGINNING_OR_END = word_set(
    "open opens opening close closes closed closing start starts begin begins end ends finish finishes doors shut shuts served "
    "staffed breakfast lunch dinner supper curfew checkout arrive arrives depart departs leave leaves quiet"
)
_BEHIND_A_TIME = frozenset({".", ",", ";", ")", "!", "on", "every", "each", "and", "sharp", "during", "except", *DAY_NAMES})
_BEHIND_HOURS = frozenset({"on", "from", "in", "every", "and", "daily", *DAY_NAMES})


@dataclass(frozen=True, slots=True)
class Time:
    """Minutes since midnight; `ambiguous` where neither am nor pm is said nor follows. `end` is the token behind."""

    minutes: int
    end: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    low: int
    high: int
    end: int
    ambiguous: bool = False


def hours_at(found: list[Token], i: int) -> Hours | None:
    """A time ("10.30", "by ten at night"), a window ("8 am to 8 pm", "between ten and six") or the whole day ("24/7")."""
    for spelled in _ALL_DAY:
        if all(word_at(found, i + k) == word for k, word in enumerate(spelled)):
            return Hours(0, DAY_LONG, i + len(spelled))
    return _window(found, i) or _single(found, i)


def _single(found: list[Token], i: int) -> Hours | None:
    time = _time(found, i)
    return Hours(time.minutes, time.minutes, time.end, time.ambiguous) if time else None


def _window(found: list[Token], i: int) -> Hours | None:
    first = _time(found, i) or _bare(found, i)
    if first is None:
        return None
    joint = TO | ({"and"} if word_at(found, i - 1) == "between" else set())
    if word_at(found, first.end) not in joint:
        return None
    second = _time(found, first.end + 1) or _bare(found, first.end + 1)
    if second is None:
        return None
    plain = _time(found, i) is None and _time(found, first.end + 1) is None
    if (plain or (first.ambiguous and second.ambiguous)) and not _reads_as_hours(found, i, first, second):
        return None
    if _by_24_hours(found, i, first, second):
        return Hours(first.minutes, second.minutes or DAY_LONG, second.end)
    return _joined(first, second)


def _by_24_hours(found: list[Token], i: int, first: Time, second: Time) -> bool:
    """Whether both are written as 22:00 is, which says what 10:00 beside it means."""
    digital = all(_CLOCK.fullmatch(word_at(found, k)) for k in (i, first.end + 1))
    bare = (first.end, second.end) == (i + 1, first.end + 2)
    return digital and bare and max(first.minutes, second.minutes) >= 13 * 60


def _reads_as_hours(found: list[Token], i: int, first: Time, second: Time) -> bool:
    """Two bare numbers are hours where they run backwards ("between ten and six") or stand behind "open" and the like."""
    behind = word_at(found, second.end)
    if behind.isalpha() and behind not in _BEHIND_HOURS:
        return False
    if word_at(found, i - 1) == "between" and first.minutes > second.minutes:
        return True
    around = {word_at(found, i - k) for k in range(1, 6)} | {word_at(found, first.end), behind}
    return bool(around & _SAYS_HOURS)


def _joined(first: Time, second: Time) -> Hours:
    low, high = first.minutes, second.minutes
    if high == 0:
        high = DAY_LONG
    if first.ambiguous and not second.ambiguous and low + NOON < high and high - low >= DAY_LONG:
        low += NOON
    if first.ambiguous and second.ambiguous and high <= low:
        high += NOON
    if first.ambiguous != second.ambiguous:
        if second.ambiguous and high <= low:
            high += NOON
        return Hours(low, high, second.end)
    return Hours(low, high, second.end, first.ambiguous)


def _time(found: list[Token], i: int) -> Time | None:
    word = word_at(found, i)
    if word in _NAMED:
        return Time(_NAMED[word], i + 1)
    if word in {"half", "quarter"} and word_at(found, i + 1) in {"past", "to"}:
        return _spoken(found, i)
    clock = _CLOCK.fullmatch(word)
    if clock:
        return _digital(found, i, int(clock[1]), int(clock[2]))
    number = number_at(found, i)
    if number is None or number.low != int(number.low) or not 0 <= number.low <= 24 or number.vague:
        return None
    return _named_half(found, int(number.low), number.end) or _plain(found, i, int(number.low), number.end)


def _plain(found: list[Token], i: int, hour: int, end: int) -> Time | None:
    """ "opens at ten", "closed until 2 on Mondays": a bare number is a time where something opens, begins or ends at it."""
    if not 1 <= hour <= 12 or word_at(found, i - 1) not in _AT or (word_at(found, end) or ".") not in _BEHIND_A_TIME:
        return None
    around = {word_at(found, i - back) for back in range(2, _NEAR + 1)}
    return Time(60 * hour, end, ambiguous=True) if around & _BEGINNING_OR_END else None


def _digital(found: list[Token], i: int, hour: int, minute: int) -> Time | None:
    half = _half(found, i + 1)
    if half:
        return Time(_of_day(hour, half[0]) + minute, half[1])
    sure = ":" in word_at(found, i) or word_at(found, i - 1) in _BEFORE_A_TIME
    if not sure or word_at(found, i - 1) in {"£", "$", "€"} or (word_at(found, i + 1).isalpha() and "." in word_at(found, i)):
        return None
    return Time(60 * hour + minute, i + 1, ambiguous=0 < hour <= 12 and not word_at(found, i).startswith("0"))


def _spoken(found: list[Token], i: int) -> Time | None:
    number = number_at(found, i + 2)
    if number is None or not 1 <= number.low <= 12:
        return None
    minutes = {"half": 30, "quarter": 15}[word_at(found, i)]
    shift = minutes if word_at(found, i + 1) == "past" else -minutes
    half = _half(found, number.end)
    if half:
        return Time(_of_day(int(number.low), half[0]) + shift, half[1])
    return Time(60 * int(number.low) + shift, number.end, ambiguous=True)


def _named_half(found: list[Token], hour: int, end: int) -> Time | None:
    oclock = word_at(found, end) in {"o'clock", "oclock"}
    half = _half(found, end + oclock)
    if half:
        return Time(_of_day(hour, half[0]), half[1])
    return Time(60 * hour, end + 1, ambiguous=hour <= 12) if oclock else None


def _half(found: list[Token], i: int) -> tuple[str, int] | None:
    """ "am" or "pm" at token `i`, however it is said, and the token behind."""
    word = word_at(found, i)
    if word in {"am", "pm"}:
        return word, i + 1
    if word in {"a", "p"} and word_at(found, i + 1) == "." and word_at(found, i + 2) == "m":
        return f"{word}m", i + 3 + (word_at(found, i + 3) == ".")
    if word in {"at", "in"}:
        said = word_at(found, i + 1) if word == "at" else word_at(found, i + 2)
        half = {"night": "pm", "morning": "am", "afternoon": "pm", "evening": "pm"}.get(said)
        return (half, i + (2 if word == "at" else 3)) if half else None
    return None


def _of_day(hour: int, half: str) -> int:
    return 60 * (hour % 12) + (NOON if half == "pm" else 0)


def _bare(found: list[Token], i: int) -> Time | None:
    number = number_at(found, i)
    if number is None or number.vague or number.low != int(number.low) or not 1 <= number.low <= 24:
        return None
    return Time(60 * int(number.low), number.end, ambiguous=number.low <= 12)
