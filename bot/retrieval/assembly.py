"""Runs of passages out of several analyses in, the analysis of all of them out: by array work, without any text.

Words and headings are numbered in the order of their first use again, so that the outcome is what reading all the texts
anew would give, to the byte.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.analysis import Analysis
from bot.retrieval.ragged import Ragged
from bot.retrieval.senses import Directions

NEVER = np.iinfo(np.int64).max

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The passages `start` to `stop` of an analysis."""

    analysis: Analysis
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def after(self, other: "Run") -> list["Run"]:
        """The two as one run where this one goes on where the other ends."""
        if self.analysis is other.analysis and self.start == other.stop:
            return [Run(self.analysis, other.start, self.stop)]
        return [other, self]

    @property
    def sentences(self) -> slice:
        return slice(int(self.analysis.first[self.start]), int(self.analysis.first[self.stop]))


def assembled(runs: Sequence[Run]) -> Analysis:
    """The passages of all the runs, one run after another. At least one run is needed, be it of no passage."""
    if len(runs) == 1 and len(runs[0]) == len(runs[0].analysis):
        return runs[0].analysis
    merged = _merged(runs, list({id(run.analysis): run.analysis for run in runs}.values()))
    return _words_renumbered(_headings_renumbered(merged))


def _merged(runs: Sequence[Run], sources: Sequence[Analysis]) -> Analysis:
    """Words and headings of all the sources stand behind one another, the headings perhaps several times."""
    words = tuple(dict.fromkeys(word for source in sources for word in source.words))
    number = {word: place for place, word in enumerate(words)}
    numbers = {id(s): np.fromiter(map(number.__getitem__, s.words), np.int32, len(s.words)) for s in sources}
    behind = np.cumsum([0, *(len(source.headings) for source in sources)]).tolist()
    offsets = {id(source): np.int32(offset) for source, offset in zip(sources, behind, strict=False)}
    sentences = [_rows(run.analysis.sentences, run.sentences, numbers[id(run.analysis)]) for run in runs]
    headings = [_rows(source.headings, slice(0, len(source.headings)), numbers[id(source)]) for source in sources]
    counts = [np.diff(run.analysis.first[run.start : run.stop + 1]) for run in runs]
    return Analysis(
        words,
        _behind_one_another(sentences),
        _behind_one_another(headings),
        np.concatenate([source.keys for source in sources]),
        _starts(counts),
        np.concatenate([run.analysis.around[run.start : run.stop] + offsets[id(run.analysis)] for run in runs]),
        np.concatenate([run.analysis.above[run.start : run.stop] + offsets[id(run.analysis)] for run in runs]),
        np.concatenate([run.analysis.public[run.start : run.stop] for run in runs]),
        _encoded(runs, sources),
        next((source.kin for source in sources if source.kin), None),
    )


def _rows(texts: Ragged, rows: slice, numbers: NDArray[np.int32]) -> tuple[NDArray[np.int32], Numbers]:
    """The values of some rows, renumbered, and the rows' lengths."""
    starts = texts.starts[rows.start : rows.stop + 1]
    return numbers[texts.values[starts[0] : starts[-1]]], np.diff(starts)


def _behind_one_another(parts: Sequence[tuple[NDArray[np.int32], Numbers]]) -> Ragged:
    return Ragged(np.concatenate([values for values, _ in parts]), _starts([lengths for _, lengths in parts]))


def _starts(lengths: Sequence[Numbers]) -> Numbers:
    return np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)


def _encoded(runs: Sequence[Run], sources: Sequence[Analysis]) -> tuple[Directions, Directions] | None:
    sentences = [run.analysis.encoded[0].part(run.sentences) for run in runs if run.analysis.encoded]
    headings = [source.encoded[1] for source in sources if source.encoded]
    return (_together(sentences), _together(headings)) if sentences else None


def _together(parts: Sequence[Directions]) -> Directions:
    return Directions(np.concatenate([part.codes for part in parts]), np.concatenate([part.norms for part in parts]))


def _headings_renumbered(merged: Analysis) -> Analysis:
    """Each heading once, the empty one first and the others in the order of their first use; what nobody uses is gone."""
    _, rows, kind = np.unique(merged.keys, return_index=True, return_inverse=True)
    order, _ = _by_first_use(kind[np.concatenate([[0], _places(merged)])], len(rows))
    number = np.zeros(len(rows), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    kept = rows[order]
    return replace(
        merged,
        headings=merged.headings.take(kept),
        keys=merged.keys[kept],
        around=number[kind[merged.around]],
        above=number[kind[merged.above]],
        encoded=merged.encoded and (merged.encoded[0], merged.encoded[1].take(kept)),
    )


def _places(analysis: Analysis) -> Numbers:
    """The headings in the order of their use: of each passage all that stands above it, then the heading right above it."""
    return np.stack([analysis.around, analysis.above], axis=1).ravel().astype(np.int64)


def _words_renumbered(merged: Analysis) -> Analysis:
    """Words in the order of their first use; those that nobody uses are gone."""
    order = np.lexsort(_first_uses(merged))
    order = order[: len(np.union1d(merged.sentences.values, merged.headings.values))]
    number = np.zeros(len(merged.words), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return replace(
        merged,
        words=tuple(map(merged.words.__getitem__, order.tolist())),
        sentences=Ragged(number[merged.sentences.values], merged.sentences.starts),
        headings=Ragged(number[merged.headings.values], merged.headings.starts),
    )


def _first_uses(merged: Analysis) -> tuple[Numbers, Numbers]:
    """For each word: where in its text it is first used, and which text that is. A passage has three, its sentences first."""
    said = _first(merged.sentences.values, len(merged.words))
    passages = np.searchsorted(merged.sentences.starts[merged.first], said, side="right") - 1
    texts = np.where(said < NEVER, 3 * passages, NEVER)
    above = _first(merged.headings.values, len(merged.words))
    heading = np.searchsorted(merged.headings.starts, above, side="right") - 1
    _, slots = _by_first_use(_places(merged), len(merged.headings))
    slots = np.append(slots, 0)[np.minimum(heading, len(merged.headings))]
    titles = np.where(above < NEVER, 3 * (slots // 2) + 1 + slots % 2, NEVER)
    return np.where(texts < titles, said, above), np.minimum(texts, titles)


def _first(values: NDArray[np.signedinteger], count: int) -> Numbers:
    """Where each number below `count` first stands; `NEVER` where it does not."""
    found = np.full(count, NEVER)
    np.minimum.at(found, values, np.arange(len(values)))
    return found


def _by_first_use(values: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """The numbers that are used, in the order of their first use, and for each number below `count` where that is."""
    found = _first(values, count)
    order = np.argsort(found, kind="stable")
    return order[: int(np.count_nonzero(found < NEVER))], found
