"""A statement and one of its claims go in; whether a date in it says when a rule holds, and not what it says, comes out.

"From May to July we close at nine" and "We are closed on 3 June" are two rules for two times. Only a date that is itself what
is stated ("the course starts on 3 June") can be contradicted by another date.
"""

import re

from bot.claims import Claim
from bot.claims.measures import DATES, Quantity, disagree
from bot.claims.units import Dimension
from bot.consistency.statements import Statement
from knowledge.documents import SentenceKind

_HOURS = frozenset({Dimension.CLOCK, Dimension.WEEKDAYS})
_OPENING = re.compile(
    r"(?:^|[.;:—–]\s+)\W*(?:(?:and|but|so|yet)\s+)?(?:each\s+year\s+)?(?:on|in|from|between|during|over|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_STATE = re.compile(r"\b(?:closed|shut|open)\b(?:(?!\b(?:from|until|till|since)\b)[^.;:])*$", re.IGNORECASE)
_BEGINS = re.compile(
    r"\b(?:start|begin|end|finish|resume|reopen|expire|appl(?:y|ie)|run|last|fall|take\s+(?:effect|place)|takes\s+(?:effect|place)"
    r"|come\s+into|comes\s+into)(?:s|d|ed)?\b",
    re.IGNORECASE,
)
_HOLIDAY = re.compile(
    r"\b(?:(?:bank|public)\s+holidays?|(?:at|over)\s+(?:christmas|easter)|(?:christmas|new\s+year['’]s)\s+(?:eve|day)|boxing\s+day"
    r"|good\s+friday|easter\s+(?:sunday|monday))\b",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(r"\b(?:every\s+day|daily|all\s+(?:the\s+)?year)\b[^.;:]*\bexcept\b", re.IGNORECASE)


def other_occasion(first: Statement, a: Claim, second: Statement, b: Claim) -> bool:
    """Whether two claims of quantities hold at different times by what their sentences say themselves."""
    if a.quantity is None or b.quantity is None:
        return False
    if {a.quantity.dimension, b.quantity.dimension} <= DATES:
        all_but = _ALL_BUT.search(first.text) or _ALL_BUT.search(second.text)
        return not all_but and (_is_occasion(first, a) or _is_occasion(second, b))
    if not {a.quantity.dimension, b.quantity.dimension} <= _HOURS:
        return False
    return _on_holidays(first) != _on_holidays(second) or _other_season(first, second)


def _is_occasion(statement: Statement, claim: Claim) -> bool:
    """Of a day or days of any year: what opens the sentence, labels a row, or says on which days something is shut or open."""
    if claim.quantity is None or claim.quantity.dimension is not Dimension.DAY_OF_YEAR:
        return False
    start = claim.start - statement.sentence.start
    before = statement.text[:start]
    if statement.sentence.kind is SentenceKind.TABLE_ROW:
        return not before.strip()
    if _BEGINS.search(statement.text):
        return False
    return bool(_OPENING.search(before) or _STATE.search(before))


def _other_season(first: Statement, second: Statement) -> bool:
    """Whether both name days of the year and have none in common, or one says that it is for certain days only."""
    mine, theirs = _days_of_year(first), _days_of_year(second)
    if not (mine and theirs):
        return any(_is_occasion(side, claim) for side in (first, second) for claim in side.claims)
    return all(disagree(a, b) is not None for a in mine for b in theirs)


def _days_of_year(statement: Statement) -> list[Quantity]:
    found = (claim.quantity for claim in statement.claims if claim.quantity)
    return [quantity for quantity in found if quantity.dimension is Dimension.DAY_OF_YEAR]


def _on_holidays(statement: Statement) -> bool:
    return bool(_HOLIDAY.search(statement.text))
