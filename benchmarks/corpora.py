"""Real public passages in, a corpus of any size out: passages of resampled sentences under resampled headings, seeded."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.retrieval import Entry

SEED = 20_261_120
SENTENCES = (2, 5)  # a passage has so many, at least and at most
SHORTEST, LONGEST = 20, 400  # characters of a sentence that is taken
AT_ONCE = 10_000


def corpus(sources: Sequence[Entry], size: int, seed: int = SEED) -> Iterator[Entry]:
    """`size` passages, one after another; the same for the same sources, size and seed."""
    rng = np.random.default_rng(seed)
    sentences = sorted({s for entry in sources for s in entry.sentences if SHORTEST <= len(s) <= LONGEST})
    headings = sorted({entry.heading for entry in sources})
    for start in range(0, size, AT_ONCE):
        count = min(AT_ONCE, size - start)
        lengths = rng.integers(SENTENCES[0], SENTENCES[1] + 1, count).tolist()
        picked = iter(rng.integers(0, len(sentences), sum(lengths)).tolist())
        titles = rng.integers(0, len(headings), count).tolist()
        for length, title in zip(lengths, titles, strict=True):
            chosen = tuple(sentences[next(picked)] for _ in range(length))
            yield Entry(" ".join(chosen), headings[title], chosen, headings[title])
