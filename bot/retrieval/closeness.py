"""What meaning says of each candidate: a question's direction and opened passages in, cosines out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.ragged import Ragged
from bot.retrieval.senses import Directions, Floats, Senses
from bot.retrieval.shelf import Opened, Shelf


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """Cosines with the question, none below 0: of every sentence, and, a passage a row, of the closest of its headings, of its
    closest sentence and of its whole body."""

    sentences: Floats
    headings: Floats
    best: Floats
    whole: Floats


def closeness(question: Directions, senses: Senses, shelf: Shelf, positions: NDArray[np.int64], opened: Opened) -> Closeness:
    """`question` has one row."""
    sentences = np.maximum(senses.sentences.take(opened.rows).cosines(question)[:, 0], 0)
    around, above = _distinct(np.stack([shelf.around[positions], shelf.above[positions]]), senses.headings, question)
    headings = np.maximum(around, above)
    written = opened.bodies.lengths > 0
    added = Ragged(sentences * senses.lengths[opened.rows], opened.starts).sums()
    whole = added / np.maximum(senses.passages[positions], np.float32(1e-6))
    # A passage that is all heading is a question that was asked before: the heading is what it says.
    best = np.where(written, Ragged(sentences, opened.starts).maxima(), headings)
    return Closeness(sentences, headings, best, np.where(written, whole, headings))


def nothing(opened: Opened) -> Closeness:
    """Where no meaning is known: all zeros."""
    passages = np.zeros(len(opened), dtype=np.float32)
    return Closeness(np.zeros(len(opened.rows), dtype=np.float32), passages, passages, passages)


def _distinct(rows: NDArray[np.int32], headings: Directions, question: Directions) -> Floats:
    """Passages often share a heading: each is compared once."""
    found, places = np.unique(rows, return_inverse=True)
    cosines: Floats = np.maximum(headings.take(found.astype(np.int64)).cosines(question)[:, 0], 0)[places.reshape(rows.shape)]
    return cosines
