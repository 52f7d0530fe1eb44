"""Statements go in; the directions of what they say, of what stands above them and of both come out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.consistency.likeness import Vocabulary
from bot.consistency.statements import Statement

Floats = NDArray[np.float32]
DIGITS = 4  # that are looked at: the last ones of a product differ between machines


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """float32[n statements, d], rows of unit length or of zeros: of the sentence, of its heading and lead-in, of all of it."""

    said: Floats
    above: Floats
    whole: Floats

    def between(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> Floats:
        """[pairs, 3]: the cosines of the sentences, of all that is known of both, and of the one's heading with the other."""
        across = np.maximum(_cosines(self.above, self.said, first, second), _cosines(self.above, self.said, second, first))
        alike = (_cosines(self.said, self.said, first, second), _cosines(self.whole, self.whole, first, second), across)
        return np.round(np.stack(alike, axis=1), DIGITS)


def meanings_of(statements: Sequence[Statement], vocabulary: Vocabulary) -> Meanings:
    said = [statement.text for statement in statements]
    above = [_above(statement) for statement in statements]
    whole = [f"{over} {sentence}" for over, sentence in zip(above, said, strict=True)]
    return Meanings(*(vocabulary.encode(texts) for texts in (said, above, whole)))


def _above(statement: Statement) -> str:
    text, heading, lead = statement.document.text, statement.passage.heading, statement.sentence.lead
    return " ".join(span.of(text) for span in (heading, lead) if span)


def _cosines(left: Floats, right: Floats, first: NDArray[np.int64], second: NDArray[np.int64]) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", left[first], right[second]))
