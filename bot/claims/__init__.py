"""A sentence with its document and passage goes in, its claims come out: what it states, of what, and under which condition.

English is read; a sentence in another language yields the quantities that figures and symbols show.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.claims.clauses import Clause
from bot.claims.costs import cost
from bot.claims.forces import Force
from bot.claims.measures import Bound, Quantity
from bot.claims.modality import Stance, negative, stance, stances
from bot.claims.scopes import Reading, Scope, quantity_scope, read
from bot.claims.short_answers import short_answer
from bot.claims.stance_scopes import answer_scope, body_of, stance_scope
from bot.claims.units import Dimension
from bot.claims.wording import words_in
from knowledge.documents import Document, Passage, Sentence, SentenceKind, Span

__all__ = ["Claim", "Quantity", "Scope", "Stance", "claims"]


# "Key not returned: £5" says what is paid in that case, not that the key is not returned.
_CASE = re.compile(r"^[^:]*\b(?:not|no|without|never)\b[^:]*:\s+\W*\d", re.IGNORECASE)
# A reason, a greeting, and what somebody tells of themselves, is no rule.
_ASIDE = re.compile(
    r"^\W*(?:(?:and|but|so|yet)\s+)?(?:because\b|I(?!['’]m\s+(?:sorry|afraid)\b)(?:['’]\w+)?\s|welcome\s+(?:to|back|aboard)\b)",
    re.IGNORECASE,
)

_FREE_TOO = re.compile(r"\bfree\b", re.IGNORECASE)  # "£2 a parcel, free from five parcels"
# What is said of a document: when somebody checked it, who wrote it when.
_OF_THE_DOCUMENT = re.compile(
    r"\b(?:last\s+)?(?:updated|checked|reviewed|revised|reissued|issued|printed|published|posted|amended|edited)\b|^\W*[Bb]y\s+[A-Z]\w+",
)
_NO_PRICE = re.compile(
    r"\b(?:refund\w*|deposits?|returned|back|off|discount\w*|sav(?:e|es|ed|ing|ings)|compensat\w*|prizes?|worth|vouchers?|credit(?:ed)?|rewards?|fine[ds]?"
    r"|donat\w*|rais(?:e|ed|es|ing)|limit\w*|maximum|minimum|more\s+than|less\s+than|over|under|insur\w*|cover\w*|liab\w*|owes?|budget|turnover"
    r"|earn\w*|income|salary|wages?|grants?|loans?|withdraw\w*|we\s+(?:will\s+|shall\s+)?pay|you\s+(?:will\s+)?(?:get|receive)|instead\s+of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """`document.text[start:end] == value` is what is claimed; exactly one of `quantity` and `stance` is set.

    Their own offsets count from the start of the sentence.
    """

    start: int
    end: int
    value: str
    scope: Scope
    quantity: Quantity | None = None
    stance: Stance | None = None


def claims(document: Document, passage: Passage, sentence: Sentence) -> tuple[Claim, ...]:
    """What `sentence` claims: one claim for every quantity and one for every clause that is no condition.

    A question claims nothing, and a table's row only its quantities.
    """
    text = sentence.of(document.text)
    if not sentence.quotable or not text.strip() or text.rstrip().endswith("?"):
        return ()
    reading = read(document, passage, sentence)
    english = document.lang.startswith("en")
    answered = _answered(document, passage, sentence, reading) if english else ()
    return (*_claims(reading, sentence, english=english), *answered)


def _claims(reading: Reading, sentence: Sentence, *, english: bool) -> Iterator[Claim]:
    dated = _OF_THE_DOCUMENT.search(reading.text)
    for k, quantity in enumerate(reading.found):
        if dated and quantity.dimension is Dimension.DATE:
            continue
        value = reading.text[quantity.start : quantity.end]
        start, end = sentence.start + quantity.start, sentence.start + quantity.end
        yield Claim(start, end, value, quantity_scope(reading, k), quantity=quantity)
    if english and reading.kind is SentenceKind.TABLE_ROW:
        yield from _charges(reading, sentence)
    elif english:
        yield from _stances(reading, sentence)


def _charges(reading: Reading, sentence: Sentence) -> Iterator[Claim]:
    """A row with a price, or with a "free", says whether there is something to pay; one with both speaks of two things."""
    price = next((q for q in reading.found if q.dimension is Dimension.MONEY and q.high > 0), None)
    free = cost(reading.text)
    said = price or free
    if said is None or (price and (free or _FREE_TOO.search(reading.text))):
        return
    span = Span(said.start, said.end)
    found = Stance(Force.FREE if free and free.free else Force.CHARGED, span.start, span.end)
    scope = stance_scope(reading, reading.parts[0], found, None)
    if scope.near:
        yield Claim(sentence.start + span.start, sentence.start + span.end, span.of(reading.text), scope, stance=found)


def _stances(reading: Reading, sentence: Sentence) -> Iterator[Claim]:
    before: Scope | None = None
    for part in reading.parts:
        if part.condition:
            continue
        value = reading.text[part.start : part.end]
        if _CASE.match(value) or _ASIDE.match(value):
            continue
        for found in _priced(_in_list(stances(value), reading.lead), reading, part):
            scope = stance_scope(reading, part, found, before)
            if scope.near and _says_something(reading, part, found):
                yield Claim(sentence.start + part.start, sentence.start + part.end, value, scope, stance=found)
                before = scope


def _priced(said: list[Stance], reading: Reading, part: Clause) -> list[Stance]:
    """An amount of money is something to pay, unless it is a limit, or is given back or taken off."""
    if any(one.force in {Force.FREE, Force.CHARGED} for one in said) or _NO_PRICE.search(reading.text, part.start, part.end):
        return said
    amounts = (q for q in reading.found if q.dimension is Dimension.MONEY and q.high > 0 and q.bound is not Bound.AT_MOST)
    price = next((q for q in amounts if part.start <= q.start < part.end), None)
    return [*said, Stance(Force.CHARGED, price.start - part.start, price.end - part.start)] if price else said


def _answered(document: Document, passage: Passage, sentence: Sentence, reading: Reading) -> tuple[Claim, ...]:
    """ "No." under "Can I smoke there?" forbids to smoke there."""
    question = passage.heading.of(document.text) if passage.heading else ""
    if not question or sentence.start != passage.sentences[0].start:
        return ()
    found = short_answer(question, reading.text)
    if found is None:
        return ()
    start, end = sentence.start + found.said.start, sentence.start + found.said.end
    scope = answer_scope(question, reading)
    return (Claim(start, end, document.text[start:end], scope, stance=found.stance),) if scope.near else ()


def _in_list(own: list[Stance], lead: str) -> list[Stance]:
    """An item that only names something is under what its lead-in says: "The following are never lent:"."""
    if not lead or own[0].force not in {Force.STATED, Force.TOLD}:
        return own
    return [replace(stance(lead), start=0, end=0), *own[1:]]


def _says_something(reading: Reading, part: Clause, found: Stance) -> bool:
    """A bare "I think not" denies nothing; "dogs are not allowed" does, and so does "...; cats are not"."""
    if not negative(found) or words_in(reading.text, Span(part.start + found.start, body_of(reading, part, found).end)):
        return True
    before = words_in(reading.text, Span(part.start, part.start + found.start))
    return bool(before) and (part.start > 0 or len(reading.text[part.start + found.start : part.start + found.end].split()) > 1)
