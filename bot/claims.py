"""A sentence with its document and passage goes in, its claims come out: what it states, of what, and under which condition.

English is read; a sentence in another language yields the quantities that figures and symbols show.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.clauses import Clause, clause_at, clauses, is_former, is_special, leans_back, tail
from bot.closed_class import FUNCTION_WORDS
from bot.measures import Quantity
from bot.modality import Stance, negative, stance
from bot.numerals import Token, tokens, word_set
from bot.quantities import quantities
from bot.units import Dimension
from knowledge.documents import Document, Passage, Sentence, SentenceKind, Span
from knowledge.text import stems

LONGEST_CONTEXT = 12  # terms of the sentence before that a pronoun stands for
_JOINT = re.compile(r",\s|\b(?:and|or|then|but|plus|with|after|within|until|unless|when)\b|\s\|\s")
_SUBJECT_ENDS = word_set(
    "is are was were be been am isn't aren't must may can can't cannot could might shall should will would has have had do "
    "does did don't doesn't need needs costs cost lasts last takes take gets get weighs runs run starts start opens open holds"
)
_PERSONS_SPOKEN_OF = word_set("we you i it they he she there this that these those one")
# What a quantity's own dimension says already is no sign of what it is about.
_IMPLIED = {
    Dimension.MONEY: word_set(
        "cost costs costing price prices priced charge charged charges pay pays paid paying payable amount"
    ),
    Dimension.TIME: word_set(
        "last lasts lasting take takes taking taken long length run runs time period duration keep kept keeps"
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


@dataclass(frozen=True, slots=True)
class Scope:
    """What a claim is about, as lower-case words of content.

    `subject` opens the clause (a price line's label, a table row's head); `near` are the words of the clause; `rest` the other
    words of the sentence; `context` come from the heading, the lead-in and, behind a pronoun, the sentence before; `condition`
    say when or for whom it holds; `compounds` are words that stand right before another. `former` marks what is said of the
    past, `special` what says that it departs from a rule ("instead of the usual fee").
    """

    subject: tuple[str, ...]
    near: tuple[str, ...]
    rest: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    compounds: tuple[tuple[str, str], ...] = ()
    former: bool = False
    special: bool = False
    measured: bool = False  # a quantity narrows down what is said
    named: bool = False  # the subject is a label or the head of a table's row
    leans: bool = False  # the subject is a pronoun: the context says what it is


@dataclass(frozen=True, slots=True)
class Claim:
    """`document.text[start:end] == value` is what is claimed; exactly one of `quantity` and `stance` is set."""

    start: int
    end: int
    value: str
    scope: Scope
    quantity: Quantity | None = None
    stance: Stance | None = None


def claims(document: Document, passage: Passage, sentence: Sentence) -> tuple[Claim, ...]:
    """What `sentence` claims: one claim for every quantity and one for every clause that is no condition."""
    text = sentence.of(document.text)
    if not sentence.quotable or text.rstrip().endswith("?"):
        return ()
    context = _context(document, passage, sentence)
    if sentence.kind is SentenceKind.TABLE_ROW:
        return tuple(_quantity_claims(text, sentence, context, [Clause(0, len(text))]))
    parts = clauses(text)
    stances = _stance_claims(text, sentence, context, parts) if document.lang.startswith("en") else []
    return (*_quantity_claims(text, sentence, context, parts), *stances)


def _context(document: Document, passage: Passage, sentence: Sentence) -> tuple[str, ...]:
    spans = [*passage.context[1:], *([passage.heading] if passage.heading else []), *([sentence.lead] if sentence.lead else [])]
    found = [word for span in spans for word in content_words(span.of(document.text))]
    if leans_back(sentence.of(document.text)):
        found += _sentence_before(document, passage, sentence)
    return tuple(dict.fromkeys(found))


def _sentence_before(document: Document, passage: Passage, sentence: Sentence) -> list[str]:
    before = [other for other in passage.sentences if other.end <= sentence.start]
    return list(content_words(before[-1].of(document.text)))[:LONGEST_CONTEXT] if before else []


@lru_cache(maxsize=4096)
def content_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, numbers left out, in order and with repetitions."""
    return tuple(word for token in tokens(text) if (word := _content(token)))


def _content(token: Token) -> str:
    word = token.word.removesuffix("'s")
    plain = word.replace("'", "")
    if not plain.isalpha() or plain in FUNCTION_WORDS or len(plain) < 2:
        return ""
    return plain


def _quantity_claims(text: str, sentence: Sentence, context: tuple[str, ...], parts: list[Clause]) -> list[Claim]:
    found = quantities(text)
    return [_quantity_claim(text, sentence, context, parts, found, k) for k in range(len(found))]


def _quantity_claim(
    text: str, sentence: Sentence, context: tuple[str, ...], parts: list[Clause], found: tuple[Quantity, ...], k: int
) -> Claim:
    quantity = found[k]
    window = _window(text, parts, found, k)
    implied = _IMPLIED.get(quantity.dimension, frozenset())
    apart = [Span(other.start, other.end) for other in found]
    clause = clause_at(parts, quantity.start)
    head = _head(text, clause if not clause.condition else _main(parts), quantity.start)
    conditions = tuple(
        w for part in parts if part.condition for w in _words_in(text, Span(part.start, part.end), apart, implied)
    )
    subject = _words_in(text, head, apart, implied)
    near = _words_in(text, window, apart, implied)
    if set(near) <= set(subject):
        near = _words_in(text, Span(clause.start, clause.end), apart, implied)
    scope = Scope(
        subject=subject,
        near=near,
        rest=tuple(w for w in _words_in(text, Span(0, len(text)), apart, implied) if w not in near),
        context=context,
        condition=conditions,
        compounds=_compounds(text, Span(clause.start, clause.end), apart, implied),
        former=is_former(text, Span(clause.start, clause.end)),
        special=is_special(text),
        named=sentence.kind is SentenceKind.TABLE_ROW or _is_label(text, head),
        leans=leans_back(text),
    )
    start = sentence.start + quantity.start
    return Claim(start, sentence.start + quantity.end, text[quantity.start : quantity.end], scope, quantity=quantity)


def _main(parts: list[Clause]) -> Clause:
    return next((part for part in parts if not part.condition), parts[0])


def _window(text: str, parts: list[Clause], found: tuple[Quantity, ...], k: int) -> Span:
    """The quantity's clause, cut where another quantity begins to be spoken of."""
    clause = clause_at(parts, found[k].start)
    start, end = clause.start, clause.end
    if k and found[k - 1].start >= clause.start:
        start = _parted(text, found[k - 1], found[k], ahead=False)
    if k + 1 < len(found) and found[k + 1].start < clause.end:
        end = _parted(text, found[k], found[k + 1], ahead=True)
    return Span(start, end)


def _parted(text: str, first: Quantity, second: Quantity, *, ahead: bool) -> int:
    """Where the words between two quantities pass from the one to the other; where nothing parts them both have them."""
    between = text[first.end : second.start]
    joints = [m.end() for m in _JOINT.finditer(between)]
    if joints:
        return first.end + joints[-1]
    return second.start if ahead else first.end


def _head(text: str, clause: Clause, before: int) -> Span:
    """The words that open a clause, up to its verb or to the quantity."""
    limit = min(clause.end, max(before, clause.start))
    for k, token in enumerate(tokens(text[clause.start : limit])):
        if k == 0 and token.word in _PERSONS_SPOKEN_OF:
            return Span(clause.start, clause.start)
        if token.word in _SUBJECT_ENDS or token.word == ":":
            return Span(clause.start, clause.start + (token.end if token.word == ":" else token.start))
    return Span(clause.start, limit)


def _is_label(text: str, head: Span) -> bool:
    return text[head.start : head.end].rstrip().endswith(":")


def _words_in(text: str, window: Span, apart: list[Span], implied: frozenset[str]) -> tuple[str, ...]:
    found: list[str] = []
    for token in tokens(text):
        inside = window.start <= token.start < window.end
        if inside and not any(span.start <= token.start < span.end for span in apart):
            word = _content(token)
            if word and word not in implied:
                found.append(word)
    return tuple(dict.fromkeys(found))


def _compounds(text: str, window: Span, apart: list[Span], implied: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of content words with nothing between them but a space or a hyphen."""
    found = [t for t in tokens(text) if window.start <= t.start < window.end]
    pairs: list[tuple[str, str]] = []
    for first, second in pairwise(found):
        together = second.start - first.end == 1
        if together and not any(span.start <= second.start < span.end for span in apart):
            before, word = _content(first), _content(second)
            if before and word and word not in implied:
                pairs.append((before, word))
    return tuple(pairs)


_FORCE_WORDS = word_set(
    "allowed permitted possible welcome required needed necessary compulsory mandatory obligatory optional voluntary advised "
    "recommended recommend advise advisable able prohibited forbidden banned obligation wish like want best ideally avoid "
    "time times way kind"
)


def _stance_claims(text: str, sentence: Sentence, context: tuple[str, ...], parts: list[Clause]) -> list[Claim]:
    apart = [Span(quantity.start, quantity.end) for quantity in quantities(text)]
    conditions = [Span(part.start, part.end) for part in parts if part.condition]
    made: list[Claim] = []
    for part in parts:
        claim = None if part.condition else _stance_claim(text, sentence, context, part, [*conditions], apart)
        if claim is not None:
            made.append(claim)
    return made


def _stance_claim(
    text: str, sentence: Sentence, context: tuple[str, ...], part: Clause, conditions: list[Span], apart: list[Span]
) -> Claim | None:
    found = stance(text[part.start : part.end])
    when = tail(text, part)
    body = Span(part.start, when.start if when and when.start > part.start + found.end else part.end)
    if body.end < part.end:
        conditions.append(Span(body.end, part.end))
    words = _words_in(text, body, apart, _FORCE_WORDS)
    if not words or (negative(found) and not _words_in(text, Span(part.start + found.start, body.end), [], frozenset())):
        return None
    rest = _words_in(text, Span(0, len(text)), apart, _FORCE_WORDS)
    head = _head(text, part, part.end)
    scope = Scope(
        subject=_words_in(text, head, apart, _FORCE_WORDS),
        near=words,
        rest=tuple(w for w in rest if w not in words),
        context=context,
        condition=tuple(w for span in conditions for w in _words_in(text, span, apart, frozenset())),
        compounds=_compounds(text, body, apart, frozenset()),
        former=is_former(text, body),
        special=is_special(text),
        measured=any(body.start <= span.start < part.start + found.start for span in apart),
        leans=leans_back(text[part.start : part.end]),
    )
    start, end = sentence.start + part.start, sentence.start + part.end
    return Claim(start, end, text[part.start : part.end], scope, stance=found)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    return stems([word])[0]
