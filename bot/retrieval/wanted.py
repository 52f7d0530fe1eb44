"""A question's slots as tables over the documents' stems: slots in, for each stem how well it fills each slot out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.ragged import Ragged
from bot.retrieval.slots import Slot

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The stems that a question has use for are numbered from 1 in `use_of` (0: no use).

    For use `u`, `meant[u]` is the slot (from 1) whose word it is, 0 if it is only related to one; `factor[u]` is what meeting
    it counts there; `closeness[u]` is how well it fills each slot, by any means, from 0 to 1.
    """

    use_of: NDArray[np.uint16]
    meant: NDArray[np.uint8]
    factor: Floats
    closeness: Floats
    weights: Floats
    emphasis: Floats
    content: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.weights)


def wanted(slots: Sequence[Slot], stems: int) -> Wanted:
    """`stems` is how many the lexicon has."""
    meant_stems = np.array([term.stem for slot in slots for term in slot.terms], dtype=np.int64)
    found = np.unique(np.concatenate([meant_stems, *(slot.related.stems.astype(np.int64) for slot in slots)]))
    use_of = np.zeros(stems, dtype=np.uint16)
    use_of[found] = np.arange(1, len(found) + 1)
    meant, factor = np.zeros(len(found) + 1, dtype=np.uint8), np.zeros(len(found) + 1, dtype=np.float32)
    closeness = np.zeros((len(found) + 1, len(slots)), dtype=np.float32)
    for number, slot in enumerate(slots):
        closeness[use_of[slot.related.stems], number] = slot.related.closeness
        for term in slot.terms:
            use = use_of[term.stem]
            closeness[use, number] = max(closeness[use, number], term.factor)
            if term.factor > factor[use]:
                meant[use], factor[use] = number + 1, term.factor
    weights = np.array([slot.weight for slot in slots], dtype=np.float32)
    emphasis = np.array([slot.emphasis for slot in slots], dtype=np.float32)
    content = np.array([slot.content for slot in slots], dtype=np.bool_)
    return Wanted(use_of, meant, factor, closeness, weights, emphasis, content)


@dataclass(frozen=True, eq=False)
class Marks:
    """The places of some texts at which a word stands that a question has use for: `at` is its place in the flat array,
    `uses` its use, and row `i` of the texts has the marks `starts[i]:starts[i + 1]`."""

    at: NDArray[np.int64]
    uses: NDArray[np.int64]
    starts: NDArray[np.int64]

    @cached_property
    def rows(self) -> Ragged:
        """The uses, in rows of texts."""
        return Ragged(self.uses, self.starts)


def marks(texts: Ragged, wanted: Wanted, stem_of: NDArray[np.int32]) -> Marks:
    """`texts` holds word numbers; `stem_of` gives each word's stem."""
    uses = wanted.use_of[stem_of[texts.values]]
    at = np.flatnonzero(uses)
    return Marks(at, uses[at].astype(np.int64), np.searchsorted(at, texts.starts))
