"""Two quantities go in; whether they can be compared, and whether both can be true, comes out."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.claims.units import TIME_WORDS, Dimension


class Bound(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class Relation(StrEnum):
    """What a preposition says of a quantity beside its size: "for 3 days" is not "after 3 days"."""

    NONE = ""
    FOR = "for"
    WITHIN = "within"
    AFTER = "after"
    BEFORE = "before"
    FIRST = "first"
    FROM = "from"
    UNTIL = "until"


class Disagreement(StrEnum):
    """How two values that should be the same differ."""

    APART = "apart"  # they have no value in common
    BOUNDS = "bounds"  # two different least or two different greatest values


@dataclass(frozen=True, slots=True)
class Quantity:
    """`text[start:end]` read as a value.

    `low` and `high` are in the dimension's base unit, `written` the same in `unit`; they differ for a range or a vague
    number. `bound` says whether that value is a limit. `unit` is the unit's name, a currency's code or the stem of the counted
    noun, whose other words are `modifiers`. `per` are the stems of what the value is for each of. `members` are days of the
    week, 0 for Monday. `added` marks what comes on top ("another three"), `former` what is said of the past.
    """

    dimension: Dimension
    low: float
    high: float
    start: int
    end: int
    written: tuple[float, float] = (0.0, 0.0)
    unit: str = ""
    system: str = ""
    per: tuple[str, ...] = ()
    bound: Bound = Bound.EXACT
    approximate: bool = False
    relation: Relation = Relation.NONE
    modifiers: frozenset[str] = frozenset()
    members: frozenset[int] = frozenset()
    ambiguous: bool = False  # a time of day without am or pm
    added: bool = False
    closed: bool = False  # days on which something is shut


ANY = "any"  # the unit of what costs nothing
ROUNDING = 0.03  # between different systems of units, where what is said is rounded
ABOUT = 0.1  # around "about"
_A_MONTH = 30.0  # from the first to the last of a month, as 32 * month + day
_SHORT_OF_A_MONTH = 3.0  # "to February" ends on day 31 of it
_YEAR = 365.25 * 86_400.0
ONE_YEAR = 1.0  # "up to 15" and "from 16 on" meet; "under 16" and "from 18 on" do not
DATES = frozenset({Dimension.DATE, Dimension.DAY_OF_YEAR})  # compared with one another


LIFETIMES = frozenset({Dimension.TIME, Dimension.AGE})  # "from three months" may be an age
_ALONE = frozenset({Relation.AFTER, Relation.BEFORE, Relation.FIRST})  # compared with their like only


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether both measure the same thing in the same way; says nothing of what they are about."""
    if a.dimension is not b.dimension and not {a.dimension, b.dimension} <= DATES:
        return False
    if a.added != b.added or not _same_per(a, b):
        return False
    if a.dimension in {Dimension.MONEY, Dimension.COUNT} and a.unit != b.unit and ANY not in {a.unit, b.unit}:
        return False
    if a.dimension is Dimension.COUNT and a.modifiers != b.modifiers:
        return False
    return _same_relation(a.relation, b.relation)


def rivals(a: Quantity, b: Quantity) -> bool:
    """Whether both may measure one thing, said more or less fully: weaker than `comparable`, for where their words decide."""
    if a.dimension is not b.dimension and not any({a.dimension, b.dimension} <= kind for kind in (DATES, LIFETIMES)):
        return False
    if a.dimension is not b.dimension and {a.dimension, b.dimension} == LIFETIMES and not _of_a_life(a, b):
        return False
    if a.unit != b.unit and a.dimension is Dimension.MONEY and ANY not in {a.unit, b.unit}:
        return False
    if {a.relation, b.relation} in ({Relation.FROM, Relation.UNTIL}, {Relation.AFTER, Relation.UNTIL}):
        return False
    return _same_per(a, b) or (not (_spans_of_time(a) and _spans_of_time(b)) and "hour" not in (*a.per, *b.per))


def _of_a_life(*quantities: Quantity) -> bool:
    """Whether the span of time among them is one that ages are told in."""
    return all(one.dimension is Dimension.AGE or one.unit in {"week", "month", "year"} for one in quantities)


def per_unsaid(a: Quantity, b: Quantity) -> bool:
    """Whether only one of them is for each day, month or year."""
    return ANY not in {a.unit, b.unit} and bool(_spans_of_time(a)) != bool(_spans_of_time(b))


def _spans_of_time(quantity: Quantity) -> frozenset[str]:
    return frozenset(one for one in quantity.per if one.split()[-1] in TIME_WORDS)


def _same_per(a: Quantity, b: Quantity) -> bool:
    """For the same span of time, and for each of the same thing where both say so. What costs nothing does so per anything."""
    if ANY in {a.unit, b.unit}:
        return True
    first, second = ({one for one in per if one != "each"} for per in (a.per, b.per))
    spans = [{one for one in per if one.split()[-1] in TIME_WORDS} for per in (first, second)]
    things = [first - spans[0], second - spans[1]]
    return spans[0] == spans[1] and (things[0] == things[1] or not all(things))


def _same_relation(a: Relation, b: Relation) -> bool:
    if a is b:
        return True
    return not {a, b} & _ALONE and {a, b} != {Relation.FROM, Relation.UNTIL}


def disagree(a: Quantity, b: Quantity) -> Disagreement | None:
    """How two comparable quantities, or rivals, differ; None where one value can satisfy both."""
    a, b = _in_years(a, b), _in_years(b, a)
    if a.dimension is Dimension.WEEKDAYS:
        return _other_days(a, b)
    if a.dimension is Dimension.CLOCK:
        return _other_times(a, b)
    if a.dimension is Dimension.AGE and {a.bound, b.bound} == {Bound.AT_LEAST, Bound.AT_MOST}:
        return Disagreement.BOUNDS if abs(a.low - b.low) > ONE_YEAR else None
    return _other_values(a, b)


def _in_years(a: Quantity, b: Quantity) -> Quantity:
    """A span of time as an age, where it is held against one."""
    if a.dimension is not Dimension.TIME or b.dimension is not Dimension.AGE:
        return a
    low, high = a.low / _YEAR, a.high / _YEAR
    return replace(a, dimension=Dimension.AGE, low=low, high=high, unit="")


def _other_values(a: Quantity, b: Quantity) -> Disagreement | None:
    first, second = _common_terms(a, b)
    if first[0] > first[1] or second[0] > second[1]:
        return None if _meet(first, second) else Disagreement.APART
    slack = _slack(a, b, max(*map(abs, (*first, *second))))
    if a.bound is b.bound and a.bound is not Bound.EXACT:
        return Disagreement.BOUNDS if _apart(first, second, slack) else None
    if Bound.AT_MOST in {a.bound, b.bound}:
        most, other = (first, second) if a.bound is Bound.AT_MOST else (second, first)
        return Disagreement.APART if other[0] > most[1] + slack else None
    if Bound.AT_LEAST in {a.bound, b.bound}:
        least, other = (first, second) if a.bound is Bound.AT_LEAST else (second, first)
        return Disagreement.APART if other[1] < least[0] - slack else None
    differ = _apart(first, second, slack) or _touching(first, second) or (a.dimension in DATES and _other_end(first, second))
    return Disagreement.APART if differ else None


def _common_terms(a: Quantity, b: Quantity) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both as written where they share the unit (3 and 4 months are apart, though their lengths in days are not sharp)."""
    if {a.dimension, b.dimension} == DATES:
        return _day_of_year(a), _day_of_year(b)
    if a.unit == b.unit and a.dimension is not Dimension.FREQUENCY:
        return a.written, b.written
    return (a.low, a.high), (b.low, b.high)


def _meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two ranges of days of the year have a day in common; "November to February" goes round its end."""
    return any(x[0] <= y[1] and y[0] <= x[1] for x in _round_the_year(a) for y in _round_the_year(b))


def _round_the_year(days: tuple[float, float]) -> list[tuple[float, float]]:
    return [days] if days[0] <= days[1] else [(days[0], math.inf), (0.0, days[1])]


def _day_of_year(quantity: Quantity) -> tuple[float, float]:
    return quantity.written if quantity.dimension is Dimension.DATE else (quantity.low, quantity.high)


def _slack(a: Quantity, b: Quantity, size: float) -> float:
    if a.dimension in DATES:
        return 0.0
    share = ROUNDING if a.system != b.system else 1e-9
    if a.approximate or b.approximate:
        share = max(share, ABOUT)
    return share * size


def _apart(a: tuple[float, float], b: tuple[float, float], slack: float) -> bool:
    return a[0] > b[1] + slack or b[0] > a[1] + slack


def _touching(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Two ranges that share one end and nothing else: "20 to 30" and "30 to 45"."""
    return a[0] < a[1] and b[0] < b[1] and (a[1] == b[0] or b[1] == a[0])


def _other_end(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Of two seasons with one end in common: "from 5 to 23 January" and "from 5 to 30 January". A month is no season."""
    if any(low >= high or high - low == _A_MONTH for low, high in (a, b)):
        return False
    begins, ends = abs(a[0] - b[0]), abs(a[1] - b[1])
    return min(begins, ends) == 0 and max(begins, ends) > _SHORT_OF_A_MONTH


def _other_times(a: Quantity, b: Quantity) -> Disagreement | None:
    """Hours are a window: unless both ends are the same they differ. "Closes at six" is the end of one."""
    for window, end in ((a, b), (b, a)):
        if window.low < window.high and end.low == end.high and end.relation in {Relation.FROM, Relation.UNTIL}:
            point = window.low if end.relation is Relation.FROM else window.high
            a, b = replace(window, low=point, high=point), end
    turn = 720 if a.ambiguous or b.ambiguous else 1440
    same = all((x - y) % turn in {0, turn} for x, y in ((a.low, b.low), (a.high, b.high)))
    if same and turn == 1440:
        same = (a.high - a.low) == (b.high - b.low)
    windows = (a.low < a.high) == (b.low < b.high)
    return Disagreement.APART if windows and not same else None


def _other_days(a: Quantity, b: Quantity) -> Disagreement | None:
    """Days that overlap without being the same; days that do not overlap complement one another. Shut days are never open."""
    if a.closed or b.closed:
        return Disagreement.APART if a.closed != b.closed and a.members & b.members else None
    return Disagreement.APART if a.members != b.members and a.members & b.members else None
