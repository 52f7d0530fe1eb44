"""Two claims with their statements go in; whether one is about what the other one excepts comes out.

"No pets, except cats" says nothing against "Cats are welcome".
"""

import re

from bot.claims import Claim
from bot.claims.wording import content_words, stem
from bot.consistency.likeness import Likeness
from bot.consistency.statements import Statement

_EXCEPT = re.compile(
    r"\b(?:except(?:\s+(?:for|that|if|when|by))?|excepting|with\s+the\s+exception\s+of|excluding|apart\s+from|other\s+than|unless"
    r"|but\s+not)\b([^.;:]*)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\W*(?:which|who|that)\b", re.IGNORECASE)
EXCEPTED = 0.6  # the share of an exception's own words from which on a claim that has them is about what is excepted
# The share of a claim's words from which on it is about all that a rule is about that names nothing but what is done: "You need
# not book, except on Sundays" is of any visit, "a guide has to be booked" of a guide.
ABOUT_THE_RULE = 0.5


def excepted(first: Statement, a: Claim, second: Statement, b: Claim, likeness: Likeness) -> bool:
    """Whether either claim is of a rule to which the other one is the exception."""
    return _excepts(first, a, b, likeness) or _excepts(second, b, a, likeness)


def _excepts(statement: Statement, rule: Claim, other: Claim, likeness: Likeness) -> bool:
    found = _EXCEPT.search(statement.text)
    if found is None or rule.start - statement.sentence.start >= found.start():
        return False
    general = content_words(statement.text[: found.start()])
    known = {stem(word) for word in general}
    narrower = [word for word in content_words(found[1]) if stem(word) not in known]
    said = (*other.scope.subject, *other.scope.near, *other.scope.condition)
    if narrower and likeness.share(narrower, said) >= EXCEPTED:
        return True
    return rule.stance is not None and len(known) == 1 and likeness.share(_about(other), general) < ABOUT_THE_RULE


def _about(claim: Claim) -> tuple[str, ...]:
    """What a relative clause is about stands before it."""
    return (*claim.scope.near, *claim.scope.rest) if _RELATIVE.match(claim.value) else claim.scope.near
