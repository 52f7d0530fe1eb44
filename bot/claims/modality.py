"""A clause goes in; what it does to its predicate comes out: requires, forbids, allows, advises, states or denies it."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.claims.costs import cost
from bot.claims.forces import FORCES, Force
from bot.claims.opposites import denying
from bot.claims.reserved import reserved
from knowledge.documents import Span


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


_COMPILED = tuple((force, re.compile(pattern, re.IGNORECASE)) for force, pattern in FORCES)
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
    r"(?:ly)?)\b|\bor\s+not\b|\bno\s+thanks\s+to\b|\bnot\s+a\s+problem\b|^\W*no(?:\s+\w+)?\s*[,!–—](?!\s*please)|^\W*no\s*\.",
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
    frozenset({Force.RESERVED, Force.TOLD}): Opposition.POLARITY,
    frozenset({Force.RESERVED, Force.OPTIONAL}): Opposition.POLARITY,
    frozenset({Force.RESERVED, Force.STATED}): Opposition.POLARITY,
    frozenset({Force.TOLD, Force.FORBIDDEN}): Opposition.POLARITY,
    frozenset({Force.TOLD, Force.DENIED}): Opposition.POLARITY,
    frozenset({Force.TOLD, Force.OPTIONAL}): Opposition.MODALITY,
    frozenset({Force.REQUIRED, Force.ADVISED}): Opposition.MODALITY,
}


_ALIKE: frozenset[frozenset[Force]] = frozenset(
    {
        *(frozenset({force}) for force in Force if force is not Force.STATED),
        frozenset({Force.FORBIDDEN, Force.DENIED}),
        frozenset({Force.REQUIRED, Force.TOLD}),
        frozenset({Force.REQUIRED, Force.RESERVED}),
    }
)


# "those who do not ride", "hours you don't use are ...", "while the gate is shut": what is said of the thing, or of when, not
# of what happens to it.
_RELATIVE = re.compile(
    r"(?<!make\s)(?<!be\s)\b(?:check|sure|ensure)\s+(?:that\s+)?.*|\b(?:for\s+)?as\s+long\s+as\s+(?:you|they)\s+(?:like|wish|want)|(?<!ask\s)(?<!insist\s)(?<!request\s)\b(?:that|which|who|whose)\s+(?:(?:you|we|they|he|she|it)\s+)?(?:(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would)(?:\s+not|n['’]t)|cannot|never)\b"
    r"|(?<=[a-z]\s)(?:you|we|they)\s+(?:(?:do|did|have|can)(?:\s+not|n['’]t)|haven['’]t|cannot|never|need|want|require)(?:\s+\w+){0,4}?"
    r"(?=\s+(?:is|are|was|were|will|can|may|must|lapses?|expires?|goes|go|stays?|comes?|costs?)\b)"
    r"|(?<=\w\s)while\s.*",
    re.IGNORECASE,
)
_NEGATIVE = frozenset({Force.FORBIDDEN, Force.DENIED, Force.UNADVISED})


# One cheap look for any word that the patterns above begin from.
_ANY_SIGN = re.compile(
    r"n['’]t\b|['’](?:ve|s)\s+got\b|^\W*(?:(?:and|or|then|simply|just|always|first|please)\s+)*(?:pay|use|leave|bring|send|take|put|return|show|book|collect|wear"
    r"|carry|tell|give|hand|sign|lock|switch|turn|fill|arrive|come|drop|register|apply|ring|call|email|check|drink|eat|keep|stay|cancel|report|add|order|make|be|remember|do|go"
    r"|have|get|let|wait|pick|ride|walk|wash|allow|expect|choose|pop|nip|head|enter|remove|open|empty|phone|write|visit|rinse|plug|help|grab|stick|hold|post|try|buy|wheel|park|store|clear|snap|photograph|swim)\b"
    r"|\b(?:no|not|non|never|nor|none|nobody|nothing|nowhere|neither|cannot|must|may|can|could|should|shall|need|needs|have|has|had"
    r"|ought|keep|stay|feel|best|better|ideally|ideal|optional|voluntary|compulsory|mandatory|fine|ok|okay|all|if|off|do|does|lets?|gladly|blessing|permission|consent|please|problem|never"
    r"|please|ask|asked|just|simply|happy|glad|help|up|means|right|choice|choose|discretion|responsibility|condition|rather|unwise"
    r"|without|out|turned|refused|liberty|a\s+must|good\s+idea)\b"
    r"|requir|need|necess|oblig|essential|allow|permit|prohib|forbid|ban|bar|outlaw|recommend|advis|suggest|encourag|discourag|prefer"
    r"|avoid|refrain|welcome|possible|able\b|free\b|entitl|eligib|qualif|expect|insist",
    re.IGNORECASE,
)


_IN_BRACKETS = re.compile(r"(?<=\w\s)\([^()]*\)")  # "the kitchen (two ovens, no dishwasher)"
_SHUT = re.compile(r"closed|shut", re.IGNORECASE)  # what must stay so may not be opened
_WITHOUT = re.compile(
    r"\bwithout(?!\s+(?:exception|delay|fail|limit|interest|notice|problems?|difficulty))\b|\bunaccompanied\b|(?<!leave\s)(?<!left\s)\balone\b",
    re.IGNORECASE,
)


_ONLY_GIVEN = re.compile(
    r"\bonly\s+(?:(?:be|been)\s+)?(?:\w+\s+){0,2}?(?:after|once|where|when|if|with|against)\s+(?=(?:an?|the|your|you|they|he|she|we|it|parents|their|prior|written)\b)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|before)\s+(?=(?:an?|the|your|you|they|he|she|we|it|each|every|all)\b)", re.IGNORECASE)


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
    if to and (not negative(found[0]) or to.start > found[0].end):
        restricted = Stance(Force.RESERVED, to.start, to.end, found[0].always)
        found = [restricted if one.force in {Force.ALLOWED, Force.TOLD} or negative(one) else one for one in found]
        found += [] if restricted in found else [restricted]
    return found


def _with_and_without(clause: str) -> list[Stance]:
    """What a clause does, and what it does to the thing that it is done without, or only with."""
    given, until, without = (pattern.search(clause) for pattern in (_ONLY_GIVEN, _UNTIL, _WITHOUT))
    if given:
        before = stance(clause[: given.start()])
        return [before, _of(given, Force.REQUIRED, before)]
    if until and negative(before := stance(clause[: until.start()])):
        return [before, _of(until, Force.REQUIRED, before)]
    return _without(clause, without) if without else [stance(clause)]


def _without(clause: str, without: re.Match[str]) -> list[Stance]:
    """What may be done without a thing does not require it, what may not, does, and what must, forbids it."""
    before = stance(clause[: without.start()])
    if negative(before):
        return [_of(without, Force.REQUIRED, before)]
    if before.force in {Force.ALLOWED, Force.TOLD}:
        return [before, _of(without, Force.OPTIONAL, before)]
    return [_of(without, Force.FORBIDDEN, before)] if before.force is Force.REQUIRED else [stance(clause)]


def _of(match: re.Match[str], force: Force, before: Stance) -> Stance:
    return replace(before, force=force, start=match.start(), end=match.end())


def stance(clause: str) -> Stance:
    """What a clause does to its predicate. "No more than" and "not only" deny nothing, "is closed" denies by itself."""
    always = bool(_ALWAYS.search(clause))
    hidden = _IN_BRACKETS.sub(_blank, clause)
    hidden = _RELATIVE.sub(_blank, _SCOPED_NOT.sub(_blank, _COMPARISON.sub(_blank, hidden)))
    said = _explicit(hidden, always) if _ANY_SIGN.search(clause) else Stance(Force.STATED, 0, 0, always)
    denied = denying(hidden)
    if denied is None:
        return said
    if said.force in {Force.STATED, Force.ALLOWED, Force.TOLD}:
        return Stance(Force.DENIED, denied.start, denied.end, always)
    if said.force is Force.REQUIRED and _SHUT.fullmatch(denied.of(hidden)):
        return replace(said, force=Force.FORBIDDEN)
    return replace(said, force=Force.STATED) if said.force is Force.DENIED and not _overlap(said, denied) else said


def _explicit(clause: str, always: bool) -> Stance:
    for force, pattern in _COMPILED:
        found = pattern.search(clause)
        if found:
            return Stance(force, found.start(), found.end(), always)
    return Stance(Force.STATED, 0, 0, always)


def says(force: Force, text: str) -> bool:
    """Whether anything in a text is under `force`, by its own words."""
    return any(pattern.search(text) for one, pattern in _COMPILED if one is force)


def _overlap(said: Stance, denied: Span) -> bool:
    return said.start < denied.end and denied.start < said.end


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def opposed(a: Stance, b: Stance) -> Opposition | None:
    """Whether one predicate cannot be under both."""
    return _OPPOSED.get(frozenset({a.force, b.force}))


def forces_opposed(force: Force) -> list[Force]:
    """Those under which a predicate cannot be that is under `force`; of each two that are opposed, the one names the other."""
    order = list(Force)
    return [other for other in order[order.index(force) :] if frozenset({force, other}) in _OPPOSED]


def forces_alike(force: Force) -> list[Force]:
    """Those under which two claims of one thing agree; of each two the one names the other."""
    order = list(Force)
    return [other for other in order[order.index(force) :] if frozenset({force, other}) in _ALIKE]


def negative(stance: Stance) -> bool:
    """Whether it keeps its predicate from being so."""
    return stance.force in _NEGATIVE
