"""A question for a personal judgement goes in; what the documents say of who should not and whom to ask comes out."""

import re
from collections.abc import Sequence

from bot.candidates import Candidate
from bot.confidence import confidence
from bot.finding import Found, telling
from bot.manner import Manner
from bot.quoting import Quote, distinct
from knowledge.text import normalise

MOST = 2  # cautions beside an answer
LOOKED_AT = 60  # sentences
ASKED = "who should not, not suitable, avoid, consult first, ask before"  # the words that cautions are made of

# Of these, what turns people away or sends them to somebody.
_WHO_NOT = re.compile(
    r"""\b(?:not|n['’]t)\b.{0,40}
        \b(?:suitable|eligible|recommended|advised|treat|admit|candidates?|perform|for\ (?:people|anyone))\b
    | \b(?:unsuitable|consult(?:ed|ation)?)\b | \bask\ your\b | \bif\ you\ have\b.{0,60}\b(?:not|avoid|wait|first|before)\b""",
    re.VERBOSE,
)
_JUDGED = frozenset({"suitable", "right", "candidate", "good", "fit", "safe"})
_CAUTION = re.compile(
    r"""\b(?:should|must|may|can|do|does|are|is)(?:\ not|n['’]?t)\b.{0,60}
        \b(?:if|who|with|while|during|under|anyone|people|suitable|advised|recommended|eligible|treat|admit|accept|safe)\b
    | \b(?:cannot|unsuitable|not\ (?:suitable|recommended|advised|eligible|safe|for\ (?:people|anyone|everyone)))\b
    | \b(?:consult|check\ with|ask|speak\ (?:to|with)|talk\ to|tell|see)\ (?:us|your|a|an|the|our)\b.{0,40}
        \b(?:first|before|if|whether)\b
    | \bconsult(?:ed|ation)?\b | \b(?:at|more\ of\ a|higher)\ risk\b | \bavoid\ (?:if|it)\b""",
    re.VERBOSE,
)


def cautions(found: Found, manner: Manner) -> list[Quote]:
    """The at most MOST cautions nearest to the question, if they are sure enough; of whether a thing is for the visitor at all
    those that say who should not."""
    asked = f"{found.query} {ASKED}"
    near = manner.finder.find(asked, [(found.query, 0.5), (asked, 0.5)])
    warning = [candidate for candidate in near.ranked[:LOOKED_AT] if is_caution(candidate)]
    if names_nobody_else(found):
        return distinct([candidate for candidate in warning if _matches(_WHO_NOT, candidate)], MOST)
    if not warning or confidence(near.searches[:1], warning, manner.vectors, manner.weights) < manner.operating_point:
        return []
    return distinct(warning, MOST)


def names_nobody_else(found: Found) -> bool:
    """Whether it asks if a thing is for the visitor at all ("am I suitable?") and names nothing besides."""
    return found.focus.question.suitability and not any(telling(search.query) - _JUDGED for search in found.searches)


def is_caution(candidate: Candidate) -> bool:
    """Whether a sentence, or the lead-in of its list, says who should not or whom to ask first."""
    return _matches(_CAUTION, candidate)


def _matches(pattern: re.Pattern[str], candidate: Candidate) -> bool:
    lead = candidate.sentence.lead
    texts = [candidate.text, *([lead.of(candidate.document.text)] if lead else [])]
    return any(pattern.search(normalise(text)) for text in texts)


def apart(quotes: Sequence[Quote], others: Sequence[Quote]) -> list[Quote]:
    """Those of `others` that show nothing that `quotes` show."""
    return [other for other in others if not any(other.overlaps(quote) or other.says(quote.best.traits) for quote in quotes)]
