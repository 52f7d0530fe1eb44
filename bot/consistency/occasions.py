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
    r"\b(?:(?:bank|public)\s+holidays?|(?:at|over)\s+(?:christmas|easter)|christmas\s+eve|new\s+year['’]s\s+(?:eve|day))\b",
    re.IGNORECASE,
)


def other_occasion(first: Statement, a: Claim, second: Statement, b: Claim) -> bool:
    """Whether two claims of quantities hold at different times by what their sentences say themselves."""
    if a.quantity is None or b.quantity is None:
        return False
    if {a.quantity.dimension, b.quantity.dimension} <= DATES:
        return _is_occasion(first, a) or _is_occasion(second, b)
    if not {a.quantity.dimension, b.quantity.dimension} <= _HOURS:
        return False
    return _on_holidays(first) != _on_holidays(second) or _other_season(_seasons(first), _seasons(second))


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


def _seasons(statement: Statement) -> list[Quantity]:
    return [one.quantity for one in statement.claims if one.quantity and _is_occasion(statement, one)]


def _other_season(first: list[Quantity], second: list[Quantity]) -> bool:
    """Whether only one is of certain days of the year, or each of other ones."""
    if not (first and second):
        return bool(first or second)
    return all(disagree(a, b) is not None for a in first for b in second)


def _on_holidays(statement: Statement) -> bool:
    return bool(_HOLIDAY.search(statement.text))
