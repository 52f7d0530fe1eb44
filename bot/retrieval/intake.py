"""Entries in, one after another; their words by number, the lexicon and the postings out. Texts are let go at once."""

from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.retrieval import Entry
from bot.retrieval.compounds import Compounds
from bot.retrieval.encoding import Encoding
from bot.retrieval.meaning import Encoder
from bot.retrieval.postings import Postings, impact, keys_of, order_postings
from bot.retrieval.ragged import Ragged, spread
from bot.retrieval.shelf import Shelf
from bot.retrieval.terms import terms
from knowledge.text import stems as stems_of

AT_ONCE = 50_000  # passages whose words are counted together: bounds the memory of a build


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
    """Takes entries in the order of their positions; then `shelf()` and `words` hold all of them.

    `public` says of each passage and `words_public` of each word, once the shelf is made, whether visitors may see it.
    """

    def __init__(self, encoder: Encoder | None = None) -> None:
        """With an `encoder`, `encoded` holds the directions of the sentences and of the headings."""
        self.encoded = (Encoding(encoder), Encoding(encoder)) if encoder else None
        self._numbers = _Numbers()
        self._sentences, self._headings = _Rows(), _Rows()
        self._heading_rows: dict[str, int] = {}
        self._first, self._around, self._above = array("q", [0]), array("i"), array("i")
        self._public = bytearray()
        self.words_public = np.zeros(0, dtype=np.bool_)
        self._heading("")

    def __len__(self) -> int:
        return len(self._around)

    def add(self, entry: Entry) -> None:
        for sentence in entry.sentences or (entry.body,):
            self._sentences.add(self._words(sentence))
            if self.encoded:
                self.encoded[0].add(sentence)
        self._first.append(len(self._sentences.starts) - 1)
        self._around.append(self._heading(entry.heading))
        self._above.append(self._heading(entry.nearest_heading))
        self._public.append(entry.public)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    def shelf(self) -> Shelf:
        """All that was taken in, once: the intake keeps none of it."""
        compounds = Compounds(self.words)
        texts = (self._sentences.finished(), self._headings.finished())
        first = np.frombuffer(self._first, dtype=np.int64)
        around, above = (np.frombuffer(rows, dtype=np.int32) for rows in (self._around, self._above))
        self.words_public = self._said_publicly(*texts)  # before any word is joined that only a hidden text writes as one
        sentences, headings = map(compounds.added, texts)
        self._sentences, self._headings = _Rows(), _Rows()
        sizes = np.diff(sentences.starts[first]) + headings.lengths[around] + headings.lengths[above]
        return Shelf(sentences, headings, first, around, above, sizes.astype(np.int32))

    @property
    def public(self) -> NDArray[np.bool_]:
        return np.frombuffer(bytes(self._public), dtype=np.bool_)

    def _said_publicly(self, sentences: Ragged, headings: Ragged) -> NDArray[np.bool_]:
        """bool[words]: what stands in the public passages and above them."""
        public = self.public
        said = np.full(len(self._numbers), bool(public.all()))
        if not said.all():
            first = np.frombuffer(self._first, dtype=np.int64)
            rows, _ = spread(first[:-1][public], first[1:][public])
            above = np.concatenate([np.frombuffer(kept, dtype=np.int32)[public] for kept in (self._around, self._above)])
            said[sentences.take(rows).values] = True
            said[headings.take(np.unique(above).astype(np.int64)).values] = True
        return said

    def _heading(self, text: str) -> int:
        row = self._heading_rows.get(text)
        if row is None:
            row = self._heading_rows[text] = len(self._heading_rows)
            self._headings.add(self._words(text))
            if self.encoded:
                self.encoded[1].add(text)
        return row

    def _words(self, text: str) -> list[int]:
        return list(map(self._numbers.__getitem__, terms(text)))


def number_stems(words: tuple[str, ...], lang: str) -> NDArray[np.int32]:
    """The stem of each word, numbered in the order of first use."""
    numbers = _Numbers()
    return np.fromiter(map(numbers.__getitem__, stems_of(words, lang)), dtype=np.int32, count=len(words))


def post(shelf: Shelf, stem_of: NDArray[np.int32]) -> Postings:
    """Counts every stem of every passage; the heading right above counts twice, as it is also in all that stands above."""
    return order_postings(_counted(shelf, stem_of), int(stem_of.max(initial=-1)) + 1)


def _counted(shelf: Shelf, stem_of: NDArray[np.int32]) -> Iterator[NDArray[np.int64]]:
    mean_size = float(shelf.sizes.mean()) if len(shelf) else 0.0
    for start in range(0, len(shelf), AT_ONCE):
        positions = np.arange(start, min(start + AT_ONCE, len(shelf)))
        opened = shelf.open(positions)
        parts = (opened.bodies, opened.around, opened.above)
        met = np.concatenate([(stem_of[part.values].astype(np.int64) << 32) | positions[part.owners] for part in parts])
        found, counts = np.unique(met, return_counts=True)
        passages = found & 0xFFFFFFFF
        sizes = shelf.sizes[passages].astype(np.float64)
        yield keys_of(found >> 32, passages, impact(counts.astype(np.float64), sizes, mean_size))
