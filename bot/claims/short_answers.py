"""A question and a sentence under it go in; what the sentence's first word answers comes out: "Can I pay by card?" "No." """

import re
from dataclasses import dataclass, replace

from bot.claims.forces import Force
from bot.claims.modality import Stance, stance
from knowledge.documents import Span

_POLAR = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:is|are|am|was|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|need)\b[^?]*\?\W*$",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^\W*(?:(?P<yes>yes|yep|certainly|of\s+course|always|absolutely|sure|go\s+ahead|by\s+all\s+means|please\s+do)|(?P<no>no|never|not\s+at\s+all|sorry,\s+no|unfortunately\s+not|"
    r"i['’]m\s+afraid\s+not|(?:it|they|you|we|that|he|she|there)\s+(?:(?:is|are|do|does|can|may|must|will|need)(?:\s+not|n['’]t)|cannot|can['’]t|won['’]t)))"
    r"\b(?=\W*$|\s*[,;:.!–—]|\s+and\b)"
    r"|^\W*(?P<so>(?:it|they|you|we|that|he|she|there)\s+(?:is|are|do|does|can|may|must|will))\b(?=\W*$|\s*[,;.!–—]|\s+and\b)",
    re.IGNORECASE,
)
_HAVE_TO = re.compile(
    r"\b(?:have|has|need|needs)\s+to\b|\bmust\b|^\W*need\b|\b(?:required|necessary|compulsory|mandatory|obligatory|needed)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"^\W*(?:can|could|may|might)\b|\b(?:allowed|permitted|possible|okay|ok)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """`said` is the answer's first word or two in the sentence; `stance` is what it does to what the question asks."""

    said: Span
    stance: Stance


def short_answer(question: str, sentence: str) -> ShortAnswer | None:
    """None where the question asks for more than yes or no, or the sentence begins with neither."""
    found = _ANSWER.match(sentence)
    if not found or not _POLAR.match(question):
        return None
    asked = _asked(question)
    force = _DENIAL[asked] if found["no"] else asked
    return ShortAnswer(Span(*found.span()), replace(stance(""), force=force, always="always" in found.group().lower()))


_DENIAL = {Force.REQUIRED: Force.OPTIONAL, Force.ALLOWED: Force.FORBIDDEN, Force.STATED: Force.DENIED}


def _asked(question: str) -> Force:
    if _HAVE_TO.search(question):
        return Force.REQUIRED
    return Force.ALLOWED if _MAY.search(question) else Force.STATED
