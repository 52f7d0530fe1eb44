"""A clause goes in; what it does to its predicate comes out: requires, forbids, allows, advises, states or denies it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Force(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    ADVISED = "advised"
    UNADVISED = "advised against"
    STATED = "stated"
    DENIED = "denied"


class Opposition(StrEnum):
    POLARITY = "polarity"
    MODALITY = "modality"


@dataclass(frozen=True, slots=True)
class Stance:
    """`text[start:end]` are the words that say it, an empty span where a clause simply states something.

    `always` marks what holds without exception ("never", "any", "at all times").
    """

    force: Force
    start: int
    end: int
    always: bool = False


_NOT = r"(?:not|n['’]t|never)"
_NO_SUBJECT = r"\bno\s+(?:\w+[\s-]+){1,7}?"
# In order: the first that is found in a clause decides.
_FORCES: tuple[tuple[Force, str], ...] = (
    (
        Force.OPTIONAL,
        rf"\b(?:do|does|did|will|would)(?:\s+not|n['’]t)\s+(?:have|need)(?:\s+to)?\b|\bneed(?:\s+not|n['’]t)\b|\bno\s+(?:need|obligation)\b"
        rf"|\b{_NOT}\s+(?:be\s+)?(?:required|needed|necessary|compulsory|mandatory|obligatory|obliged|essential)\b"
        rf"|n['’]t\s+(?:be\s+)?(?:required|needed|necessary|compulsory|mandatory|obligatory|obliged|essential)\b"
        rf"|\boptional(?:ly)?\b|\bvoluntary\b|{_NO_SUBJECT}(?:is|are)\s+(?:required|needed|necessary)\b|\bif\s+(?:you|they)\s+(?:wish|like)\b",
    ),
    (
        Force.UNADVISED,
        r"\bshould(?:\s+not|n['’]t|\s+never)\b|\bavoid(?:ed|ing|s)?\b|\bnot\s+(?:recommended|advised|advisable)\b|\brefrain\b"
        r"|\bbest\s+not\b|\b(?:recommend|advise)\s+against\b|\btry\s+not\b",
    ),
    (
        Force.FORBIDDEN,
        rf"\bmust(?:\s+not|n['’]t|\s+never)\b|\bmay\s+(?:not|never)\b|\bcan(?:not|['’]t|\s+not|\s+never)\b|\bcould(?:\s+not|n['’]t)\b"
        rf"|\b{_NOT}\s+(?:be\s+)?(?:\w+ly\s+)?(?:allowed|permitted|possible|welcome|able|accepted|eligible)\b"
        r"|n['’]t\s+(?:be\s+)?(?:allowed|permitted|possible|welcome|able|accepted|eligible)\b"
        r"|\b(?:prohibited|forbidden|banned|off[\s-]limits|impossible)\b|\bprohibits?\b|\bforbids?\b"
        rf"|{_NO_SUBJECT}(?:may|can|must|shall|(?:is|are)\s+(?:allowed|permitted|accepted))\b"
        r"|^\W*(?:please\s+)?(?:do\s+not|don['’]t|never)\b(?!\s+(?:have|need)\b)|\bshall\s+not\b"
        r"|^\W*(?:please\s+)?(?:keep|stay)\s+(?:off|out|away|clear)\b",
    ),
    (
        Force.REQUIRED,
        r"\bmust\b|\b(?:have|has|had)\s+to\b|\bneeds?\s+to\b|\b(?:is|are|be)\s+(?:\w+ly\s+)?(?:required|needed|necessary|compulsory"
        r"|mandatory|obligatory|obliged|essential)\b|\brequires?\b|\bshall\b|\bcompulsory\b|\bmandatory\b",
    ),
    (Force.ADVISED, r"\bshould\b|\brecommend(?:ed|s)?\b|\badvis(?:e|ed|es|able)\b|\bbest\s+to\b|\bideally\b|\bought\s+to\b"),
    (
        Force.DENIED,
        rf"\b{_NOT}\b|n['’]t\b|\bnon[\s-]|\bcannot\b|\bno\b(?!\s+(?:more|less|fewer|longer|later|earlier|sooner|matter|\.|\d))|\bwithout\b|\bnone\b"
        r"|\bnobody\b|\bno[\s-]one\b|\bnothing\b|\bneither\b|\bnor\b|\bnowhere\b",
    ),
    (
        Force.ALLOWED,
        r"\bmay\b|\bcan\b|\b(?:is|are|be)\s+(?:\w+ly\s+)?(?:allowed|permitted|welcome|possible|able|free\s+to)\b|\bfeel\s+free\b|\bwelcome\b"
        r"|\b(?:is|are)\s+(?:fine|ok|okay|all\s+right|no\s+problem)\b",
    ),
)
_COMPILED = tuple((force, re.compile(pattern, re.IGNORECASE)) for force, pattern in _FORCES)
_COMPARISON = re.compile(
    r"\b(?:no|not|never)\s+(?:be\s+)?(?:more|less|fewer|longer|later|earlier|sooner|older|younger|exceed\w*)\b", re.I
)
_ALWAYS = re.compile(
    r"\b(?:always|never|any|anyone|anywhere|anything|every|everyone|everywhere|all|no|none|nobody|ever|at\s+all\s+times|without"
    r"\s+exception)\b",
    re.IGNORECASE,
)
# "not only", "whether or not", "No problem, ...": these deny nothing.
_SCOPED_NOT = re.compile(
    r"\b(?:not|n['’]t)\s+(?:only|just|all|every|always|necessarily|exclusive(?:ly)?)\b|n['’]t\s+(?:only|just|all|every|always|exclusive"
    r"(?:ly)?)\b|\bor\s+not\b|\bno\s+thanks\s+to\b|^\W*no(?:\s+\w+)?\s*[,!–—]|^\W*no\s*\.",
    re.IGNORECASE,
)


_OPPOSED: dict[frozenset[Force], Opposition] = {
    frozenset({Force.REQUIRED, Force.OPTIONAL}): Opposition.MODALITY,
    frozenset({Force.REQUIRED, Force.FORBIDDEN}): Opposition.MODALITY,
    frozenset({Force.REQUIRED, Force.DENIED}): Opposition.POLARITY,
    frozenset({Force.REQUIRED, Force.UNADVISED}): Opposition.MODALITY,
    frozenset({Force.ALLOWED, Force.FORBIDDEN}): Opposition.POLARITY,
    frozenset({Force.ALLOWED, Force.DENIED}): Opposition.POLARITY,
    frozenset({Force.ADVISED, Force.FORBIDDEN}): Opposition.POLARITY,
    frozenset({Force.ADVISED, Force.UNADVISED}): Opposition.POLARITY,
    frozenset({Force.STATED, Force.FORBIDDEN}): Opposition.POLARITY,
    frozenset({Force.STATED, Force.DENIED}): Opposition.POLARITY,
}


# "those who do not ride", "a pass that has not been used": what is said of the thing, not of what happens to it.
_RELATIVE = re.compile(
    r"\b(?:that|which|who|whose)\s+(?:(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would)(?:\s+not|n['’]t)|cannot|never)\b",
    re.IGNORECASE,
)
_NEGATIVE = frozenset({Force.FORBIDDEN, Force.DENIED, Force.UNADVISED})


# One cheap look for any word that the patterns above begin from.
_ANY_SIGN = re.compile(
    r"n['’]t\b|\b(?:no|not|non|never|nor|none|nobody|nothing|nowhere|neither|without|cannot|must|may|can|could|should|shall|need"
    r"|needs|have|has|had|ought|keep|stay|avoid|refrain|feel|welcome|best|ideally|optional|voluntary|compulsory|mandatory|banned"
    r"|fine|ok|okay|all|possible|impossible|if|off|do|does)\b"
    r"|requir|need|necess|oblig|essential|allow|permit|prohib|forbid|recommend|advis|able\b|free\b",
    re.IGNORECASE,
)


def stance(clause: str) -> Stance:
    """What a clause does to its predicate. "No more than" and "not only" deny nothing."""
    always = bool(_ALWAYS.search(clause))
    if not _ANY_SIGN.search(clause):
        return Stance(Force.STATED, 0, 0, always)
    hidden = _RELATIVE.sub(_blank, _SCOPED_NOT.sub(_blank, _COMPARISON.sub(_blank, clause)))
    for force, pattern in _COMPILED:
        found = pattern.search(hidden)
        if found:
            return Stance(force, found.start(), found.end(), always)
    return Stance(Force.STATED, 0, 0, always)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def opposed(a: Stance, b: Stance) -> Opposition | None:
    """Whether one predicate cannot be under both."""
    return _OPPOSED.get(frozenset({a.force, b.force}))


def negative(stance: Stance) -> bool:
    """Whether it keeps its predicate from being so."""
    return stance.force in _NEGATIVE
