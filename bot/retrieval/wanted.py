"""A question's slots as tables over the documents' stems: slots in, for each stem how well it fills each slot out."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    stems: NDArray[np.int64]
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
    uses: dict[int, int] = {}
    for slot in slots:
        for term in (*slot.terms, *slot.related):
            uses.setdefault(term.stem, len(uses) + 1)
    meant, factor = np.zeros(len(uses) + 1, dtype=np.uint8), np.zeros(len(uses) + 1, dtype=np.float32)
    closeness = np.zeros((len(uses) + 1, len(slots)), dtype=np.float32)
    for number, slot in enumerate(slots):
        for term in slot.terms:
            use = uses[term.stem]
            if term.factor > factor[use]:
                meant[use], factor[use] = number + 1, term.factor
        for term in (*slot.terms, *slot.related):
            closeness[uses[term.stem], number] = max(closeness[uses[term.stem], number], term.factor)
    use_of = np.zeros(stems, dtype=np.uint16)
    use_of[list(uses)] = np.arange(1, len(uses) + 1)
    weights = np.array([slot.weight for slot in slots], dtype=np.float32)
    emphasis = np.array([slot.emphasis for slot in slots], dtype=np.float32)
    content = np.array([slot.content for slot in slots], dtype=np.bool_)
    return Wanted(use_of, np.array([0, *uses]), meant, factor, closeness, weights, emphasis, content)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The places of some texts at which a word stands that a question has use for: `at` is its place in the flat array,
    `uses` its use, and row `i` of the texts has the marks `starts[i]:starts[i + 1]`."""

    at: NDArray[np.int64]
    uses: NDArray[np.int64]
    starts: NDArray[np.int64]

    @property
    def rows(self) -> Ragged:
        """The uses, in rows of texts."""
        return Ragged(self.uses, self.starts)


def marks(texts: Ragged, wanted: Wanted, stem_of: NDArray[np.int32]) -> Marks:
    """`texts` holds word numbers; `stem_of` gives each word's stem."""
    uses = wanted.use_of[stem_of[texts.values]]
    at = np.flatnonzero(uses)
    return Marks(at, uses[at].astype(np.int64), np.searchsorted(at, texts.starts))
