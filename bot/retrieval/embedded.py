"""The built-in retriever: entries in, an index folder out; an index folder in, ranked hits out. On one machine."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot import resources
from bot.retrieval import Entry, Hit, Query
from bot.retrieval.candidates import candidates
from bot.retrieval.evidence import bm25, by_stem, coverage, filled, likeness, pairs, wanted
from bot.retrieval.grams import grams_of, read_grams
from bot.retrieval.index import IndexFiles, write_arrays, write_json, written_whole
from bot.retrieval.intake import Intake, finish_lexicon, number_stems, post
from bot.retrieval.lexicon import Lexicon, read_lexicon
from bot.retrieval.postings import read_postings
from bot.retrieval.ranking import SIGNALS, fuse, weights_from_json
from bot.retrieval.shelf import read_shelf
from bot.retrieval.slots import Slot, Synonyms, slots_of
from bot.retrieval.spelling import Speller
from bot.retrieval.terms import terms
from bot.retrieval.understanding import Understanding
from knowledge.text import stems as stems_of

REPORT_EACH = 1_000  # passages between two calls of `progress`


def build(  # noqa: PLR0913 - the options of a publication
    entries: Iterable[Entry],
    folder: Path,
    *,
    release: str,
    total: int | None = None,
    lang: str = "en",
    synonyms: tuple[tuple[str, ...], ...] = (),
    progress: Callable[[int], None] | None = None,
) -> None:
    """Writes the index of `entries`, numbered from 0, to `folder`, which is there whole or not at all.

    `progress` is called with the number of entries taken in so far, and at last with their count (or `total`).
    """
    intake = Intake()
    for count, entry in enumerate(entries, 1):
        intake.add(entry)
        if progress and count % REPORT_EACH == 0:
            progress(count)
    shelf, stem_of = intake.shelf(), number_stems(intake.words, lang)
    postings = post(shelf, stem_of)
    lexicon = finish_lexicon(intake.words, stem_of, postings, lang, len(shelf))
    grams = grams_of(lexicon.words, lexicon.passages_with[stem_of], len(shelf))
    groups = [[stems_of(terms(phrase), lang) for phrase in group] for group in synonyms]
    with written_whole(folder) as draft:
        write_arrays(draft, {**lexicon.arrays(), **shelf.arrays(), **postings.arrays(), **grams.arrays()})
        write_arrays(draft, {"passages.runs": grams.lengths(shelf)})
        write_json(draft, "words", lexicon.words)
        write_json(draft, "grams", grams.texts)
        write_json(draft, "index", {"release": release, "lang": lang, "passages": len(shelf), "synonyms": groups})
    if progress:
        progress(len(shelf) if total is None else total)


def open_retriever(folder: Path, *, verify: bool = True) -> "EmbeddedRetriever":
    """Raises IndexCorrupt, naming the file, where the folder is not what `build` wrote."""
    files = IndexFiles(folder, verify=verify)
    about = files.json("index")
    return EmbeddedRetriever(
        files, about["release"], read_lexicon(files, about["lang"], about["passages"]), Synonyms(about["synonyms"])
    )


class EmbeddedRetriever:
    """A `Retriever` over one index folder. It holds no lock and changes nothing, so threads share it."""

    def __init__(self, files: IndexFiles, release: str, lexicon: Lexicon, synonyms: Synonyms) -> None:
        self._release = release
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._shelf = read_shelf(files)
        self._postings = read_postings(files)
        self._grams = read_grams(files, len(lexicon.words))
        self._run_lengths = files.array("passages.runs")
        self._mean_size = float(self._shelf.sizes.mean()) if len(self._shelf) else 0.0
        speller = Speller(lexicon.words, (), lexicon.holders)
        self._understanding = Understanding(lexicon, self._shelf, self._postings, speller, frozenset())
        self._weights = weights_from_json(json.loads((resources.SHIPPED / "ranking.json").read_text()))

    @property
    def release(self) -> str:
        return self._release

    def understand(self, text: str) -> Query:
        return self._understanding.query(text)

    def search(self, query: str | Query, k: int) -> list[Hit]:
        asked = self.understand(query) if isinstance(query, str) else query
        slots = self._slots(asked)
        worth = [(term.stem, term.factor * slot.weight) for slot in slots for term in slot.terms]
        positions = candidates(self._postings, worth, len(self._shelf))
        if not len(positions):
            return []
        signals = self._signals(asked, slots, positions)
        scores = fuse(signals, self._weights)
        order = np.lexsort((positions, -scores))[:k]
        return self._hits(slots, [i for i in order.tolist() if scores[i] > 0], positions, scores, signals)

    def explain(self, query: str | Query, positions: Sequence[int]) -> list[Hit]:
        asked = self.understand(query) if isinstance(query, str) else query
        slots = self._slots(asked)
        chosen = np.array(positions, dtype=np.int64)
        signals = self._signals(asked, slots, chosen)
        scores = fuse(signals, self._weights)
        return self._hits(slots, list(range(len(chosen))), chosen, scores, signals)

    def _slots(self, query: Query) -> list[Slot]:
        guesses = {c.used: self._understanding.read(c.typed).guesses for c in query.corrections}
        return slots_of(query, self._lexicon, self._synonyms, guesses)

    def _signals(self, query: Query, slots: list[Slot], positions: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
        opened = self._shelf.open(positions)
        table = wanted(slots, len(self._lexicon.passages_with))
        parts = [by_stem(part, self._lexicon.stem_of) for part in (opened.bodies, opened.around, opened.above)]
        counts = filled(parts, table)
        like = self._grams.likeness(query.words)
        found = {
            "bm25": bm25(counts, self._shelf.sizes[positions], self._mean_size, table),
            "pairs": pairs(parts, table),
            "coverage": coverage(counts, table),
            "chars": likeness(opened, like, self._run_lengths[positions]),
        }
        nothing = np.zeros(len(positions), dtype=np.float32)
        return {name: np.clip(found.get(name, nothing), 0, 1) for name in SIGNALS}

    def _hits(
        self,
        slots: list[Slot],
        chosen: list[int],
        positions: NDArray[np.int64],
        scores: NDArray[np.float64],
        signals: dict[str, NDArray[np.float32]],
    ) -> list[Hit]:
        opened = self._shelf.open(positions[chosen])
        table = wanted(slots, len(self._lexicon.passages_with))
        overlap = coverage(filled([by_stem(opened.words, self._lexicon.stem_of)], table), table)
        return [
            Hit(
                position=int(positions[i]),
                score=float(scores[i]),
                coverage=round(float(signals["coverage"][i]), 6),
                sentences=tuple(np.round(overlap[opened.starts[n] : opened.starts[n + 1]].astype(float), 6).tolist()),
                signals=tuple((name, round(float(signals[name][i]), 6)) for name in SIGNALS),
            )
            for n, i in enumerate(chosen)
        ]
