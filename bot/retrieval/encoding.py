"""Texts in, in the order of the index, their directions by some encoder out; texts are let go batch by batch."""

import numpy as np

from bot.retrieval.meaning import Encoder
from bot.retrieval.senses import Directions, directions

BATCH = 512


class Encoding:
    """Growing rows of directions."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._waiting: list[str] = []
        self._parts: list[Directions] = []

    def add(self, text: str) -> None:
        self._waiting.append(text)
        if len(self._waiting) == BATCH:
            self._encode()

    def finished(self) -> Directions:
        self._encode()
        codes = np.concatenate([part.codes for part in self._parts])
        return Directions(codes, np.concatenate([part.norms for part in self._parts]))

    def _encode(self) -> None:
        shape = len(self._waiting), self._encoder.dimensions  # of no text as well
        self._parts.append(directions(self._encoder.encode(self._waiting).reshape(shape)))
        self._waiting = []
