"""A text of the staff's own goes in; of each of its sentences comes out whether the documents say it, deny it or neither."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.claims import Claim
from bot.claims.measures import Bound, Quantity, comparable, disagree
from bot.claims.modality import Force
from bot.claims.units import Dimension
from bot.claims.wording import content_words, words_in
from bot.consistency.clashes import ConflictKind, Statement, clash, statement
from bot.consistency.likeness import Likeness
from knowledge.documents import Document, Passage, Span
from knowledge.passages import split

SUPPORTED_FROM = 0.62  # the share of a sentence's words, by weight, that a passage has to say
CONTEXT = 0.8  # what a word counts that only a heading says
NEAR_BY = 0.9  # what a word counts that another sentence of the passage says
DENIED_FROM, DENIED_IN_PART = 0.5, 0.35  # the share of what is said that a forbidding sentence forbids
_SAYS_WHAT_MAY_BE = frozenset({Force.ALLOWED, Force.REQUIRED, Force.FORBIDDEN})
MOST_QUOTES = 3
_NO = re.compile(r"\W*no\b(?!\s+\w)", re.IGNORECASE)

Search = Callable[[str], Iterable[tuple[Document, Passage]]]  # a sentence -> the passages nearest to it, best first


class Verdict(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that says so; `kind` is how it contradicts, None where it supports. `score` is between 0 and 1."""

    document: str
    quote: str
    start: int
    end: int
    score: float
    kind: ConflictKind | None = None


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """`text[start:end]` of what was checked; `evidence` is best first. Where the documents disagree it holds both sides."""

    sentence: str
    start: int
    end: int
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()


def check_text(text: str, search: Search, likeness: Likeness) -> list[CheckedSentence]:
    """Every sentence that states something, in order; greetings, questions and headings are passed over."""
    document = Document("", text, "")
    found: list[CheckedSentence] = []
    for passage in split(document):
        for sentence in passage.sentences:
            said = statement(document, passage, sentence)
            if said.claims:
                found.append(_checked(said, search, likeness))
    return found


def _checked(said: Statement, search: Search, likeness: Likeness) -> CheckedSentence:
    against: list[Evidence] = []
    supporting: list[Evidence] = []
    for document, passage in search(said.text):
        others = [statement(document, passage, sentence) for sentence in passage.sentences]
        against += [found for other in others if (found := _contradiction(said, other, likeness))]
        best = max(others, key=lambda other: _share(said, other, likeness), default=None)
        score = _support(said, best, others, likeness) if best else 0.0
        supporting += [_evidence(best, score)] if best and score >= SUPPORTED_FROM else []
    return _decided(said, sorted(supporting, key=_weight), sorted(against, key=_weight))


def _contradiction(said: Statement, other: Statement, likeness: Likeness) -> Evidence | None:
    """A clash; or a denial of nearly all that is said, whatever else it denies."""
    met = clash(said, other, likeness)
    if met is not None:
        return _evidence(other, met.likeness, met.kind)
    score = max((_share_of(a, b, likeness) for a, b in _opposed_claims(said, other)), default=0.0)
    return _evidence(other, score, ConflictKind.POLARITY) if score >= DENIED_FROM else None


def _opposed_claims(said: Statement, other: Statement) -> Iterator[tuple[Claim, Claim]]:
    """The claims of what is said with those that a forbidding or allowing sentence sets against them."""
    for a in said.claims:
        for b in other.claims:
            forces = {claim.stance.force for claim in (a, b) if claim.stance}
            if len(forces) == 2 and Force.FORBIDDEN in forces and forces <= _SAYS_WHAT_MAY_BE:
                yield a, b


def _share_of(said: Claim, other: Claim, likeness: Likeness) -> float:
    """The share of what is said that the other claim is about; 0 where that one holds only under a condition of its own."""
    if likeness.share(other.scope.condition, (*said.scope.near, *said.scope.condition)) < SUPPORTED_FROM:
        return 0.0
    if likeness.share(said.scope.near, other.scope.near) < DENIED_IN_PART:
        return 0.0
    return likeness.share(said.scope.near, (*other.scope.near, *other.scope.context))


def _weight(evidence: Evidence) -> tuple[float, str, int]:
    return -evidence.score, evidence.document, evidence.start


def _decided(said: Statement, supporting: list[Evidence], against: list[Evidence]) -> CheckedSentence:
    """What one document says word by word and another one denies is supported, with both shown."""
    start, end = said.sentence.start, said.sentence.end
    if supporting and (not against or supporting[0].score >= against[0].score):
        shown = (*supporting[:MOST_QUOTES], *against[:MOST_QUOTES])
        return CheckedSentence(said.text, start, end, Verdict.SUPPORTED, shown)
    if against:
        return CheckedSentence(said.text, start, end, Verdict.CONTRADICTED, (*against[:MOST_QUOTES], *supporting[:MOST_QUOTES]))
    return CheckedSentence(said.text, start, end, Verdict.NOT_FOUND)


def _evidence(other: Statement, score: float, kind: ConflictKind | None = None) -> Evidence:
    sentence = other.sentence
    return Evidence(other.document.name, other.text, sentence.start, sentence.end, round(score, 3), kind)


def _share(said: Statement, other: Statement, likeness: Likeness) -> float:
    return likeness.share(_words(said), content_words(other.text))


def _support(said: Statement, best: Statement, others: Sequence[Statement], likeness: Likeness) -> float:
    """The share of what is said that `best`, its neighbours and its headings say; 0 where a figure or a negation differs."""
    if not all(any(_agrees(quantity, other) for other in others) for quantity in _quantities(said)):
        return 0.0
    if any(_share_of(a, b, likeness) >= DENIED_IN_PART for a, b in _opposed_claims(said, best)):
        return 0.0
    own, near, context = content_words(best.text), _near(others), _context(best)
    met = whole = 0.0
    for word in _words(said):
        weight = likeness.weight(word)
        found = likeness.found(word, own), NEAR_BY * likeness.found(word, near), CONTEXT * likeness.found(word, context)
        met += weight * max(found)
        whole += weight
    return met / whole if whole else 0.0


def _words(said: Statement) -> tuple[str, ...]:
    """What is said besides figures, which are held against figures."""
    counts = (Dimension.COUNT, Dimension.FREQUENCY)
    apart = [Span(found.start, found.end) for found in _quantities(said) if found.dimension not in counts]
    return words_in(said.text, Span(0, len(said.text)), apart)


def _near(others: Sequence[Statement]) -> list[str]:
    return [word for other in others for word in content_words(other.text)]


def _context(best: Statement) -> list[str]:
    """The words of the headings, none where the question above is answered with "No"."""
    document, passage = best.document, best.passage
    above = [passage.heading, *passage.context] if passage.heading else [*passage.context]
    if _NO.match(passage.of(document.text)):
        return []
    return [word for span in above for word in content_words(span.of(document.text))]


def _quantities(said: Statement) -> list[Quantity]:
    return [claim.quantity for claim in said.claims if claim.quantity]


def _agrees(quantity: Quantity, other: Statement) -> bool:
    """Whether the other sentence has the same value; one below a limit is not what is said of the limit."""
    return any(comparable(quantity, known) and _same(quantity, known) for known in _quantities(other))


def _same(quantity: Quantity, known: Quantity) -> bool:
    if quantity.dimension is Dimension.WEEKDAYS:
        return quantity.closed == known.closed and quantity.members <= known.members
    if disagree(quantity, known):
        return False
    return quantity.bound is known.bound or not disagree(
        replace(quantity, bound=Bound.EXACT), replace(known, bound=Bound.EXACT)
    )
