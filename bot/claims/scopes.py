"""A sentence that is read into clauses and quantities goes in; what each of its claims is about comes out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.clauses import Clause, clause_at, clauses, is_former, is_special, leans_back
from bot.claims.measures import Quantity
from bot.claims.numerals import tokens, word_set
from bot.claims.quantities import quantities
from bot.claims.units import Dimension
from bot.claims.wording import compounds_in, content_words, words_around, words_in
from knowledge.documents import Document, Passage, Sentence, SentenceKind, Span

FEW_WORDS = 3  # content words of a sentence that hardly says itself what it is about
LONGEST_CONTEXT = 12  # words of the sentence before that are taken into the context
_JOINT = re.compile(r",\s|\b(?:and|or|then|but|plus|with|after|within|until|unless|when)\b|\s\|\s")
_PRONOUN = re.compile(r"\W*(?:and\s+|but\s+)?(?:it|they|these|those|this)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|or|then|but|plus)\b")
_SUBJECT_ENDS = word_set(
    "is are was were be been am isn't aren't must may can can't cannot could might shall should will would has have had do "
    "does did don't doesn't need needs costs cost lasts last takes take gets get weighs runs run starts start opens open holds"
)
_NO_SUBJECT = word_set("we you i it they he she there this that these those one")
# What a quantity's own dimension says already is no sign of what it is about.
_IMPLIED = {
    Dimension.MONEY: word_set(
        "cost costs costing price prices priced charge charged charges pay pays paid paying payable amount"
    ),
    Dimension.TIME: word_set(
        "last lasts lasting take takes taking taken long length run runs time period duration keep kept keeps hold holds held "
        "advance ahead beforehand"
    ),
    Dimension.CLOCK: word_set("open opens opening hours close closes closed staffed time times answers answer"),
    Dimension.WEEKDAYS: word_set("open opens opening hours close closes closed staffed day days"),
    Dimension.AGE: word_set("age aged ages old older year years"),
    Dimension.DATE: word_set("date effect force took take takes apply applies applied start starts effective"),
    Dimension.DAY_OF_YEAR: word_set("date"),
    Dimension.COUNT: word_set("number total"),
    Dimension.MASS: word_set("weigh weighs weight weighing"),
    Dimension.SPEED: word_set("speed"),
    Dimension.TEMPERATURE: word_set("temperature"),
    Dimension.FREQUENCY: word_set("often time times"),
}
_AGENTS = {"we": "we", "we'll": "we", "us": "you", "you": "you", "you'll": "you"}  # whoever tells us is no part of us


@dataclass(frozen=True, slots=True)
class Scope:
    """What a claim is about, as lower-case words of content.

    `subject` opens the clause (a price line's label, a table row's head); `near` are the words of the clause; `rest` the other
    words of the sentence; `context` come from the headings, the lead-in and, behind a pronoun, the sentence before; `condition`
    say when or for whom it holds; `compounds` are words that stand right before another; `heading` are the words of the nearest
    heading or question, the column heads and the lead-in; `understood` those words of the clause that a quantity's dimension
    says already ("costs" beside a price).
    """

    subject: tuple[str, ...]
    near: tuple[str, ...]
    rest: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    compounds: tuple[tuple[str, str], ...] = ()
    former: bool = False  # said of the past
    special: bool = False  # departs from a rule, by its own words ("instead of the usual fee")
    named: bool = False  # the subject is a label or the head of a table's row
    measures: tuple[Quantity, ...] = ()  # that narrow down what is said
    excepting: bool = False  # the sentence names an exception
    own: str = ""  # "ours" or "theirs": whose thing it is about, where that is said
    implied: tuple[str, ...] = ()  # what the clause before is about, where a pronoun points back to it
    when: frozenset[str] = frozenset()  # "before" or "after" something, "under" or "over" an age
    ever: bool = False  # on every day, at every hour
    narrowed: bool = False  # a condition with a quantity of its own narrows down what is said
    heading: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    days: frozenset[int] = frozenset()  # of the week, on which hours are kept
    agent: str = ""  # "we" or "you" where one of them is the subject of the clause
    nearest: tuple[str, ...] = ()  # the words of the clause that stand nearest to the quantity, nearest first


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence, read: offsets of `parts` and `found` count from its start."""

    text: str
    lead: str  # the lead-in of the list that the sentence is an item of, or ""
    kind: SentenceKind
    context: tuple[str, ...]
    heading: tuple[str, ...]
    parts: tuple[Clause, ...]
    found: tuple[Quantity, ...]

    @property
    def main(self) -> Clause:
        return next((part for part in self.parts if not part.condition), self.parts[0])


def read(document: Document, passage: Passage, sentence: Sentence) -> Reading:
    text = sentence.of(document.text)
    whole = sentence.kind is SentenceKind.TABLE_ROW
    parts = (Clause(0, len(text)),) if whole else tuple(clauses(text))
    lead = sentence.lead.of(document.text) if sentence.lead else ""
    context, heading = _context(document, passage, sentence), _heading(document, passage, sentence)
    return Reading(text, lead, sentence.kind, context, heading, parts, quantities(text))


def _heading(document: Document, passage: Passage, sentence: Sentence) -> tuple[str, ...]:
    """The nearest heading, what stands between it and the passage (a lead-in, column heads), and the sentence's own lead-in."""
    heading = passage.heading
    behind = [span for span in passage.context if heading is None or span.start > heading.start]
    spans = [*([heading] if heading else []), *behind, *([sentence.lead] if sentence.lead else [])]
    return tuple(dict.fromkeys(word for span in spans for word in content_words(span.of(document.text))))


def _context(document: Document, passage: Passage, sentence: Sentence) -> tuple[str, ...]:
    outer = passage.context[1:] if _has_title(passage) else passage.context
    spans = [*outer, *([passage.heading] if passage.heading else []), *([sentence.lead] if sentence.lead else [])]
    found = [word for span in spans for word in content_words(span.of(document.text))]
    text = sentence.of(document.text)
    if leans_back(text) or len(content_words(text)) <= FEW_WORDS:
        before = [other for other in passage.sentences if other.end <= sentence.start]
        found += content_words(before[-1].of(document.text))[:LONGEST_CONTEXT] if before else ()
    return tuple(dict.fromkeys(found))


def _has_title(passage: Passage) -> bool:
    """Whether the outermost of its context is a heading above its own: the document's name, which tells nothing apart."""
    return bool(passage.context) and (passage.heading is None or passage.context[0].start < passage.heading.start)


def quantity_scope(reading: Reading, k: int) -> Scope:
    """What the k-th quantity of a sentence is about."""
    text, quantity = reading.text, reading.found[k]
    implied = _IMPLIED.get(quantity.dimension, frozenset())
    apart = [Span(other.start, other.end) for other in reading.found]
    clause = clause_at(reading.parts, quantity.start)
    span = Span(clause.start, clause.end)
    head = head_of(text, _named_by(reading, clause), quantity.start)
    subject = words_in(text, head, apart, implied)
    near = words_in(text, _window(reading, k), apart, implied)
    if set(near) <= set(subject):
        near = words_in(text, span, apart, implied)
    whole = words_in(text, Span(0, len(text)), apart, implied)
    conditions = [
        words_in(text, Span(part.start, part.end), apart, implied)
        for part in reading.parts
        if part.condition and not part.reason
    ]
    return Scope(
        subject=subject,
        near=near,
        rest=tuple(word for word in whole if word not in near),
        context=reading.context,
        condition=tuple(word for words in conditions for word in words),
        compounds=compounds_in(text, span, apart, implied),
        former=is_former(text, _window(reading, k) if reading.kind is SentenceKind.TABLE_ROW else span),
        special=is_special(text),
        named=reading.kind is SentenceKind.TABLE_ROW or head.of(text).rstrip().endswith(":"),
        heading=reading.heading,
        narrowed=any(
            part.condition and part.start <= other.start < part.end
            for part in reading.parts
            for other in reading.found
            if other is not quantity
        ),
        days=_days(reading, k),
        agent=_agent(text, clause, quantity.start),
        nearest=words_around(text, quantity.start, quantity.end, _window(reading, k)),
        understood=tuple(word for word in words_in(text, _window(reading, k), apart) if word in implied),
    )


def _named_by(reading: Reading, clause: Clause) -> Clause:
    """The clause that names what `clause` is about: the main one for a condition, the one before for "it must ..."."""
    if clause.condition:
        return reading.main
    before = [part for part in reading.parts if part.end <= clause.start and not part.condition]
    return before[-1] if before and _PRONOUN.match(reading.text, clause.start, clause.end) else clause


def _window(reading: Reading, k: int) -> Span:
    """The quantity's clause, cut where another quantity begins to be spoken of."""
    found, clause = reading.found, clause_at(reading.parts, reading.found[k].start)
    start, end = clause.start, clause.end
    row = reading.kind is SentenceKind.TABLE_ROW
    for other in found[:k]:
        if other.start >= clause.start and (row or _coordinate(reading.text, other, found[k])):
            start = _parted(reading.text, other, found[k], ahead=False)
    for other in reversed(found[k + 1 :]):
        if other.start < clause.end and (row or _coordinate(reading.text, found[k], other)):
            end = _parted(reading.text, found[k], other, ahead=True)
    return Span(start, end)


def _coordinate(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether two quantities are of two things: of one dimension, or with "and" between; "once a year, on 1 May" are of one."""
    return first.dimension is second.dimension or bool(_AND.search(text[first.end : second.start]))


def _parted(text: str, first: Quantity, second: Quantity, *, ahead: bool) -> int:
    """Where the words between two quantities pass from the one to the other; where nothing parts them both have them."""
    joints = [match.end() for match in _JOINT.finditer(text[first.end : second.start])]
    if joints:
        return first.end + joints[-1]
    return second.start if ahead else first.end


def head_of(text: str, clause: Clause, before: int) -> Span:
    """The words that open a clause, up to its verb or to the quantity."""
    limit = min(clause.end, max(before, clause.start))
    inside = [token for token in tokens(text) if clause.start <= token.start < limit]
    if inside and inside[0].word in _NO_SUBJECT:
        return Span(clause.start, clause.start)
    for token in inside:
        if token.word in _SUBJECT_ENDS or token.word == ":":
            return Span(clause.start, token.end if token.word == ":" else token.start)
    return Span(clause.start, limit)


def _days(reading: Reading, k: int) -> frozenset[int]:
    """The days of the week that are named for hours: before them where the sentence begins with days, else behind them."""
    found = reading.found
    if found[k].dimension is not Dimension.CLOCK:
        return frozenset()
    first = next(one.dimension for one in found if one.dimension in {Dimension.CLOCK, Dimension.WEEKDAYS})
    return _named_days(found[:k][::-1] if first is Dimension.WEEKDAYS else found[k + 1 :])


def _named_days(following: Sequence[Quantity]) -> frozenset[int]:
    for quantity in following:
        if quantity.dimension is Dimension.CLOCK:
            break
        if quantity.dimension is Dimension.WEEKDAYS and not quantity.closed:
            return quantity.members
    return frozenset()


def _agent(text: str, clause: Clause, before: int) -> str:
    """Who does what is said: the last "we" or "you" of the clause before the quantity."""
    said = [token.word for token in tokens(text) if clause.start <= token.start < before and token.word in _AGENTS]
    return _AGENTS[said[-1]] if said else ""
