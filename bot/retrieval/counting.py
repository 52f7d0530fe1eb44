"""What was read in, the shelf, the stems and the postings of an index out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.analysis import Analysis
from bot.retrieval.compounds import Compounds
from bot.retrieval.postings import Postings, impact, keys_of, order_postings
from bot.retrieval.ragged import spread
from bot.retrieval.shelf import Shelf
from knowledge.text import stems as stems_of

AT_ONCE = 50_000  # passages whose words are counted together: bounds the memory of a build


@dataclass(frozen=True, slots=True, eq=False)
class Shelved:
    """`joined` counts for each sentence and for each heading the words that only the shelf has."""

    shelf: Shelf
    joined: dict[str, NDArray[np.unsignedinteger]]


def shelve(analysis: Analysis) -> Shelved:
    compounds = Compounds(analysis.words)
    (sentences, more), (headings, above) = map(compounds.added, (analysis.sentences, analysis.headings))
    lengths = headings.lengths
    sizes = np.diff(sentences.starts[analysis.first]) + lengths[analysis.around] + lengths[analysis.above]
    shelf = Shelf(sentences, headings, analysis.first, analysis.around, analysis.above, sizes.astype(np.int32))
    return Shelved(shelf, {"sentences.joined": more, "headings.joined": above})


def said_publicly(analysis: Analysis) -> NDArray[np.bool_]:
    """bool[words]: what stands in the public passages and above them, before any word is joined that only a hidden text
    writes as one."""
    public = analysis.public
    said = np.full(len(analysis.words), bool(public.all()))
    if not said.all():
        rows, _ = spread(analysis.first[:-1][public], analysis.first[1:][public])
        above = np.concatenate([analysis.around[public], analysis.above[public]])
        said[analysis.sentences.take(rows).values] = True
        said[analysis.headings.take(np.unique(above).astype(np.int64)).values] = True
    return said


def number_stems(words: tuple[str, ...], lang: str) -> NDArray[np.int32]:
    """The stem of each word, numbered in the order of first use."""
    stems = stems_of(words, lang)
    numbers = {stem: number for number, stem in enumerate(dict.fromkeys(stems))}
    return np.fromiter(map(numbers.__getitem__, stems), dtype=np.int32, count=len(words))


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
