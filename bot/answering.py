"""Searches and their ranked candidates go in; an Answer with its outcome, quotes and confidence comes out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Answer, Choice, Citation, Outcome, Reason
from bot.candidates import Candidate, Search
from bot.confidence import confidence, signals
from bot.phrases import Phrases
from bot.questions import EVIDENT, AnswerKind, evidence
from bot.quoting import citation, distinct
from knowledge.documents import Document, SentenceKind
from knowledge.text import words

SHOWN = 3  # quotes of an answer at most
NEAREST = 3
CLOSE = 0.75  # a further quote is shown from this share of the best one's score on
CLARIFY_WITHIN = 0.06  # sibling lines whose scores differ by less than this are different readings
LONGEST_LABEL = 60  # characters
MOST_CHOICES = 6
CONFLICT_DEPTH = 12  # candidates among which a disagreement is looked for
CONFLICT_QUOTES = 5
CONFLICT_CLOSE = 0.6  # what contradicts the best one has at least this share of its score

Clash = Callable[[Candidate, Candidate], bool]  # do two sentences state incompatible things?


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted by `benchmarks/fit_answering.py`. `operating_point` is the least confidence that is answered."""

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    operating_point: float


@dataclass(frozen=True, slots=True)
class Manner:
    """How to answer: the visitor's language, the templates, the weights, what counts as a conflict."""

    lang: str
    phrases: Phrases
    weights: Weights
    operating_point: float
    clash: Clash
    preferred: tuple[str, ...] = ()

    def say(self, name: str, **parts: str) -> str:
        return self.phrases.say(name, self.lang, **parts)


def compose(searches: Sequence[Search], ranked: Sequence[Candidate], manner: Manner, query: str) -> Answer:
    """The answer of the best candidates, or the refusal that their confidence calls for."""
    focus = searches[0]
    if not ranked:
        return refuse(searches, (), manner, query, Reason.WEAK_MATCH, 0.0)
    sure = confidence(signals(searches, ranked), manner.weights.confidence)
    if sure < manner.operating_point:
        return refuse(searches, ranked, manner, query, _reason(focus, ranked[0]), sure)
    if choices := readings(focus, ranked):
        return _clarify(focus, choices, manner, query, sure)
    if sides := disagreeing(ranked, manner):
        return _answered(focus, sides, manner, query, sure, Outcome.CONFLICT)
    outcome = Outcome.ADVICE if focus.question.advice else Outcome.ANSWERED
    return _answered(focus, _shown(ranked), manner, query, sure, outcome)


def _shown(ranked: Sequence[Candidate]) -> list[Citation]:
    groups = distinct(ranked, SHOWN)
    close = [group for group in groups if group[0].score >= CLOSE * groups[0][0].score]
    return [_cited(group, n) for n, group in enumerate(close, 1)]


def _cited(group: tuple[Candidate, list[Candidate]], number: int, side: int | None = None) -> Citation:
    best, others = group
    return citation(best, number, side, [citation(other, number) for other in others])


def _answered(focus: Search, cited: Sequence[Citation], manner: Manner, query: str, sure: float, outcome: Outcome) -> Answer:
    note = {Outcome.CONFLICT: "conflict", Outcome.ADVICE: "advice"}.get(outcome)
    return Answer(
        outcome=outcome,
        text=" ".join(c.quote for c in cited),
        note=manner.say(note) if note else "",
        confidence=sure,
        citations=tuple(cited),
        corrections=focus.query.corrections,
        unknown=focus.query.unknown,
        query=query,
    )


def refuse(
    searches: Sequence[Search], ranked: Sequence[Candidate], manner: Manner, query: str, reason: Reason, sure: float
) -> Answer:
    """No answer, with the nearest quotes as "you may mean"."""
    focus = searches[0]
    unknown = ", ".join(focus.query.unknown)
    note = {
        Reason.UNKNOWN_WORDS: "no_answer_unknown",
        Reason.NO_SUCH_KIND: "no_answer_kind",
        Reason.OTHER_LANGUAGE: "other_language",
        Reason.NOTHING_MORE: "nothing_more",
    }.get(reason, "no_answer")
    return Answer(
        outcome=Outcome.NO_ANSWER,
        note=manner.say(note, words=unknown),
        reason=reason,
        confidence=sure,
        nearest=tuple(_cited(group, n) for n, group in enumerate(distinct(ranked, NEAREST), 1)),
        corrections=focus.query.corrections,
        unknown=focus.query.unknown,
        query=query,
    )


def _reason(focus: Search, best: Candidate) -> Reason:
    if focus.query.unknown:
        return Reason.UNKNOWN_WORDS
    if focus.question.evident and not focus.question.evident & _held(best):
        return Reason.NO_SUCH_KIND
    return Reason.WEAK_MATCH


def _held(candidate: Candidate) -> frozenset[AnswerKind]:
    return evidence(candidate.text)


def readings(focus: Search, ranked: Sequence[Candidate]) -> list[tuple[str, Candidate]]:
    """Sibling lines or rows that answer equally well, each with the label that tells them apart.

    "How much is it?" over a price list is two or more different questions; "how much is the second?" is one.
    """
    best = ranked[0]
    if best.sentence.kind not in (SentenceKind.LINE, SentenceKind.TABLE_ROW) or not focus.question.kinds & EVIDENT:
        return []
    siblings = [c for c in ranked if c.section == best.section and c.sentence.kind is best.sentence.kind]
    close = [c for c in siblings if best.score - c.score <= CLARIFY_WITHIN * abs(best.score)]
    labelled = {label(c): c for c in sorted(close, key=lambda c: (c.position, c.number))}
    asked = set(words(focus.query.text))
    told_apart = [set(words(name)) for name in labelled if name]
    common = set.intersection(*told_apart) if told_apart else set()
    if len(labelled) < 2 or len(told_apart) < len(labelled) or any(asked & (own - common) for own in told_apart):
        return []
    return list(labelled.items())


def label(candidate: Candidate) -> str:
    """What a price line or a table row begins with: "SECOND CLASS" of "SECOND CLASS: $75.00"."""
    head = _LABEL.match(candidate.text)
    return head[0].strip(" :–-\t") if head and len(head[0]) <= LONGEST_LABEL else ""


_LABEL = re.compile(r"[^\d:$£€¥\n]+")


def _clarify(focus: Search, choices: Sequence[tuple[str, Candidate]], manner: Manner, query: str, sure: float) -> Answer:
    return Answer(
        outcome=Outcome.CLARIFY,
        note=manner.say("clarify"),
        reason=Reason.AMBIGUOUS,
        confidence=sure,
        choices=tuple(Choice(name, f"{query.rstrip(' ?')} – {name}?") for name, _ in choices[:MOST_CHOICES]),
        corrections=focus.query.corrections,
        unknown=focus.query.unknown,
        query=query,
    )


def disagreeing(ranked: Sequence[Candidate], manner: Manner) -> list[Citation]:
    """The sides of a conflict about what is asked, the preferred and then the newest document first; else nothing."""
    groups = distinct(ranked[:CONFLICT_DEPTH], CONFLICT_QUOTES)
    best = groups[0][0]
    against = [g for g in groups[1:] if g[0].score >= CONFLICT_CLOSE * best.score and manner.clash(best, g[0])]
    if not against:
        return []
    sides = [groups[0], *against[: SHOWN - 1]]
    sides.sort(key=lambda group: _standing(group[0].document, manner))
    return [_cited(group, n, side=n) for n, group in enumerate(sides, 1)]


def _standing(document: Document, manner: Manner) -> tuple[int, tuple[int, ...]]:
    """Preferred documents first, then the newest; a stable sort keeps the best first among equals."""
    rank = manner.preferred.index(document.name) if document.name in manner.preferred else len(manner.preferred)
    return rank, tuple(-int(part) for part in (document.date or "0000-00-00").split("T")[0].split("-"))
