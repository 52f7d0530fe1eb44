"""What speaks for each candidate: slots and opened passages in, one number from 0 to 1 for each signal and passage out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import impact
from bot.retrieval.ragged import Ragged
from bot.retrieval.shelf import Opened
from bot.retrieval.slots import Slot

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The slots of a question laid out as tables: for each stem the slot that it fills (from 1; 0 for none) and how well."""

    slot_of: NDArray[np.uint8]
    factor_of: Floats
    weights: Floats
    content: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.weights)


def wanted(slots: Sequence[Slot], stems: int) -> Wanted:
    slot_of = np.zeros(stems, dtype=np.uint8)
    factor_of = np.zeros(stems, dtype=np.float32)
    for number, slot in enumerate(slots, 1):
        for term in slot.terms:
            if term.factor > factor_of[term.stem]:
                slot_of[term.stem], factor_of[term.stem] = number, term.factor
    weights = np.array([slot.weight for slot in slots], dtype=np.float32)
    return Wanted(slot_of, factor_of, weights, np.array([slot.content for slot in slots], dtype=np.bool_))


def filled(parts: Sequence[Ragged], wanted: Wanted) -> Floats:
    """float32[rows, slots]: how often each row meets each slot, summed over `parts`; their values are stem numbers."""
    shape = (len(parts[0]), len(wanted))
    found = np.zeros(shape[0] * shape[1])
    for part in parts:
        slots = wanted.slot_of[part.values]
        met = np.flatnonzero(slots)
        keys = part.owners[met] * shape[1] + slots[met] - 1
        found += np.bincount(keys, wanted.factor_of[part.values[met]], minlength=shape[0] * shape[1])
    return found.astype(np.float32).reshape(shape)


def bm25(counts: Floats, sizes: NDArray[np.int32], mean_size: float, wanted: Wanted) -> Floats:
    """The share of the highest score that any passage could have."""
    saturated = impact(counts.astype(np.float64), sizes.astype(np.float64)[:, None], mean_size)
    return _share(saturated.astype(np.float32), wanted.weights)


def coverage(counts: Floats, wanted: Wanted) -> Floats:
    """The weighted share of the content words that are met."""
    return _share(np.minimum(counts, 1), wanted.weights * wanted.content)


def pairs(parts: Sequence[Ragged], wanted: Wanted) -> Floats:
    """The weighted share of the question's neighbouring words that also stand side by side in the passage."""
    rows, count = len(parts[0]), len(wanted)
    found = np.zeros(rows * count)
    for part in parts:
        slots, owners = wanted.slot_of[part.values], part.owners
        beside = np.flatnonzero((slots[:-1] > 0) & (slots[1:] == slots[:-1] + 1) & (owners[1:] == owners[:-1]))
        found += np.bincount(owners[beside] * count + slots[beside] - 1, minlength=rows * count)
    weights = wanted.weights + np.append(wanted.weights[1:], 0)
    weights[-1:] = 0
    return _share(np.minimum(found.reshape(rows, count), 1).astype(np.float32), weights)


def likeness(opened: Opened, like: Floats, norms: Floats) -> Floats:
    """Cosine of the question with each passage by runs of letters; `like` has a value a word, `norms` the passages' lengths."""
    total = opened.bodies.sums(like[opened.words.values]) + opened.around.sums(like[opened.around.values])
    found: Floats = total / np.maximum(norms, np.float32(1e-6))
    return found


def _share(values: Floats, weights: Floats) -> Floats:
    whole = float(weights.sum())
    # Summed word by word, in the question's order, so that every machine adds the same numbers in the same order.
    found = np.zeros(len(values), dtype=np.float32)
    for column, weight in enumerate(weights.tolist()):
        found += values[:, column] * np.float32(weight)
    return found / np.float32(whole) if whole > 0 else found


def by_stem(part: Ragged, stem_of: NDArray[np.int32]) -> Ragged:
    """The same rows with each word's number replaced by its stem's."""
    return Ragged(stem_of[part.values], part.starts)
