"""A number without a unit goes in; what it counts comes out: "186 parking places", "16 or over", "no more than one card"."""

from dataclasses import replace

from bot.claims.bounds import Bounds, bound_of
from bot.claims.closed_class import FUNCTION_WORDS
from bot.claims.measures import Bound, Quantity, Relation
from bot.claims.numerals import AGE_GROUPS, Number, Token, number_at, word_at, word_set
from bot.claims.rates import per_at, span_of_time
from bot.claims.units import Dimension
from knowledge.text import stems

_IRREGULAR = word_set("people children men women feet teeth mice geese staff police guests fish sheep adults personnel")
_PERSONS = word_set(
    "child children kid kids adult adults anyone anybody everyone everybody people person persons those pupil pupils student "
    "students teenager teenagers user users guest guests visitor visitors rider riders member members someone youngsters "
    "nobody infant infants baby babies toddler toddlers junior juniors minors applicant applicants passenger passengers "
    "customer customers boys girls men women ones"
)
_ADDRESSED = word_set("you they he she must should need to") | _PERSONS
_AGE_BEHIND = word_set("over older under younger above below up")
_AGE_AHEAD = word_set("aged age ages")
_REACHES = word_set("turn turns turned turning reach reaches reached")
_FROM_WHEN = word_set("once until till unless when if before")
_HOLDING, _ROOM = word_set("seats seat sleeps sleep"), word_set("room space places seats capacity")
_BEHIND_A_LIMIT = word_set("at on in per for each of if when from a to during with")
BIRTHDAYS = {"fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11}
BIRTHDAYS |= {"twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17}
BIRTHDAYS |= {"eighteenth": 18, "sixtieth": 60, "seventieth": 70}
YEARS = "year old"  # the unit of ages
# "Under four comes in free": no noun that could be counted.
_SAYS_WHAT_HAPPENS = word_set(
    "comes goes gets pays costs takes gives means makes buys covers lasts starts ends rides travels eats"
)
_LONGEST_NAME = 4  # words of what is counted
_OLDEST = 120


def twice_at(found: list[Token], i: int) -> tuple[Quantity, int] | None:
    """ "twice" counts times, as "three times" does."""
    number = {"twice": 2.0, "thrice": 3.0}.get(word_at(found, i))
    if number is None:
        return None
    return _counted("time", found, i, Number(number, number, i + 1), bound_of(found, i, i + 1))


def birthday_at(found: list[Token], i: int) -> tuple[Quantity, int] | None:
    """ "after your eighteenth birthday", "until the 16th birthday": an age from which on, or up to which, something holds."""
    word = word_at(found, i)
    age, end = BIRTHDAYS.get(word, 0), i + 1
    if word.isdecimal() and len(word) <= 2 and word_at(found, i + 1) in {"st", "nd", "rd", "th"}:
        age, end = int(word), i + 2
    if not 0 < age <= _OLDEST or word_at(found, end) != "birthday":
        return None
    ahead = {word_at(found, i - k) for k in (1, 2, 3)}
    bound = Bound.AT_MOST if ahead & {"until", "till", "before"} else Bound.AT_LEAST
    return _counted(
        YEARS,
        found,
        i,
        Number(age, age, end),
        Bounds(bound, approximate=False, relation=Relation.NONE, added=False, end=end + 1),
    )


def counted_at(found: list[Token], i: int, number: Number) -> tuple[Quantity, int] | None:
    """The count, age or bare number that begins at token `i`, and the token behind it."""
    bound = bound_of(found, i, number.end)
    turned = _has_turned(found, i, number, bound)
    if turned or _is_age(found, i, number, bound):
        return _counted(YEARS, found, i, number, replace(bound, bound=Bound.AT_LEAST) if turned else bound)
    name = _name(found, number) or (_name(found, replace(number, end=bound.end)) if bound.end > number.end else None)
    if name is None:
        return _bare(found, i, number, bound)
    head, modifiers, end = name
    if word_at(found, end) == "in" and _is_share(found, end, number):
        return None
    bound = bound_of(found, i, end) if bound.end == number.end else bound
    per, end = per_at(found, max(end, bound.end))
    every = span_of_time(per)
    if every and number.low > 0:
        low, high = every[0] / number.high, every[1] / number.low
        return Quantity(
            Dimension.FREQUENCY,
            low,
            high,
            found[i].start,
            found[end - 1].end,
            (low, high),
            bound=_inverse(bound.bound),
            approximate=bound.approximate or number.vague,
            added=bound.added,
            unit=head,
        ), end
    if number.low == 1 and bound.bound is Bound.EXACT and not _counts_one(found, i, end):
        return None
    quantity, _ = _counted(head, found, i, number, bound)
    return _with(quantity, found[end - 1].end, per, modifiers), end


def _with(quantity: Quantity, end: int, per: tuple[str, ...], modifiers: frozenset[str]) -> Quantity:
    return Quantity(
        quantity.dimension,
        quantity.low,
        quantity.high,
        quantity.start,
        end,
        quantity.written,
        quantity.unit,
        "",
        per,
        quantity.bound,
        quantity.approximate,
        quantity.relation,
        modifiers,
        added=quantity.added,
    )


def _counted(unit: str, found: list[Token], i: int, number: Number, bound: Bounds) -> tuple[Quantity, int]:
    """A count of what `unit` names, or an age."""
    aged = unit == YEARS
    quantity = Quantity(
        Dimension.AGE if aged else Dimension.COUNT,
        number.low,
        number.high,
        found[i].start,
        found[bound.end - 1].end,
        (number.low, number.high),
        unit,
        bound=bound.bound,
        approximate=bound.approximate or number.vague,
        relation=Relation.NONE if aged else bound.relation,
        added=bound.added,
    )
    return quantity, bound.end


def _has_turned(found: list[Token], i: int, number: Number, bound: Bounds) -> bool:
    """ "once they are 14", "until you turn sixteen", "who has turned nine": an age from which on something holds."""
    if bound.bound is not Bound.EXACT or not 0 < number.low <= number.high <= _OLDEST or _name(found, number) is not None:
        return False
    verb, before = word_at(found, i - 1), {word_at(found, i - k) for k in range(2, 6)}
    if verb in _REACHES:
        return True
    return verb in {"is", "are", "be"} and bool(before & _FROM_WHEN) and bool(before & _ADDRESSED)


def _is_age(found: list[Token], i: int, number: Number, bound: Bounds) -> bool:
    if not 0 < number.low <= number.high <= _OLDEST:
        return False
    ahead = {word_at(found, i - k) for k in (1, 2, 3)}
    if ahead & _AGE_AHEAD and not word_at(found, bound.end).startswith("month"):
        return True
    if word_at(found, number.end - 1) in AGE_GROUPS:
        return True
    behind = word_at(found, number.end) in {"or", "and"} and word_at(found, number.end + 1) in _AGE_BEHIND
    if behind or (word_at(found, number.end) == "s" and bound.bound is not Bound.EXACT):
        return not word_at(found, bound.end).isalpha() or word_at(found, bound.end) in FUNCTION_WORDS
    before = {word_at(found, i - k) for k in range(2, 7)}
    somebody = bool({word_at(found, i - k) for k in (2, 3, 4)} & _PERSONS) or ("be" in before and bool(before & _ADDRESSED))
    return bound.bound is not Bound.EXACT and somebody and _name(found, number) is None


def _name(found: list[Token], number: Number) -> tuple[str, frozenset[str], int] | None:
    """The stem of the counted noun, the stems of the words before it, and the token behind it."""
    run: list[str] = []
    at = number.end + (word_at(found, number.end) in {"-", "of"} and word_at(found, number.end + 1) not in FUNCTION_WORDS)
    while len(run) < _LONGEST_NAME and word_at(found, at + len(run)).isalpha():
        word = word_at(found, at + len(run))
        if word in FUNCTION_WORDS or (not run and word in _SAYS_WHAT_HAPPENS):
            break
        run.append(word)
    if not run:
        return None
    head = 0 if number.high == 1 else _plural(run)
    if head is None:
        return None
    found_stems = stems(run[: head + 1])
    return found_stems[-1], frozenset(found_stems[:-1]), at + head + 1


def _plural(run: list[str]) -> int | None:
    """Which word of the run is the counted noun: the first plural."""
    for k, word in enumerate(run):
        if word in _IRREGULAR or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))):
            return k
    return None


def _counts_one(found: list[Token], i: int, end: int) -> bool:
    """ "one" is a count where it is said to be the only one."""
    return word_at(found, i - 1) in {"only", "just"} or word_at(found, end) in {"only"} or word_at(found, end) == "at"


def _is_share(found: list[Token], end: int, number: Number) -> bool:
    """ "seven rides in ten"."""
    of = number_at(found, end + 1)
    return of is not None and number.high < of.high <= 100


def _bare(found: list[Token], i: int, number: Number, bound: Bounds) -> tuple[Quantity, int] | None:
    """A number that a colon or "is" leads up to and that the clause ends with: "Places: 12"; "groups of ten or more"."""
    if bound.end > number.end and word_at(found, i - 1) == "of" and word_at(found, i)[:1].isalnum():
        return _counted("", found, i, number, bound)
    before = word_at(found, i - 1), word_at(found, i - 2)
    limited = bound.bound is not Bound.EXACT and word_at(found, bound.end) in _BEHIND_A_LIMIT and before[0] != "age"
    if before[0] in _HOLDING or (before[0] == "for" and before[1] in _ROOM) or limited:
        return None if number.vague or word_at(found, bound.end) in {"%", "/", ":"} else _counted("", found, i, number, bound)
    if word_at(found, i - 1) not in {":", "is", "are", "="} and bound.bound is Bound.EXACT:
        return None
    if word_at(found, bound.end) not in {"", ".", ",", ";", "!"} or number.vague or not word_at(found, i)[:1].isalnum():
        return None
    return _counted("", found, i, number, bound)


def _inverse(bound: Bound) -> Bound:
    """At least twice a week is at most half a week from one time to the next."""
    return {Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}.get(bound, bound)
