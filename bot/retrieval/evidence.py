"""What speaks for each candidate: a question's tables and opened passages in, a number from 0 to 1 a signal out."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import impact
from bot.retrieval.ragged import Ragged
from bot.retrieval.shelf import Opened
from bot.retrieval.wanted import Floats, Marks, Wanted, marks

IN_HEADING = 0.7  # what a word counts for a sentence when only the heading above it has it


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a question has use for in some opened passages. `sentences` has marks by sentence, `around` and `above` by passage;
    `closest` says how well each sentence fills each slot by itself, `headings` how well what stands above each passage does."""

    wanted: Wanted
    opened: Opened
    sentences: Marks
    around: Marks
    above: Marks
    closest: Floats
    headings: Floats

    @cached_property
    def bodies(self) -> Ragged:
        """The uses of the sentences' marks, in rows of passages."""
        return Ragged(self.sentences.uses, self.sentences.starts[self.opened.starts])


def look(opened: Opened, wanted: Wanted, stem_of: NDArray[np.int32]) -> Evidence:
    sentences, around, above = (marks(part, wanted, stem_of) for part in (opened.words, opened.around, opened.above))
    closest, headings = (part.rows.maxima(wanted.closeness[part.uses]) for part in (sentences, around))
    return Evidence(wanted, opened, sentences, around, above, closest, headings)


def counts(evidence: Evidence) -> Floats:
    """float32[passages, slots]: how often each passage has what is meant by each slot; its own heading counts twice."""
    rows, slots = len(evidence.opened), len(evidence.wanted)
    found = np.zeros(rows * slots)
    for part in (evidence.bodies, evidence.around.rows, evidence.above.rows):
        meant = evidence.wanted.meant[part.values]
        met = np.flatnonzero(meant)
        keys = part.owners[met] * slots + meant[met] - 1
        found += np.bincount(keys, evidence.wanted.factor[part.values[met]], minlength=rows * slots)
    return found.astype(np.float32).reshape(rows, slots)


def bm25(counts: Floats, sizes: NDArray[np.int32], mean_size: float, wanted: Wanted) -> Floats:
    """The share of the highest score that any passage could have."""
    saturated = impact(counts.astype(np.float64), sizes.astype(np.float64)[:, None], mean_size)
    return share(saturated.astype(np.float32), wanted.weights)


def coverage(counts: Floats, wanted: Wanted) -> Floats:
    """The weighted share of the content words that are met."""
    return share(np.minimum(counts, 1), wanted.weights * wanted.content)


def pairs(evidence: Evidence) -> Floats:
    """The weighted share of the question's neighbouring words that also stand side by side in the passage."""
    rows, slots = len(evidence.opened), len(evidence.wanted)
    found = np.zeros(rows * slots)
    for part, at in ((evidence.bodies, evidence.sentences.at), (evidence.around.rows, evidence.around.at)):
        meant, owners = evidence.wanted.meant[part.values].astype(np.int64), part.owners
        follows = (meant[:-1] > 0) & (meant[1:] == meant[:-1] + 1) & (at[1:] == at[:-1] + 1) & (owners[1:] == owners[:-1])
        beside = np.flatnonzero(follows)
        found += np.bincount(owners[beside] * slots + meant[beside] - 1, minlength=rows * slots)
    weights = evidence.wanted.weights + np.append(evidence.wanted.weights[1:], np.float32(0))
    weights[-1:] = 0
    return share(np.minimum(found.reshape(rows, slots), 1).astype(np.float32), weights)


def soft(evidence: Evidence) -> Floats:
    """How well the passage's closest words fill the question's slots, each slot weighted by its emphasis."""
    bodies = Ragged(evidence.closest, evidence.opened.starts).maxima()
    return share(np.maximum(bodies, evidence.headings), evidence.wanted.emphasis)


def sentence_soft(evidence: Evidence) -> Floats:
    """For each sentence: how well its closest words fill the slots, each weighted by its rarity; its heading helps."""
    owners = np.repeat(np.arange(len(evidence.opened)), np.diff(evidence.opened.starts))
    filled = np.maximum(evidence.closest, np.float32(IN_HEADING) * evidence.headings[owners])
    return share(filled, evidence.wanted.weights)


def likeness(opened: Opened, like: Floats, norms: Floats) -> Floats:
    """Cosine of the question with each passage by runs of letters; `like` has a value a word, `norms` the passages' lengths."""
    total = opened.bodies.sums(like[opened.words.values]) + opened.around.sums(like[opened.around.values])
    found: Floats = total / np.maximum(norms, np.float32(1e-6))
    return found


def share(values: Floats, weights: Floats) -> Floats:
    """The weighted mean of the columns; 0 where there is no weight.

    Summed column by column, so that every machine adds the same numbers in the same order.
    """
    whole = float(weights.sum())
    found = np.zeros(len(values), dtype=np.float32)
    for column, weight in enumerate(weights.tolist()):
        found += values[:, column] * np.float32(weight)
    return found / np.float32(whole) if whole > 0 else found
