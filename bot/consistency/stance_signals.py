"""Pairs of opposed or like claims go in; the signals by which both speak of one thing, or each of its own, come out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.claims import Claim
from bot.claims.forces import Force
from bot.claims.modality import Opposition, opposed
from bot.consistency import propositions
from bot.consistency.exceptions import excepted
from bot.consistency.labels import other_thing
from bot.consistency.likeness import Likeness
from bot.consistency.meanings import Meanings
from bot.consistency.pairing import Pairs
from bot.consistency.places import other_place
from bot.consistency.stance_parts import PARTS, parts
from bot.consistency.statements import Statement
from knowledge.documents import SentenceKind

BY_STATEMENT = (
    *("shared words", "said", "across whole", "across"),  # words in common; cosines (`Meanings`)
    *("exception", "label", "row", "denial measured", "other measured", "one document", "place"),
)
BY_FORCE = (*(f"denial {force}" for force in Force), *(f"other {force}" for force in Force), "modality", "opposed")
SIGNALS = (*PARTS, *BY_STATEMENT, *BY_FORCE)
DIGITS = 4  # that are looked at: the last ones differ between machines
Floats = NDArray[np.float64]


def stance_signals(pairs: Pairs, statements: Sequence[Statement], likeness: Likeness, meanings: Meanings) -> Floats:
    """[pairs, SIGNALS]; the same whichever claim of a pair is the first."""
    cosines = meanings.between(*pairs.statements())
    said = [(statements[one.statement], one.claim) for one in pairs.placed]
    rows = [
        _signals(*_in_order(said[i], said[j]), likeness, (float(shared), *map(float, cosine)))
        for i, j, shared, cosine in zip(pairs.first, pairs.second, pairs.shared, cosines, strict=True)
    ]
    return np.round(np.array(rows, dtype=np.float64).reshape(len(rows), len(SIGNALS)), DIGITS)


_Said = tuple[Statement, Claim]


def _in_order(one: _Said, other: _Said) -> tuple[_Said, _Said]:
    first, _ = propositions.in_order(one[1], other[1])
    return (one, other) if first is one[1] else (other, one)


def _signals(denial: _Said, other: _Said, likeness: Likeness, near: tuple[float, ...]) -> tuple[float, ...]:
    (first, a), (second, b) = denial, other
    return (
        *parts(a, b, likeness),
        *near,
        float(excepted(first, a, second, b, likeness)),
        float(other_thing(first, a, second, b, likeness)),
        float(SentenceKind.TABLE_ROW in {first.sentence.kind, second.sentence.kind}),
        *(float(any(claim.quantity for claim in side.claims)) for side in (first, second)),
        float(first.document.name == second.document.name),
        float(other_place(a, b, likeness)),
        *_forces(a, b),
    )


def _forces(a: Claim, b: Claim) -> tuple[float, ...]:
    if a.stance is None or b.stance is None:
        raise ValueError("a claim without a stance")
    marks = (float(claim.stance is not None and claim.stance.force is force) for claim in (a, b) for force in Force)
    opposition = opposed(a.stance, b.stance)
    return (*marks, float(opposition is Opposition.MODALITY), float(opposition is not None))
