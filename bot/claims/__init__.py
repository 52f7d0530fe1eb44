"""A sentence with its document and passage goes in, its claims come out: what it states, of what, and under which condition.

English is read; a sentence in another language yields the quantities that figures and symbols show.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.claims.measures import Quantity
from bot.claims.modality import Force, Stance, negative, stance
from bot.claims.scopes import Reading, Scope, body_of, quantity_scope, read, stance_scope
from bot.claims.wording import words_in
from knowledge.documents import Document, Passage, Sentence, SentenceKind, Span

__all__ = ["Claim", "Quantity", "Scope", "Stance", "claims"]


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
    return tuple(_claims(reading, sentence, english=document.lang.startswith("en")))


def _claims(reading: Reading, sentence: Sentence, *, english: bool) -> Iterator[Claim]:
    for k, quantity in enumerate(reading.found):
        value = reading.text[quantity.start : quantity.end]
        start, end = sentence.start + quantity.start, sentence.start + quantity.end
        yield Claim(start, end, value, quantity_scope(reading, k), quantity=quantity)
    if english and reading.kind is not SentenceKind.TABLE_ROW:
        yield from _stances(reading, sentence)


def _in_list(own: Stance, lead: str) -> Stance:
    """An item that only names something is under what its lead-in says: "The following are never lent:"."""
    return replace(stance(lead), start=0, end=0) if lead and own.force is Force.STATED else own


def _stances(reading: Reading, sentence: Sentence) -> Iterator[Claim]:
    for part in reading.parts:
        if part.condition:
            continue
        value = reading.text[part.start : part.end]
        found = _in_list(stance(value), reading.lead)
        scope = stance_scope(reading, part, found)
        behind = Span(part.start + found.start, body_of(reading, part, found).end)
        if scope.near and (not negative(found) or words_in(reading.text, behind)):
            yield Claim(sentence.start + part.start, sentence.start + part.end, value, scope, stance=found)
