"""A clash between two statements goes in; what is reported of it comes out: both quotes, the attribute in words, how grave."""

from dataclasses import dataclass
from enum import StrEnum

from bot.claims import Claim
from bot.claims.units import Dimension
from bot.claims.wording import content_words
from bot.consistency.clashes import Clash, ConflictKind
from bot.consistency.likeness import Likeness
from bot.consistency.statements import Statement
from knowledge.documents import content_hash
from knowledge.text import words

LONGEST_ATTRIBUTE = 6  # words
GRAVE, MIDDLING = 0.65, 0.5  # likeness from which a conflict is of high, and of medium severity


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Side:
    """One side: `document.text[start:end] == quote`, and `value` is the part of the quote that clashes."""

    document: str  # the name
    passage: str  # the id
    quote: str
    start: int
    end: int
    value: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """`id` stays the same as long as the two sentences and their documents' names do. `superseded` names the older of two
    documents whose dates differ."""

    id: str
    kind: ConflictKind
    severity: Severity
    attribute: str
    sides: tuple[Side, Side]
    likeness: float
    superseded: str | None = None


def conflict(first: Statement, second: Statement, found: Clash, likeness: Likeness) -> Conflict:
    """The report of `found`, its sides in order of document and place."""
    sides = sorted((_side(first, found.first), _side(second, found.second)), key=lambda side: (side.document, side.start))
    older = _older(sides[0], sides[1])
    return Conflict(
        id=fingerprint(found.kind, first, second),
        kind=found.kind,
        severity=_severity(found.likeness, older),
        attribute=_attribute(found, likeness),
        sides=(sides[0], sides[1]),
        likeness=round(found.likeness, 3),
        superseded=older,
    )


def fingerprint(kind: ConflictKind, first: Statement, second: Statement) -> str:
    """Of the words, whatever their place, spacing or punctuation."""
    sides = sorted([statement.document.name, words(statement.text)] for statement in (first, second))
    return content_hash([str(kind), sides])[:16]


def _side(statement: Statement, claim: Claim) -> Side:
    document, sentence = statement.document, statement.sentence
    value = document.text[claim.start : claim.end]
    return Side(document.name, statement.passage.id, statement.text, sentence.start, sentence.end, value, document.date)


def _older(first: Side, second: Side) -> str | None:
    if not first.date or not second.date or first.date[:10] == second.date[:10]:
        return None
    return first.document if first.date < second.date else second.document


def _severity(likeness: float, older: str | None) -> Severity:
    if likeness >= GRAVE:
        return Severity.MEDIUM if older else Severity.HIGH
    return Severity.MEDIUM if likeness >= MIDDLING and not older else Severity.LOW


def _attribute(found: Clash, likeness: Likeness) -> str:
    """The words that both sides say, after what is measured: "price: day pass"."""
    first, second = found.first.scope, found.second.scope
    there = (*second.subject, *second.near, *second.condition, *second.context, *second.rest)
    own = dict.fromkeys((*first.subject, *first.near, *first.condition))
    shared = [word for word in own if likeness.found(word, there)] or list(own)
    said = " ".join(shared[:LONGEST_ATTRIBUTE])
    quantity = found.first.quantity
    if quantity is None:
        return said
    counted = " ".join(content_words(found.first.value)) if quantity.dimension is Dimension.COUNT else ""
    measured = f"number of {counted}" if counted else str(quantity.dimension)
    return f"{measured}: {said}" if said else measured
