"""A clause goes in; the word of its predicate that denies by itself comes out: "is closed", "are unfit", "costs extra"."""

import re
from types import MappingProxyType

from knowledge.documents import Span

_STATE = r"(?:is|are|was|were|be|been|stays?|remains?|becomes?|it['’]s|they['’]re)"
_ADVERB = r"(?:(?:also|now|still|currently|usually|\w+ly)\s+)?"
# What is not so, and what would be so if it were not for the word.
_AFFIRMATIVE = MappingProxyType(
    {
        word: affirmed
        for affirmed, words in (
            ("open", "closed shut"),
            ("included", "excluded extra"),
            ("accept", "refuse refuses reject rejects decline declines"),
            ("accepted", "refused rejected declined"),
        )
        for word in words.split()
    }
)
_UN = (
    r"(?:un(?!der|til|less|i[^n]|ion)\w{5,}|in(?:accessible|eligible|complete|valid|compatible|admissible|active)"
    r"|non[\s-]?\w{5,})"
)
_DENYING = re.compile(
    rf"\b{_STATE}\s+{_ADVERB}(?P<state>closed|shut|excluded|refused|rejected|declined|{_UN})\b|^\W*(?P<first>closed|shut)\b"
    r"|(?<!the\s)(?<!a\s)(?<!in\s)(?<!of\s)\b(?P<verb>refuses?|rejects?|declines?)\b|\bcosts?\s+(?P<extra>extra)\b"
    r"|\b(?P<over>stopped|ceased?|no\s+longer|discontinued|abolished|withdrawn|out\s+of\s+(?:use|order|service|action|bounds))\b"
    r"(?!\s+than)",
    re.IGNORECASE,
)


def denying(clause: str) -> Span | None:
    """Where the word stands; the words "closed" and "no longer" deny, "an unopened bag" does not."""
    found = _DENYING.search(clause)
    return (
        Span(*next(found.span(name) for name in ("state", "first", "verb", "extra", "over") if found[name])) if found else None
    )


def affirmative(word: str) -> str:
    """The word that is denied: "open" of "closed", "suitable" of "unsuitable"; itself of any other."""
    known = _AFFIRMATIVE.get(word)
    if known:
        return known
    found = re.fullmatch(_UN, word)
    return re.sub(r"^(?:un|in|non-?)", "", word) if found else word
