"""Two claims go in; whether each names a place, or a means, of its own comes out: dogs in the café, dogs in the garden."""

import re
from functools import lru_cache

from bot.claims import Claim
from bot.claims.dates import DAY_NAMES, MONTHS
from bot.claims.numerals import word_set
from bot.claims.units import TIME_WORDS
from bot.claims.wording import content_words
from bot.consistency.likeness import Likeness

_AT = re.compile(
    r"\b(?:in|on|at|into|onto|inside|outside|from|near|by|under|behind|through|with)\s+"
    r"(?:(?:the|an?|our|your|their|its|any|all|every|each|this|that|one)\s+)*(?P<place>[\w'’-]+(?:\s+[\w'’-]+)?)",
    re.IGNORECASE,
)
_NO_PLACE = word_set(
    "advance time times person writing general case cases way ways charge request order addition total full part fact use "
    "place return exchange future past moment morning afternoon evening night noon midnight end start beginning most least last"
)
_NO_PLACE |= DAY_NAMES | frozenset(MONTHS) | frozenset(TIME_WORDS)


def other_place(a: Claim, b: Claim, likeness: Likeness) -> bool:
    """Whether both name one, and neither of them speaks of the other's."""
    mine, theirs = _places(a.value), _places(b.value)
    return bool(mine and theirs) and not _speaks_of(a, theirs, likeness) and not _speaks_of(b, mine, likeness)


@lru_cache(maxsize=16384)
def _places(text: str) -> tuple[str, ...]:
    found = [word for match in _AT.finditer(text) for word in content_words(match["place"])]
    return tuple(word for word in dict.fromkeys(found) if word not in _NO_PLACE)


def _speaks_of(claim: Claim, places: tuple[str, ...], likeness: Likeness) -> bool:
    scope = claim.scope
    said = (*scope.near, *scope.condition, *scope.rest, *scope.context)
    return any(likeness.found(place, said) for place in places)
