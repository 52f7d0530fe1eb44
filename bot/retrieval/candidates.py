"""Which passages are worth a closer look: stems in, the positions of the most promising passages out."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import Postings

MOST = 256  # passages that are looked at closely
FEWEST = 48  # ... however long they are
WORDS = 10_000  # ... of so many words together
WHOLE = 24_000  # postings that are read from the rarest stems on, until they are used up
PREFIX = 2_000  # of each stem after that, only so many, those of the highest impact


def candidates(postings: Postings, worth: Iterable[tuple[int, float]], sizes: NDArray[np.int32]) -> NDArray[np.int64]:
    """At most `MOST` positions in rising order. `worth` are stems and what meeting each counts; `sizes` are the passages'.

    The cost follows the matching postings. All passages are taken where they are few.
    """
    if len(sizes) <= MOST and int(sizes.sum()) <= WORDS:
        return np.arange(len(sizes))
    scores = np.zeros(len(sizes), dtype=np.float32)  # pages that no posting touches are never mapped
    met = []
    left = WHOLE
    for stem, count in sorted(worth, key=lambda term: (postings.holders(term[0]), term)):
        held, impacts = postings.of(stem, max(left, PREFIX))
        scores[held] += impacts * np.float32(count)
        met.append(held)
        left -= len(held)
    return _best(scores, np.concatenate(met), sizes) if met else np.zeros(0, dtype=np.int64)


def _best(scores: NDArray[np.float32], met: NDArray[np.int32], sizes: NDArray[np.int32]) -> NDArray[np.int64]:
    """The best of `met`, which may name a passage several times; ties by position."""
    found = _distinct(scores, met)
    order = found[np.lexsort((found, -scores[found]))][:MOST]
    affordable = int(np.searchsorted(np.cumsum(sizes[order]), WORDS))
    return np.sort(order[: max(FEWEST, affordable)]).astype(np.int64)


def _distinct(scores: NDArray[np.float32], met: NDArray[np.int32]) -> NDArray[np.int32]:
    """The passages of `met`, each once; of many only the best, at least `MOST` of them."""
    reached = scores[met]
    kept = 8 * MOST
    while kept < len(met):
        least = np.partition(reached, len(met) - kept)[len(met) - kept]
        found = np.unique(met[reached >= least])
        if len(found) >= MOST:
            return found
        kept *= 4
    return np.unique(met)
