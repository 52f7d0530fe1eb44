"""How sure each of many pairs is at first sight goes in; how it stands among the others of its claims comes out.

What opposes a sentence of one document in another one is, most of the time, the sentence there that is most like it: a pair is
less likely where one of its claims has a better partner in the other one's document, or a partner that agrees.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.consistency.pairing import Pairs
from bot.consistency.statements import Statement

STANDING = ("worst rank", "best rank", "least lead", "greatest lead", "agreed", "both agreed", "sure")
MOST_RANK = 8.0
LEAST_CHANCE = 1e-6
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Rival:
    """A pair of the claim looked at: its number, the statement on its other side, and whether the two differ."""

    pair: int
    statement: int
    differs: bool


def standing(pairs: Pairs, statements: Sequence[Statement], chances: Floats, differs: NDArray[np.bool_]) -> Floats:
    """[pairs, STANDING]. `chances` [pairs] are probabilities."""
    rivals = _rivals(pairs, statements, differs)
    rows = np.empty((len(chances), len(STANDING)))
    documents = [statement.document.name for statement in statements]
    for pair, (first, second) in enumerate(zip(pairs.first, pairs.second, strict=True)):
        sides = [
            _side(pair, pairs.placed[other].statement, rivals[claim, documents[pairs.placed[other].statement]], chances)
            for claim, other in ((int(first), int(second)), (int(second), int(first)))
        ]
        ranks, leads, agreed = ([side[k] for side in sides] for k in range(3))
        sure = min(max(chances[pair], LEAST_CHANCE), 1 - LEAST_CHANCE)
        rows[pair] = max(ranks), min(ranks), min(leads), max(leads), max(agreed), min(agreed), np.log(sure / (1 - sure))
    return rows


def _rivals(pairs: Pairs, statements: Sequence[Statement], differs: NDArray[np.bool_]) -> dict[tuple[int, str], list[_Rival]]:
    """By claim and by the document of the other side."""
    found: dict[tuple[int, str], list[_Rival]] = defaultdict(list)
    for pair, (first, second) in enumerate(zip(pairs.first, pairs.second, strict=True)):
        for claim, other in ((int(first), int(second)), (int(second), int(first))):
            statement = pairs.placed[other].statement
            found[claim, statements[statement].document.name].append(_Rival(pair, statement, bool(differs[pair])))
    return found


def _side(pair: int, statement: int, rivals: Sequence[_Rival], chances: Floats) -> tuple[float, float, float]:
    """Of the pairs of one claim with other sentences of that document: how many are surer, by how much this one is surer than
    the surest of them, and how sure the surest is that agrees."""
    others = [chances[rival.pair] for rival in rivals if rival.statement != statement]
    agreed = (chances[rival.pair] for rival in rivals if rival.pair != pair and not rival.differs)
    better = sum(chance > chances[pair] for chance in others)
    return min(MOST_RANK, float(better)), chances[pair] - max(others, default=0.0), max(agreed, default=0.0)
