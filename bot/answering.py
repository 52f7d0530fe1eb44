"""Searches and their ranked candidates go in; an Answer with its outcome, quotes and confidence comes out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.advice import apart, cautions, names_nobody_else
from bot.answers import Answer, Choice, Citation, Outcome, Reason
from bot.candidates import Candidate, Search
from bot.confidence import confidence, unmet
from bot.finding import Found, names_something
from bot.manner import Manner
from bot.questions import EVIDENT, gives_a_reason
from bot.quoting import Quote, distinct
from bot.refusal import as_typed, is_foreign, reason, refuse, why_not
from knowledge.documents import Document, SentenceKind
from knowledge.text import words

SHOWN = 3  # quotes of an answer at most
# How far the scores of two candidates may lie apart. The scores are fitted so that the chance of being right is in proportion
# to exp(score): at a distance of 1 the second is right about a third as often as the first.
SHOWN_WITHIN = 2.0  # a further quote is shown beside the best one
ANY_DISTANCE = float("inf")
CLARIFY_WITHIN = 0.4  # sibling lines are different readings, each so near to the one before
MORE_WITHIN = 3.0  # something is worth telling after the answer
CONFLICT_WITHIN = 7.0  # what contradicts the best one may be worded far from the question
LONGEST_LABEL = 60  # characters
MOST_CHOICES = 6
CONFLICT_QUOTES = 10  # quotes among which a disagreement is looked for


def compose(found: Found, manner: Manner) -> Answer:
    """The answer of the best candidates, or the refusal that the question itself or their confidence calls for."""
    if found.focus.question.advice and not is_foreign(found, manner):
        return _advised(found, manner)
    sure = confidence(found.searches, found.ranked, manner.vectors, manner.weights)
    if why := why_not(found, manner):
        return refuse(found, manner, why, _refused(sure, manner))
    if sure < manner.operating_point:
        return refuse(found, manner, reason(found, manner), sure)
    within = CLARIFY_WITHIN if names_something(found.searches) else ANY_DISTANCE
    if choices := readings(found.focus, found.ranked, within):
        return _clarify(found, choices, manner, sure)
    quotes = distinct(found.ranked, CONFLICT_QUOTES)
    if sides := disagreeing(found, quotes, manner):
        return _answered(found, sides, manner, sure, Outcome.CONFLICT)
    return _answered(found, _numbered(_close(quotes)), manner, sure, Outcome.ANSWERED)


def _refused(sure: float, manner: Manner) -> float:
    """The confidence of what is refused for another reason than its confidence."""
    return sure if sure < manner.operating_point else manner.operating_point / 2


def _advised(found: Found, manner: Manner) -> Answer:
    """No verdict: what the documents say to the question and of who should not, the latter first where no more is asked."""
    why = why_not(found, manner)
    sure = confidence(found.searches, found.ranked, manner.vectors, manner.weights)
    known = why is None and sure >= manner.operating_point
    general = names_nobody_else(found)
    warnings = cautions(found, manner) if known or general or why in (None, Reason.WEAK_MATCH) else []
    best = _close(distinct(found.ranked, SHOWN)) if known and not general else []
    if not best and not warnings:
        refused = refuse(found, manner, why or reason(found, manner), _refused(sure, manner))
        return replace(refused, note=manner.say("advice_none"))
    first, then = (warnings, best) if found.focus.question.suitability else (best, warnings)
    quotes = [*first, *apart(first, then)][:SHOWN]
    return _answered(found, _numbered(quotes), manner, sure if known else manner.operating_point, Outcome.ADVICE)


def continued(found: Found, earlier: Answer, manner: Manner, told: frozenset[str] = frozenset()) -> Answer:
    """More than `earlier` said: what is left of its sections and what comes close, or that there is no more. `told` are ids of
    passages that need no second telling."""
    shown = [c for cited in earlier.citations for c in (cited, *cited.also)]
    left = [c for c in found.ranked if c.passage.id not in told and not any(_shows(cited, c) for cited in shown)]
    sections = {c.section for c in found.ranked if any(_shows(cited, c) for cited in shown)}
    least = found.ranked[0].score - MORE_WITHIN if found.ranked else 0.0
    more = [c for c in left if c.section in sections] or [c for c in left if c.score >= least]
    if earlier.outcome not in (Outcome.ANSWERED, Outcome.CONFLICT, Outcome.ADVICE) or not more:
        return refuse(found, manner, Reason.NOTHING_MORE, earlier.confidence or 0.0)
    answer = _answered(found, _numbered(distinct(more, SHOWN)), manner, earlier.confidence or 0.0, Outcome.ANSWERED)
    return replace(answer, note=manner.say("more"))


def confirm(earlier: Answer, manner: Manner) -> Answer:
    """The same quotes once more, as the words of the document."""
    return replace(earlier, note=manner.say("confirm")) if earlier.outcome is Outcome.ANSWERED else earlier


def explained(found: Found, earlier: Answer, manner: Manner) -> Answer:
    """Why an answer is so: the quotes of it that give a reason, else what near it gives one, or that there is no more."""
    if not earlier.citations:
        return earlier
    given = [c for c in earlier.citations if gives_a_reason(c.quote)]
    if given:
        kept = tuple(replace(c, number=n, side=None) for n, c in enumerate(given, 1))
        text, note = " ".join(c.quote for c in kept), manner.say("confirm")
        return replace(earlier, outcome=Outcome.ANSWERED, text=text, note=note, citations=kept)
    sections = {c.section for c in found.ranked if any(_shows(cited, c) for cited in earlier.citations)}
    near = [c for c in found.ranked if c.section in sections and gives_a_reason(c.text)]
    if not near:
        return refuse(found, manner, Reason.NOTHING_MORE, _refused(earlier.confidence or 0.0, manner))
    return _answered(found, _numbered(distinct(near, SHOWN)), manner, earlier.confidence or 0.0, Outcome.ANSWERED)


def picked(earlier: Answer, pick: int) -> Answer:
    """One of the quotes of an earlier answer, counted from 0; the last one where there are not so many."""
    if not earlier.citations:
        return earlier
    chosen = earlier.citations[pick if pick < len(earlier.citations) else -1]
    return replace(
        earlier, text=chosen.quote, citations=(replace(chosen, number=1, side=None),), outcome=Outcome.ANSWERED, note=""
    )


def _shows(cited: Citation, candidate: Candidate) -> bool:
    sentence = candidate.sentence
    return cited.document.id == candidate.document.id and sentence.start < cited.end and cited.start < sentence.end


def _close(quotes: Sequence[Quote]) -> list[Quote]:
    """Those to show beside the first."""
    best = quotes[0].best
    return [quote for quote in quotes[:SHOWN] if best.score - quote.best.score <= SHOWN_WITHIN]


def _numbered(quotes: Sequence[Quote]) -> list[Citation]:
    return [quote.cited(number) for number, quote in enumerate(quotes, 1)]


def _answered(found: Found, cited: Sequence[Citation], manner: Manner, sure: float, outcome: Outcome) -> Answer:
    note = {Outcome.CONFLICT: "conflict", Outcome.ADVICE: "advice"}.get(outcome)
    query, told = found.focus.query, " ".join(f"{c.heading or ''} {c.quote}" for c in cited)
    strange = unmet(query, told, cited[0].document.lang, manner.vectors)
    corrections, unknown = as_typed(query)[0], as_typed(replace(query, unknown=strange))[1]
    return Answer(
        outcome=outcome,
        text=" ".join(c.quote for c in cited),
        note=manner.say(note) if note else "",
        confidence=sure,
        citations=tuple(cited),
        corrections=corrections,
        unknown=unknown,
        query=found.query,
    )


def readings(focus: Search, ranked: Sequence[Candidate], within: float = CLARIFY_WITHIN) -> list[tuple[str, Candidate]]:
    """Sibling lines or rows that answer equally well, each with the label that tells them apart; `within` says how far the
    scores of two neighbours may lie apart.

    "How much is it?" over a price list is two or more different questions; "how much is the second?" is one.
    """
    best = ranked[0]
    if best.sentence.kind not in (SentenceKind.LINE, SentenceKind.TABLE_ROW) or not focus.question.kinds & EVIDENT:
        return []
    siblings = [c for c in ranked if c.section == best.section and c.sentence.kind is best.sentence.kind]
    far = next((n for n, (one, other) in enumerate(pairwise(siblings), 1) if one.score - other.score > within), None)
    close = siblings[:far]
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


def _clarify(found: Found, choices: Sequence[tuple[str, Candidate]], manner: Manner, sure: float) -> Answer:
    corrections, unknown = as_typed(found.focus.query)
    return Answer(
        outcome=Outcome.CLARIFY,
        note=manner.say("clarify"),
        reason=Reason.AMBIGUOUS,
        confidence=sure,
        choices=tuple(Choice(name, f"{found.query.rstrip(' ?')} – {name}?") for name, _ in choices[:MOST_CHOICES]),
        corrections=corrections,
        unknown=unknown,
        query=found.query,
    )


def disagreeing(found: Found, quotes: Sequence[Quote], manner: Manner) -> list[Citation]:
    """The sides of a conflict about what is asked, the preferred and then the newest document first; else nothing."""
    best, *others = quotes
    if not manner.disagreement.concerns(found.focus.question, best):
        return []
    near = [quote for quote in others if best.best.score - quote.best.score <= CONFLICT_WITHIN]
    rivals = manner.disagreement.rivals(manner.finder, best.best)
    against: list[Quote] = []
    for quote in (*near, *rivals):
        fresh = not any(other.overlaps(quote) or other.says(quote.best.traits) for other in against)
        if fresh and len(against) < SHOWN - 1 and manner.disagreement.between(found.focus.question, best, quote):
            against.append(quote)
    if not against:
        return []
    sides = sorted([best, *against], key=lambda quote: _standing(quote.best.document, manner))
    return [quote.cited(number, side=number) for number, quote in enumerate(sides, 1)]


def _standing(document: Document, manner: Manner) -> tuple[int, tuple[int, int, int]]:
    """Preferred documents first, then the newest; a stable sort keeps the best first among equals."""
    rank = manner.preferred.index(document.name) if document.name in manner.preferred else len(manner.preferred)
    year, month, day = (*(document.date or "0").split("T")[0].split("-"), "0", "0")[:3]
    return rank, (-int(year), -int(month), -int(day))
