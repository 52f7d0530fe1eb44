"""Two claims go in; how far one of them is of a narrower thing by a word before a noun of both comes out.

"Departure by 11" and "late departure until 2", "lunch" and "Sunday lunch": the word before the noun says which one is meant.
"""

from bot.claims import Claim
from bot.claims.wording import stem
from bot.consistency.likeness import Likeness

LEAST = 0.6  # what any such word counts: "late" and "second" are everyday words


def narrower(a: Claim, b: Claim, likeness: Likeness) -> float:
    """The greatest weight, from LEAST on, of a word that stands before a noun that both claims have, and that the other one
    lacks; 0 where there is none."""
    return max(_narrower(a, b, likeness), _narrower(b, a, likeness))


def _narrower(claim: Claim, other: Claim, likeness: Likeness) -> float:
    scope = other.scope
    said = {stem(word) for word in (*scope.subject, *scope.near)}
    around = {stem(word) for word in (*scope.condition, *scope.context, *scope.rest, *scope.heading)} | said
    return max(
        (
            max(LEAST, likeness.weight(before))
            for before, word in claim.scope.compounds
            if stem(word) in said and stem(before) not in around and not likeness.found(before, (*scope.subject, *scope.near))
        ),
        default=0.0,
    )
