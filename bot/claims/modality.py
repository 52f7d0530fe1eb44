"""A clause goes in; what it does to its predicate comes out: requires, forbids, allows, advises, states or denies it."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.claims.costs import cost
from bot.claims.opposites import denying
from bot.claims.reserved import reserved
from knowledge.documents import Span


class Force(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    ADVISED = "advised"
    UNADVISED = "advised against"
    STATED = "stated"
    DENIED = "denied"
    FREE = "free"  # costs nothing
    CHARGED = "charged"
    RESERVED = "reserved"  # holds for those that are named only


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
        rf"\b(?:do|does|did|will|would)(?:\s+not|n['’]t)\s+(?:have\s+to|need)\b|\bneed(?:\s+not|n['’]t)\b|\bno\s+(?:need|obligation)\b"
        rf"|\b{_NOT}\s+(?:be\s+)?(?:required|needed|necessary|compulsory|mandatory|obligatory|obliged|essential)\b"
        rf"|n['’]t\s+(?:be\s+)?(?:required|needed|necessary|compulsory|mandatory|obligatory|obliged|essential)\b"
        r"|\b(?:nobody|no[\s-]one|nothing|none)\s+(?:needs?|has|have|is\s+required)\s+to\b"
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
        rf"|\b(?:{_NOT}|n['’]t)\s+(?:entitled|qualify|meant)\b|\b(?:nobody|no[\s-]one|nothing)\s+(?:may|can|must|shall)\b"
        rf"|{_NO_SUBJECT}(?:may|can|must|shall|(?:is|are)\s+(?:allowed|permitted|accepted))\b"
        r"|^\W*(?:please\s+)?(?:do\s+not|don['’]t|never)\b(?!\s+(?:have|need)\b)|\bshall\s+not\b"
        r"|^\W*(?:please\s+)?(?:keep|stay)\s+(?:off|out|away|clear)\b",
    ),
    (
        Force.REQUIRED,
        r"\bmust\b|\b(?:have|has|had)\s+to\b|\bneeds?\s+to\b|\b(?:is|are|be)\s+(?:\w+ly\s+)?(?:required|needed|necessary|compulsory"
        r"|mandatory|obligatory|obliged|essential)\b|\brequires?\b|\bshall\b|\bcompulsory\b|\bmandatory\b"
        r"|\b(?:you|we|they|who|visitors?|customers?|members?|guests?|always|still|also)\s+needs?\b|^\W*please\s+(?!note\b|contact\b|ask\b|call\b|see\b)",
    ),
    (Force.ADVISED, r"\bshould\b|\brecommend(?:ed|s)?\b|\badvis(?:e|ed|es|able)\b|\bbest\s+to\b|\bideally\b|\bought\s+to\b"),
    (
        Force.DENIED,
        rf"\b{_NOT}\b|n['’]t\b|\bnon[\s-]|\bcannot\b|\bno\b(?!\s+(?:more|less|fewer|longer|later|earlier|sooner|matter|\.|\d))|\bnone\b"
        r"|\bno\s+longer\b(?!\s+than)|\bnobody\b|\bno[\s-]one\b|^\W*nothing\b|\bnothing\s+(?:is|may|can|will)\b|\bneither\b|\bnor\b|\bnowhere\b",
    ),
    (
        Force.ALLOWED,
        r"\bmay\b|\bcan\b|\b(?:is|are|be)\s+(?:\w+ly\s+)?(?:allowed|permitted|welcome|possible|able|free\s+to|entitled\s+to)\b|\bfeel\s+free\b|\bwelcome\b|\blets?\b"
        r"|^\W*(?:(?:and|or|then|simply|just|you\s+can)\s+)*(?:pay|use|leave|bring|send|take|put|return|show|book|collect|wear|ask)\b"
        r"|\b(?:just|simply)\s+(?:pay|use|leave|bring|send|take|put|return|show|book|collect|turn|walk|come|ask|tap)\b"
        r"|\b(?:is|are)\s+(?:fine|ok|okay|all\s+right|no\s+problem)\b",
    ),
)
_COMPILED = tuple((force, re.compile(pattern, re.IGNORECASE)) for force, pattern in _FORCES)
_COMPARISON = re.compile(
    r"\b(?:no|not|never)\s+(?:be\s+)?(?:more|less|fewer|later|earlier|sooner|older|younger|exceed\w*)\b"
    r"|\b(?:no|not|never)\s+(?:be\s+|last\s+)?longer\s+than\b|\blast\s+no\s+longer\b",
    re.I,
)
_ALWAYS = re.compile(
    r"\b(?:always|never|any|anyone|anywhere|anything|every|everyone|everywhere|all|no|none|nobody|ever|at\s+all\s+times|without"
    r"\s+exception|365\s+days|24\s+hours\s+a\s+day|24/7|seven\s+days\s+a\s+week|round\s+the\s+clock|daily)\b",
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
    frozenset({Force.FREE, Force.CHARGED}): Opposition.POLARITY,
    frozenset({Force.RESERVED, Force.ALLOWED}): Opposition.POLARITY,
}


# "those who do not ride", "a pass that has not been used": what is said of the thing, not of what happens to it.
_RELATIVE = re.compile(
    r"\b(?:check|sure|ensure)\s+(?:that\s+)?.*|\b(?:for\s+)?as\s+long\s+as\s+(?:you|they)\s+(?:like|wish|want)|\b(?:that|which|who|whose)\s+(?:(?:you|we|they|he|she|it)\s+)?(?:(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would)(?:\s+not|n['’]t)|cannot|never)\b",
    re.IGNORECASE,
)
_NEGATIVE = frozenset({Force.FORBIDDEN, Force.DENIED, Force.UNADVISED})


# One cheap look for any word that the patterns above begin from.
_ANY_SIGN = re.compile(
    r"n['’]t\b|\b(?:no|not|non|never|nor|none|nobody|nothing|nowhere|neither|cannot|must|may|can|could|should|shall|need"
    r"|needs|have|has|had|ought|keep|stay|avoid|refrain|feel|welcome|best|ideally|optional|voluntary|compulsory|mandatory|banned"
    r"|fine|ok|okay|all|possible|impossible|if|off|do|does|entitled|lets?|please|pay|use|leave|bring|send|take|put|return"
    r"|show|book|collect|wear|ask|just|simply)\b"
    r"|requir|need|necess|oblig|essential|allow|permit|prohib|forbid|recommend|advis|able\b|free\b",
    re.IGNORECASE,
)


_WITHOUT = re.compile(
    r"\bwithout(?!\s+(?:exception|delay|fail|limit|interest|notice|problems?|difficulty))\b|\bunaccompanied\b|(?<!leave\s)(?<!left\s)\balone\b",
    re.IGNORECASE,
)


def stances(clause: str) -> list[Stance]:
    """All that a clause does: what `stance` says, what it says of a charge, and what it reserves something to."""
    charge, to = cost(clause), reserved(clause)
    rest = clause if charge is None else clause[: charge.start] + " " * (charge.end - charge.start) + clause[charge.end :]
    found = _with_and_without(rest)
    if charge and charge.denied and found[0].force is Force.STATED:
        found = []
    if charge:
        always = bool(_ALWAYS.search(clause))
        found.append(Stance(Force.FREE if charge.free else Force.CHARGED, charge.start, charge.end, always))
    if to and not negative(found[0]):
        restricted = Stance(Force.RESERVED, to.start, to.end, found[0].always)
        found = [restricted if one.force is Force.ALLOWED else one for one in found]
        found += [] if restricted in found else [restricted]
    return found


def _with_and_without(clause: str) -> list[Stance]:
    """What may be done without a thing does not require it; what may not, does."""
    without = _WITHOUT.search(clause)
    if without is None:
        return [stance(clause)]
    before = stance(clause[: without.start()])
    if negative(before):
        return [replace(before, force=Force.REQUIRED, start=without.start(), end=without.end())]
    if before.force is Force.ALLOWED:
        return [before, replace(before, force=Force.OPTIONAL, start=without.start(), end=without.end())]
    return [stance(clause)]


def stance(clause: str) -> Stance:
    """What a clause does to its predicate. "No more than" and "not only" deny nothing, "is closed" denies by itself."""
    always = bool(_ALWAYS.search(clause))
    hidden = _RELATIVE.sub(_blank, _SCOPED_NOT.sub(_blank, _COMPARISON.sub(_blank, clause)))
    said = _explicit(hidden, always) if _ANY_SIGN.search(clause) else Stance(Force.STATED, 0, 0, always)
    denied = denying(hidden)
    if denied is None:
        return said
    if said.force in {Force.STATED, Force.ALLOWED}:
        return Stance(Force.DENIED, denied.start, denied.end, always)
    return replace(said, force=Force.STATED) if said.force is Force.DENIED and not _overlap(said, denied) else said


def _explicit(clause: str, always: bool) -> Stance:
    for force, pattern in _COMPILED:
        found = pattern.search(clause)
        if found:
            return Stance(force, found.start(), found.end(), always)
    return Stance(Force.STATED, 0, 0, always)


def _overlap(said: Stance, denied: Span) -> bool:
    return said.start < denied.end and denied.start < said.end


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def opposed(a: Stance, b: Stance) -> Opposition | None:
    """Whether one predicate cannot be under both."""
    return _OPPOSED.get(frozenset({a.force, b.force}))


def negative(stance: Stance) -> bool:
    """Whether it keeps its predicate from being so."""
    return stance.force in _NEGATIVE
