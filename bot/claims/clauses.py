"""A sentence goes in, its clauses come out, each with what it depends on: "if ..., we will ..., but you may ..."."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.documents import Span

_WISH = r"(?!\s+(?:you|they)\s+(?:wish|like|want|prefer|need)\b)"
_AT_ITS_END = (
    rf"if{_WISH}|when|whenever|(?:each|every)\s+time|unless|except|excluding|provided(?:\s+that)?|providing"
    rf"|(?:as|so)\s+long\s+as{_WISH}|in\s+case"
)
_CONDITION = rf"{_AT_ITS_END}|where|once(?!\s+(?:a|per|every|each|in)\b)|after(?!\s+that\b)|before|while|during|until"
_OPENS_CONDITION = re.compile(
    rf"^\W*(?:(?:but|and|or|even|only|except|especially|apart\s+from)\s+)*(?:{_CONDITION})\b", re.IGNORECASE
)
_CONCESSION = r"(?:even\s+(?:if|when|though)|however\s+\w+|whatever|whoever|whichever|no\s+matter|regardless)"
_OPENS_CONCESSION = re.compile(rf"^\W*{_CONCESSION}\b", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"\s*[:;—–]\s+|\s+-\s+|,\s+(?=(?:but|and|so|or|yet|although|though|while|whereas|because|since|which|who)\b)"
    r"|(?<!nobody)(?<!no one)(?<!none)(?<!nothing)(?<!anything)(?<!anyone),?\s+(?=(?:but|although|though|whereas|because)\b)"
    r"|(?<=[a-z]{2}\.)\s+(?=[A-Z])"
    rf"|,?\s+(?={_CONCESSION}\b)"
    rf"|,?(?<!\beven)\s+(?!(?<=(?:\Wis|are|\Wbe|een|not|was|ere|n't|n’t)\s)provided\b)(?=(?:{_AT_ITS_END}|even\s+if)\b)",
    re.IGNORECASE,
)
# A condition that opens a sentence ends at its comma, or where a pronoun begins the main clause: "When X is Y we will ...".
_COMMA = re.compile(
    r",\s+(?!(?:and|or)\b)|(?<=\w{2})\s+(?=(?:we|you|it|they)\s+(?!(?:are|is|were|was|have|has|do|did)\b))", re.IGNORECASE
)


SHORT = 25  # words of a sentence in which a pronoun may stand for what it is about
# "With any plan, ...", "Without a card there is ..."
_GIVEN = re.compile(
    r"\W*(?:with|without|for|in\s+addition\s+to)\s[^,]{2,60},\s"
    r"|\W*without\s(?:[\w'’-]+\s){1,5}?(?=(?:there|you|we|it|they|nobody)\b)",
    re.IGNORECASE,
)
LONGEST_LABEL = 5  # words before a colon
_FINITE = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|can|cannot|may|must|will|would|shall|should)\b|n['’]t\b", re.IGNORECASE
)
_REASON = re.compile(
    r"\W*for\s+(?:[\w-]+\s+){0,2}(?:reasons?|safety|security|hygiene|privacy|comfort|convenience|protection|sake)\b",
    re.IGNORECASE,
)


_PLAIN_COMMA = re.compile(r",\s+(?!(?:and|or)\b)")
_OPENS_EXCEPTION = re.compile(r"^\W*(?:(?:but|and|or)\s+)*(?:unless|except|excluding|apart\s+from)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """`text[start:end]`; `condition` marks one that only says when or for whom another one holds."""

    start: int
    end: int
    condition: bool = False
    exception: bool = False  # a condition under which the other one does not hold
    reason: bool = False  # says why, or in spite of what, and is no condition


def clauses(text: str) -> list[Clause]:
    """The clauses of one sentence, in order and without gaps that hold words."""
    found: list[Clause] = []
    start = 0
    for boundary in [*filter(_parts, _BOUNDARY.finditer(text)), None]:
        end = boundary.start() if boundary else len(text)
        found.extend(_opened(text, start, end))
        start = boundary.end() if boundary else len(text)
    return found


def _parts(boundary: re.Match[str]) -> bool:
    """A colon parts clauses, but not a label from what it labels."""
    before = boundary.string[: boundary.start()]
    return ":" not in boundary.group() or len(before.split()) > LONGEST_LABEL or bool(_FINITE.search(before))


def _opened(text: str, start: int, end: int) -> list[Clause]:
    """A condition that opens a clause ends at its comma before the main clause."""
    if not text[start:end].strip():
        return []
    if start and _OPENS_CONCESSION.match(text[start:end]):
        return [Clause(start, end, condition=True, reason=True)]
    if not _OPENS_CONDITION.match(text[start:end]):
        given = _GIVEN.match(text, start, end)
        if given is None:
            return [Clause(start, end)]
        reason = bool(_REASON.match(text, start, end))
        return [Clause(start, given.end(), condition=True, reason=reason), Clause(given.end(), end)]
    exception = bool(_OPENS_EXCEPTION.match(text[start:end]))
    ends = (_COMMA if start == 0 else _PLAIN_COMMA).finditer(text, start, end)
    comma = next((end for end in ends if len(text[start : end.start()].split()) > 2), None)
    if comma is None:
        return [Clause(start, end, condition=True, exception=exception)]
    return [Clause(start, comma.start(), condition=True, exception=exception), Clause(comma.end(), end)]


_TAIL = re.compile(r"\s(?:during|until|till|before|after|while|without)\s", re.IGNORECASE)


def tail(text: str, clause: Clause) -> Clause | None:
    """The words at the end of a clause that say when it holds: "... during an operation"."""
    found = _TAIL.search(text, clause.start, clause.end)
    return Clause(found.start(), clause.end, condition=True) if found else None


def clause_at(found: Sequence[Clause], offset: int) -> Clause:
    """The clause that holds `offset`, else the last one before it."""
    return next((clause for clause in reversed(found) if clause.start <= offset), found[0])


_PRONOUN = re.compile(r"\b(?:it|them|this|these|those)\b", re.IGNORECASE)
_FORMER = re.compile(
    r"\b(?:(?:we|they|it|there|you)\s+had|was|were|used\s+to|until\s+(?:then|now|recently)|in\s+those\s+days|in\s+the\s+past|originally|formerly|previously|at\s+first|back\s+then|initially|years\s+ago|(?:is|are|has\s+been|have\s+been)\s+(?:withdrawn|superseded)|stood\s+at|old\s+(?:rule|price|limit)s?"
    r"|last\s+(?:year|month|summer|winter|spring|autumn|week|season))\b",
    re.IGNORECASE,
)
# "the day it was bought", "who has had a cold": the past of a case, and the rule is of today.
_CASE_BEFORE = re.compile(
    r"\b(?:if|when|once|since|after|day|date|moment|that|which|who|whom|where|whether|because|as)\s+(?:[\w'’-]+\s+){0,3}?(?:was|were|had)\b",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"^\W*(?:(?:and|but|so|then|please|yes|no)\W+)*(?:it|its|they|their|them|this|these|that|those|there|after\s+that|both|one)\b|^\W*(?:yes|no)\b",
    re.I,
)


_SPECIAL = re.compile(
    r"\b(?:in\s+(?:that|this|such)\s+(?:a\s+)?case|exceptions?|at\s+other\s+times|instead\s+of|rather\s+than|as\s+opposed\s+to|unlike|reduced\s+(?:rate|price|fee))\b",
    re.IGNORECASE,
)


def is_special(text: str) -> bool:
    """Whether a sentence says of itself that it departs from a rule."""
    return bool(_SPECIAL.search(text))


def is_former(text: str, around: Span) -> bool:
    """Whether what is said of `around` is said of the past."""
    said = text[around.start : around.end]
    return bool(_FORMER.search(_CASE_BEFORE.sub(" ", said)))


def leans_back(text: str) -> bool:
    """Whether a sentence speaks of what the one before it named: it begins with a pronoun, or says little but one."""
    return bool(_ANAPHORA.match(text)) or (len(text.split()) <= SHORT and bool(_PRONOUN.search(text)))
