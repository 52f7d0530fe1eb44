"""Which passages are worth a closer look: slots in, the positions of the most promising passages out."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import Postings

MOST = 384  # passages that are looked at closely
WHOLE = 40_000  # postings that are read from the rarest stems on, until they are used up
PREFIX = 2_000  # of each stem after that, only so many, those of the highest impact


def candidates(postings: Postings, wanted: Iterable[tuple[int, float]], passages: int) -> NDArray[np.int64]:
    """At most `MOST` positions in rising order. `wanted` are stems and what meeting each is worth.

    The cost follows the matching postings. All passages are taken where there are no more than `MOST`.
    """
    if passages <= MOST:
        return np.arange(passages)
    scores = np.zeros(passages, dtype=np.float32)  # pages that no posting touches are never mapped
    met = []
    left = WHOLE
    for stem, worth in sorted(wanted, key=lambda term: (int(postings.starts[term[0] + 1] - postings.starts[term[0]]), term[0])):
        held, impacts = postings.of(stem, max(left, PREFIX))
        scores[held] += impacts * np.float32(worth)
        met.append(held)
        left -= len(held)
    return _best(scores, np.concatenate(met)) if met else np.zeros(0, dtype=np.int64)


def _best(scores: NDArray[np.float32], met: NDArray[np.int32]) -> NDArray[np.int64]:
    """The `MOST` best of `met`, which may name a passage more than once; ties by position."""
    reached = scores[met]
    least = np.float32(0)
    if len(met) > MOST:
        # Even if every passage is named by each stem, the least score of the best is not above this one.
        floor = max(0, len(met) - 1 - MOST * 4)
        least = np.partition(reached, floor)[floor]
    found = np.unique(met[reached >= least])
    if len(found) < MOST < len(met):
        found = np.unique(met)
    order = np.lexsort((found, -scores[found]))[:MOST]
    return np.sort(found[order]).astype(np.int64)
