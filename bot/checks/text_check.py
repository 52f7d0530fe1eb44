"""A text of the staff's own goes in; of each of its sentences comes out whether the documents say it, deny it or neither."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.checks.agreement import agreement
from bot.checks.alignment import Known, Said, alignment, coverage
from bot.consistency.clashes import ConflictKind
from bot.consistency.likeness import Likeness
from bot.consistency.statements import statement
from knowledge.documents import Document, Passage
from knowledge.passages import split

# How surely a sentence has to speak of the same to support what is said, and to contradict it: that takes a clash besides.
SUPPORTING_FROM, CONTRADICTING_FROM = 0.2, 0.1
LEAST_COVERED, COVERED_TO_CONTRADICT = 0.2, 0.45  # of what is said
NEARLY_THE_SUREST = 0.1  # what contradicts may be this much less sure than the sentence that surely speaks of the same
IN_DOUBT_FOR = 0.05  # what supports may be this much less sure than what contradicts
MOST_QUOTES = 3
_COURTESY = re.compile(
    r"^\W*(?:thanks?\b|thank\s+you|dear\b|hello\b|hi\b|good\s+(?:morning|afternoon|evening|day)\b|(?:kind|best|warm)\s+(?:regards|wishes)"
    r"|yours\s+(?:sincerely|faithfully|truly)|sincerely\b|welcome\s*[!.]|(?:we\s+)?(?:hope|look\s+forward|apologi[sz]e)\b"
    r"|(?:we\s+are\s+|i\s+am\s+)?(?:very\s+)?sorry\b|please\s+(?:do\s+not\s+hesitate|let\s+(?:us|me)\s+know))",
    re.IGNORECASE,
)

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
    """Every sentence that states something, in order; greetings, thanks, questions and headings are passed over."""
    return [_checked(said, search, likeness) for said in stated_in(text)]


def stated_in(text: str) -> Iterator[Said]:
    document = Document("", text, "")
    for passage in split(document):
        for sentence in passage.sentences:
            said = statement(document, passage, sentence)
            if said.claims and not _COURTESY.match(said.text):
                yield Said(said)


def known_of(said: Said, search: Search) -> Iterator[Known]:
    """Every sentence of the passages that are nearest to what is said."""
    for rank, (document, passage) in enumerate(search(said.statement.text)):
        around = tuple(statement(document, passage, sentence) for sentence in passage.sentences)
        for one in around:
            yield Known(one, around, rank)


def _checked(said: Said, search: Search, likeness: Likeness) -> CheckedSentence:
    against: list[Evidence] = []
    supporting: list[Evidence] = []
    scored = [(alignment(said, known, likeness), known) for known in known_of(said, search)]
    surest = max((score for score, _ in scored), default=0.0)
    for score, known in scored:
        covered = coverage(said, known, likeness)
        if score < CONTRADICTING_FROM or covered < LEAST_COVERED:
            continue
        found = agreement(said, known, likeness)
        if found.against is not None and covered >= COVERED_TO_CONTRADICT and score >= surest - NEARLY_THE_SUREST:
            against.append(_evidence(known, score, found.against))
        elif found.supports and score >= SUPPORTING_FROM:
            supporting.append(_evidence(known, score))
    return _decided(said, sorted(supporting, key=_weight), sorted(against, key=_weight))


def _evidence(known: Known, score: float, kind: ConflictKind | None = None) -> Evidence:
    one = known.statement
    return Evidence(one.document.name, one.text, one.sentence.start, one.sentence.end, round(score, 3), kind)


def _weight(evidence: Evidence) -> tuple[float, str, int]:
    return -evidence.score, evidence.document, evidence.start


def _decided(said: Said, supporting: list[Evidence], against: list[Evidence]) -> CheckedSentence:
    """What one document says word by word and another one denies is supported, with both shown."""
    text, start, end = said.statement.text, said.statement.sentence.start, said.statement.sentence.end
    if supporting and (not against or supporting[0].score >= against[0].score - IN_DOUBT_FOR):
        shown = (*supporting[:MOST_QUOTES], *against[:MOST_QUOTES])
        return CheckedSentence(text, start, end, Verdict.SUPPORTED, shown)
    if against:
        return CheckedSentence(text, start, end, Verdict.CONTRADICTED, (*against[:MOST_QUOTES], *supporting[:MOST_QUOTES]))
    return CheckedSentence(text, start, end, Verdict.NOT_FOUND)
