"""Tokens and numbers: a text goes in, its tokens come out, and from a token on the number that is written there.

Numbers in digits ("1,200", "2.4 million", "½"), in words ("twenty-five", "one and a half") and vague ones ("a few").
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|['’]s\b|\S")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TENS = {word: 10 * value for value, word in enumerate(_TENS, 2)}
# "under-fives": several of one age.
_SEVERAL = {"threes": 3, "fours": 4, "fives": 5, "sixes": 6, "sevens": 7, "eights": 8, "nines": 9, "tens": 10, "elevens": 11}
_SEVERAL |= {"twelves": 12, "thirteens": 13, "fourteens": 14, "fifteens": 15, "sixteens": 16, "seventeens": 17, "eighteens": 18}
AGE_GROUPS = frozenset(_SEVERAL)
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "mn": 1e6}  # only right behind the digits of an amount of money
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "half": 0.5, "quarter": 0.25, "quarters": 0.25, "thirds": 1 / 3, "tenth": 0.1}
VAGUE = {"couple": (2, 2), "few": (2, 6), "several": (3, 10), "dozen": (12, 12), "pair": (2, 2)}
ARTICLES = frozenset({"a", "an"})
_SPANS_OF_TIME = frozenset({"hour", "day", "week", "month", "year"})  # "half the year"
LARGEST = 1e15  # what is longer is an account or a slip of the hand, and counting with it would not be exact
_BEGINNINGS = frozenset({*ONES, *TENS, *FRACTIONS, *VAGUE, *ARTICLES, *_SEVERAL})


class Token(NamedTuple):
    """`text[start:end]`, lower-cased as `word`."""

    word: str
    start: int
    end: int
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """What is written from a token up to, without, token `end`. `low` and `high` differ for a vague number only."""

    low: float
    high: float
    end: int
    vague: bool = False


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written in one line."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[tuple[str, ...]]:
    """The phrases of a list that is written with bars between them, each as its words."""
    return frozenset(tuple(phrase.split()) for phrase in text.split("|"))


@lru_cache(maxsize=1024)
def tokens(text: str) -> list[Token]:
    """Not to be changed by the caller: the last texts are remembered."""
    found = _TOKEN.finditer(text)
    return [Token(m.group().lower().replace("’", "'"), m.start(), m.end(), m.group()[0].isupper()) for m in found]


def distinct_words(text: str) -> set[str]:
    """The words of `tokens`, each once, without their places: a third of the time."""
    return {word.lower().replace("’", "'") for word in set(_TOKEN.findall(text))}


def may_begin_number(word: str) -> bool:
    """A cheap look before `number_at`."""
    return word[:1].isdecimal() or word in _BEGINNINGS


def word_at(found: list[Token], i: int) -> str:
    """The word of token `i`, or "" outside of the list."""
    return found[i].word if 0 <= i < len(found) else ""


def number_at(found: list[Token], i: int) -> Number | None:
    """The number that begins at token `i`, articles excluded; None where there is none."""
    return _digits_at(found, i) or _vague_at(found, i) or _fraction_at(found, i) or _words_at(found, i) or _several_at(found, i)


def _several_at(found: list[Token], i: int) -> Number | None:
    age = _SEVERAL.get(word_at(found, i))
    before = word_at(found, i - 1 - (word_at(found, i - 1) == "-"))
    return Number(float(age), float(age), i + 1) if age and before in {"under", "over"} else None


def _digits_at(found: list[Token], i: int) -> Number | None:
    word = word_at(found, i)
    if _DECIMAL_COMMA.fullmatch(word):
        word = word.replace(",", ".")
    if not _DIGITS.fullmatch(word):
        return None
    value, end = float(word.replace(",", "")), i + 1
    while word_at(found, end) in SCALES:
        value, end = value * SCALES[word_at(found, end)], end + 1
    if word_at(found, end) in {"½", "¼", "¾"}:
        value, end = value + FRACTIONS[word_at(found, end)], end + 1
    return _and_a_half(found, Number(value, value, end)) if value <= LARGEST else None


def _vague_at(found: list[Token], i: int) -> Number | None:
    start = i + 1 if word_at(found, i) in ARTICLES else i
    bounds = VAGUE.get(word_at(found, start))
    if bounds is None:
        return None
    end = start + 1
    if word_at(found, end) == "of":
        end += 1
    return Number(float(bounds[0]), float(bounds[1]), end, vague=bounds[0] != bounds[1])


def _fraction_at(found: list[Token], i: int) -> Number | None:
    """ "half", "half an", "a quarter of an", "three quarters of an", "½"."""
    start = i + 1 if word_at(found, i) in ARTICLES else i
    times = ONES.get(word_at(found, start), 0) if word_at(found, start + 1) in {"quarters", "thirds"} else 0
    at = start + 1 if times else start
    share = FRACTIONS.get(word_at(found, at))
    if share is None:
        return None
    end = at + 1
    if word_at(found, end) == "of" and word_at(found, end + 1) in ARTICLES:
        end += 1
    if word_at(found, end) in ARTICLES or (word_at(found, end) == "the" and word_at(found, end + 1) in _SPANS_OF_TIME):
        end += 1
    return Number(share * (times or 1), share * (times or 1), end)


def _words_at(found: list[Token], i: int) -> Number | None:
    """ "one million two hundred thousand", "a hundred and twenty": groups below a thousand, each with its scale."""
    total, at, anything = 0.0, i, False
    while True:
        group, end = _below_thousand(found, at)
        if group is None:
            break
        scale = SCALES.get(word_at(found, end), 1.0)
        total, at, anything = total + group * scale, end + (scale > 1), True
        if scale == 1:
            break
    return _and_a_half(found, Number(total, total, at)) if anything else None


def _below_thousand(found: list[Token], i: int) -> tuple[float | None, int]:
    hundreds = 1 if word_at(found, i) in ARTICLES else ONES.get(word_at(found, i), 0)
    if not hundreds or word_at(found, i + 1) != "hundred":
        return _below_hundred(found, i)
    rest, end = _below_hundred(found, i + 2 + (word_at(found, i + 2) == "and"))
    return (100.0 * hundreds, i + 2) if rest is None else (100.0 * hundreds + rest, end)


def _below_hundred(found: list[Token], i: int) -> tuple[float | None, int]:
    word = word_at(found, i)
    if word in ONES:
        return float(ONES[word]), i + 1
    if word not in TENS:
        return None, i
    at = i + 1 + (word_at(found, i + 1) == "-")
    ones = ONES.get(word_at(found, at), 0)
    return (float(TENS[word] + ones), at + 1) if 0 < ones < 10 else (float(TENS[word]), i + 1)


def _and_a_half(found: list[Token], number: Number) -> Number:
    following = [word_at(found, number.end + k) for k in range(3)]
    if following == ["and", "a", "half"]:
        return Number(number.low + 0.5, number.high + 0.5, number.end + 3)
    return number
