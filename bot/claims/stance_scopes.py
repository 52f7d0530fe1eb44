"""A clause of a read sentence and its stance go in; what the stance is about comes out."""

import re

from bot.claims.clauses import Clause, is_former, is_special, tail
from bot.claims.forces import Force
from bot.claims.measures import Quantity, Relation
from bot.claims.modality import Stance
from bot.claims.numerals import word_set
from bot.claims.opposites import affirmative
from bot.claims.scopes import Reading, Scope, head_of
from bot.claims.units import Dimension
from bot.claims.wording import compounds_in, content_words, words_in
from knowledge.documents import Span

# What a stance says already, and words that "at any time" and "in no way" are made of.
_SAID_BY_FORCE = word_set(
    "allowed permitted possible welcome required needed necessary compulsory mandatory obligatory optional voluntary advised "
    "recommended recommend advise advisable able prohibited forbidden banned obligation wish like want best ideally avoid "
    "time times way kind entitled eligible lets ones please helpful alone unaccompanied stopped ceased longer reserved "
    "restricted exclusively solely only long whole fine ok okay happy glad insist insists ask asks asked expect expected "
    "sure remember "
    "choice discretion responsibility must condition means account circumstances barred encourage encouraged "
    "suggest suggested good "
    "idea sorry strictly simply just objection mind right"
)
_SAID_BY_COST = word_set(
    "cost costs costing charge charges charged fee fees pay pays paid paying payable payment price prices free extra "
    "additional expense nothing included complimentary money surcharge"
)
_COSTS = frozenset({Force.FREE, Force.CHARGED})
_COUNTED = frozenset({Dimension.COUNT, Dimension.FREQUENCY})  # what is counted is a thing that may be had or not
_NARROWING = frozenset(
    {Dimension.AGE, Dimension.DATE, Dimension.DAY_OF_YEAR, Dimension.WEEKDAYS, Dimension.CLOCK, Dimension.TIME}
)
_LASTING = frozenset({Relation.NONE, Relation.FOR})
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:and|but|so|or|yet|although|though)\s+)*(?:it|this|that|they|these|those)\s+(?:is|are|was|were|may|can|must|should|will|do|does"
    r"|has|have|need|needs|cannot|\w+n['’]t)\b",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:in|on|at|from|to|inside|outside|during|for|with|by|after|before|under|over|near|beyond|within|aboard)"
_WITHOUT_VERB = re.compile(rf"^\W*(?:(?:and|but|or|so|though)\s+)*(?:not|never)\s+{_PREPOSITION}\b", re.IGNORECASE)
_WITHOUT_PREDICATE = re.compile(r"\b(?:(?:is|are|may|can|do|does|will|must|should)(?:\s+not|n['’]t)|cannot)\W*$", re.IGNORECASE)
_PLACE = re.compile(rf"\b{_PREPOSITION}\b", re.IGNORECASE)
_DO_SO = re.compile(r"\b(?:do|doing)\s+(?:so|this|that|it)\b", re.IGNORECASE)  # what the condition names
_ONE = re.compile(r"\b(?:wear|have|use|bring|need|get|buy|take|book|pay\s+for)\s+one\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|until|till|up\s+to|in\s+advance|beforehand)\b", re.IGNORECASE)
_PARTED = re.compile(r"[:;—–]")
_EXCEPTION = re.compile(r"\b(?:except|excluding|apart\s+from|other\s+than|unless|but\s+not)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:our|ours|we\s+(?:\w+\s+)?(?:supply|provide|lend|give|send|hand|issue|offer))\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"\b(?:(?:your|their|his|her)\s+own|of\s+(?:your|their)\s+own|another|any\s+other|a\s+different)\b", re.IGNORECASE
)
_UNDER = re.compile(
    r"\b(?:under|below|younger\s+than)[\s-]+(?:the\s+age\s+of\s+)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|twelve)",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:over|above|older\s+than)[\s-]+(?:the\s+age\s+of\s+)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|twelve)",
    re.IGNORECASE,
)
_EVER = re.compile(
    r"\b(?:(?<!for\s)(?:every|any|each)\s+(?:single\s+)?(?:day|time|hour)(?!\s+(?:that|when|on\s+which|we|you|it|they)\b)|365\s+days|24\s+hours\s+a\s+day|24/7|seven\s+days\s+a\s+week|all\s+(?:year|week|night|winter|summer)"
    r"|at\s+all\s+times|day\s+and\s+night|round\s+the\s+clock|daily|never\s+close[sd]?)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)


def stance_scope(reading: Reading, part: Clause, found: Stance, before: Scope | None) -> Scope:
    """`before` is what the clause before is about: "..., but it is not required" speaks of the same."""
    text, body = reading.text, body_of(reading, part, found)
    implied = _SAID_BY_FORCE | _SAID_BY_COST if found.force in _COSTS else _SAID_BY_FORCE
    apart = [Span(one.start, one.end) for one in reading.found if one.dimension not in _COUNTED]
    spans = _conditions(reading, part) + ([Span(body.end, part.end)] if body.end < part.end else [])
    named, ended = head_of(text, part, part.end), _ended(text, part, found)
    if found.force is Force.RESERVED:
        named = Span(part.start + found.start, part.start + found.end)
        apart.append(named)
    near = _affirmed(words_in(text, body, apart, implied), text, part, found)
    implied_words = before.near if before and _points_back(text[part.start : part.end]) else ()
    left_out = _left_out(reading, part, before) if near else ()
    if left_out:
        near = tuple(dict.fromkeys((*left_out, *near)))
    elif before and not near:
        near = before.near
    elif not near and _DO_SO.search(text, part.start, part.end):
        near = tuple(word for one in reading.parts if one.condition for word in words_in(text, Span(one.start, one.end), apart))
    whole = words_in(text, Span(0, len(text)), apart, implied)
    return Scope(
        subject=words_in(text, named, (), implied),
        near=near,
        rest=tuple(word for word in whole if word not in near),
        context=reading.context,
        condition=tuple(word for span in spans for word in words_in(text, span, apart, _SAID_BY_FORCE)),
        compounds=compounds_in(text, body, apart),
        former=is_former(text, body) and not ended,
        special=is_special(text),
        measures=() if ended else _measures(reading, part, found),
        implied=implied_words,
        excepting=any(p.exception for p in reading.parts) or bool(_EXCEPTION.search(text)),
        own=_owner(text[part.start : part.end]),
        when=_when(text[part.start : part.end]),
        ever=bool(_EVER.search(text)),
    )


def _left_out(reading: Reading, part: Clause, before: Scope | None) -> tuple[str, ...]:
    """What "..., but not on Sundays", "hoops are not" and a bare "Never in the yard" leave out: the words of the clause
    before, or of the heading, of what is done."""
    clause = reading.text[part.start : part.end]
    if _WITHOUT_VERB.match(clause):
        earlier = [one for one in reading.parts if one.end <= part.start and not one.condition]
        if before is None or not earlier:
            return reading.heading
        places = [found.start() for found in _PLACE.finditer(reading.text, earlier[-1].start, earlier[-1].end)]
        kept = words_in(reading.text, Span(earlier[-1].start, places[-1] if places else earlier[-1].end))
        return tuple(word for word in before.near if word in kept)
    if before and _WITHOUT_PREDICATE.search(clause):
        return tuple(word for word in before.near if word not in before.subject)
    return ()


def answer_scope(question: str, reading: Reading) -> Scope:
    """What "yes" or "no" is said of: what was asked, under the conditions of the answer."""
    asked = tuple(word for word in content_words(question) if word not in _SAID_BY_FORCE)
    conditions = _conditions(reading, reading.parts[0])
    return Scope(
        subject=(),
        near=tuple(dict.fromkeys(asked)),
        rest=words_in(reading.text, Span(0, len(reading.text))),
        context=reading.context,
        condition=tuple(word for span in conditions for word in words_in(reading.text, span)),
        compounds=compounds_in(question, Span(0, len(question))),
        when=_when(question),
    )


def _points_back(clause: str) -> bool:
    return bool(_POINTS_BACK.match(clause) or _ONE.search(clause))


def _affirmed(words: tuple[str, ...], text: str, part: Clause, found: Stance) -> tuple[str, ...]:
    """ "Is closed" denies "open"."""
    if found.force is not Force.DENIED:
        return words
    said = text[part.start + found.start : part.start + found.end].lower()
    return tuple(dict.fromkeys(affirmative(word) if word in said else word for word in words))


def _ended(text: str, part: Clause, found: Stance) -> bool:
    """What stopped in the past does not happen now."""
    return found.force is Force.DENIED and text[part.start + found.start : part.start + found.end].lower() in {
        "stopped",
        "ceased",
    }


def _conditions(reading: Reading, part: Clause) -> list[Span]:
    """Those that are not parted from the clause by more than a comma."""
    conditions = [p for p in reading.parts if p.condition and not p.exception and not p.reason]
    between = (reading.text[min(p.end, part.end) : max(p.start, part.start)] for p in conditions)
    return [Span(p.start, p.end) for p, gap in zip(conditions, between, strict=True) if not _PARTED.search(gap)]


def _measures(reading: Reading, part: Clause, found: Stance) -> tuple[Quantity, ...]:
    inside = (q for q in reading.found if q.dimension in _NARROWING and part.start <= q.start < part.end)
    return tuple(q for q in inside if found.force in _COSTS or q.dimension is not Dimension.TIME or q.relation not in _LASTING)


def _owner(clause: str) -> str:
    if _THEIRS.search(clause):
        return "theirs"
    return "ours" if _OURS.search(clause) else ""


def _when(clause: str) -> frozenset[str]:
    return frozenset(
        name
        for name, pattern in (("before", _BEFORE), ("after", _AFTER), ("under", _UNDER), ("over", _OVER))
        if pattern.search(clause)
    )


def body_of(reading: Reading, part: Clause, found: Stance) -> Span:
    """A clause without the words at its end that say when it holds."""
    when = tail(reading.text, part)
    return Span(part.start, when.start if when and when.start > part.start + found.end else part.end)
