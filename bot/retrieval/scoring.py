"""A question's slots and some positions go in, every signal of these passages and of their sentences comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.retrieval import Hit, Match, MatchKind, Query
from bot.retrieval.candidates import MOST
from bot.retrieval.closeness import closeness, nothing
from bot.retrieval.evidence import Evidence, bm25, counts, coverage, likeness, look, pairs, sentence_soft, soft
from bot.retrieval.grams import Grams
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.postings import Postings
from bot.retrieval.ragged import Ragged
from bot.retrieval.senses import Directions, Floats, Senses
from bot.retrieval.shelf import Opened, Shelf
from bot.retrieval.slots import Slot
from bot.retrieval.wanted import wanted


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """`signals` has a value a position, `sentences` one a sentence of the opened passages, each from 0 to 1."""

    positions: NDArray[np.int64]
    evidence: Evidence
    signals: Mapping[str, Floats]
    sentences: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Scoring:
    """All of an index that a passage's signals are read from. `runs` are the lengths of the passages' run vectors."""

    lexicon: Lexicon
    shelf: Shelf
    postings: Postings
    grams: Grams
    runs: Floats
    senses: Senses | None

    @cached_property
    def mean_size(self) -> float:
        return float(self.shelf.sizes.mean()) if len(self.shelf) else 0.0

    @cached_property
    def _everything(self) -> Opened:
        return self.shelf.open(np.arange(len(self.shelf)))

    def _open(self, positions: NDArray[np.int64]) -> Opened:
        """All passages of a small release are opened once."""
        whole = len(positions) == len(self.shelf) <= MOST and bool(np.all(positions[1:] > positions[:-1]))
        return self._everything if whole else self.shelf.open(positions)

    def score(self, query: Query, slots: Sequence[Slot], direction: Directions | None, positions: NDArray[np.int64]) -> Scored:
        opened = self._open(positions)
        table = wanted(slots, len(self.lexicon.passages_with))
        evidence = look(opened, table, self.lexicon.stem_of)
        near = nothing(opened)
        if self.senses and direction:
            near = closeness(direction, self.senses, self.shelf, positions, opened)
        held, sentences = counts(evidence), sentence_soft(evidence)
        signals = {
            "bm25": bm25(held, self.shelf.sizes[positions], self.mean_size, table),
            "pairs": pairs(evidence),
            "coverage": coverage(held, table),
            "chars": likeness(opened, self.grams.likeness(query.words), self.runs[positions]),
            "sentence_meaning": near.best,
            "passage_meaning": near.whole,
            "heading_meaning": near.headings,
            "soft": soft(evidence),
            "sentence_soft": Ragged(sentences, opened.starts).maxima(),
        }
        signals = {name: np.clip(values, 0, 1) for name, values in signals.items()}
        return Scored(positions, evidence, signals, {"meaning": near.sentences, "soft": sentences})


def explained(hits: Sequence[Hit], slots: Sequence[Slot], scored: Scored, lexicon: Lexicon) -> list[Hit]:
    """The same hits, each with the word of the passage that every slot met; `hits` are in the order of `scored`."""
    return [replace(hit, matches=tuple(_matches(place, slots, scored, lexicon))) for place, hit in enumerate(hits)]


def _matches(place: int, slots: Sequence[Slot], scored: Scored, lexicon: Lexicon) -> Sequence[Match]:
    opened, table = scored.evidence.opened, scored.evidence.wanted
    words = np.concatenate([part.row(place) for part in (opened.bodies, opened.around)]).astype(np.int64)
    if not len(words):
        return []
    filled = table.closeness[table.use_of[lexicon.stem_of[words]]]
    whole = float(filled.max(axis=0) @ table.weights) or 1.0
    found = []
    for number, slot in enumerate(slots):
        best = int(np.argmax(filled[:, number]))
        if filled[best, number] > 0:
            word = int(words[best])
            share = round(min(1.0, float(filled[best, number]) * slot.weight / whole), 6)
            found.append(Match(slot.word, _kind(slot, int(lexicon.stem_of[word])), lexicon.words[word], share))
    return found


def _kind(slot: Slot, stem: int) -> MatchKind:
    return next((term.kind for term in slot.terms if term.stem == stem), MatchKind.MEANING)
