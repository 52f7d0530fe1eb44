"""Entries in, one after another; what was read of all of them out. Texts are let go at once."""

from array import array
from hashlib import blake2b

import numpy as np

from bot.retrieval import Entry
from bot.retrieval.analysis import Analysis
from bot.retrieval.encoding import Encoding
from bot.retrieval.meaning import Encoder
from bot.retrieval.ragged import Ragged
from bot.retrieval.terms import terms


class _Numbers(dict[str, int]):
    """Numbers words in the order of their first use."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class _Rows:
    """Growing rows of word numbers."""

    def __init__(self) -> None:
        self.values = array("i")
        self.starts = array("q", [0])

    def add(self, row: list[int]) -> None:
        self.values.extend(row)
        self.starts.append(len(self.values))

    def finished(self) -> Ragged:
        return Ragged(np.frombuffer(self.values, dtype=np.int32), np.frombuffer(self.starts, dtype=np.int64))


class Intake:
    """Reads entries in the order of their positions; then `finished()` holds all of them."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoded = (Encoding(encoder), Encoding(encoder)) if encoder else None
        self._numbers = _Numbers()
        self._sentences, self._headings = _Rows(), _Rows()
        self._heading_rows: dict[str, int] = {}
        self._first, self._around, self._above = array("q", [0]), array("i"), array("i")
        self._public = bytearray()
        self._heading("")

    def __len__(self) -> int:
        return len(self._around)

    def add(self, entry: Entry) -> None:
        for sentence in entry.sentences or (entry.body,):
            self._sentences.add(self._words(sentence))
            if self._encoded:
                self._encoded[0].add(sentence)
        self._first.append(len(self._sentences.starts) - 1)
        self._around.append(self._heading(entry.heading))
        self._above.append(self._heading(entry.nearest_heading))
        self._public.append(entry.public)

    def finished(self) -> Analysis:
        """All that was read. Nothing can be added afterwards."""
        return Analysis(
            tuple(self._numbers),
            self._sentences.finished(),
            self._headings.finished(),
            np.array([_key(heading) for heading in self._heading_rows], dtype=np.uint64),
            np.frombuffer(self._first, dtype=np.int64),
            np.frombuffer(self._around, dtype=np.int32),
            np.frombuffer(self._above, dtype=np.int32),
            np.frombuffer(bytes(self._public), dtype=np.bool_),
            self._encoded and (self._encoded[0].finished(), self._encoded[1].finished()),
        )

    def _heading(self, text: str) -> int:
        row = self._heading_rows.get(text)
        if row is None:
            row = self._heading_rows[text] = len(self._heading_rows)
            self._headings.add(self._words(text))
            if self._encoded:
                self._encoded[1].add(text)
        return row

    def _words(self, text: str) -> list[int]:
        return list(map(self._numbers.__getitem__, terms(text)))


def _key(heading: str) -> int:
    return int.from_bytes(blake2b(heading.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
