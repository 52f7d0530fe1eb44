"""Passages go in; the pairs that say nearly the same in nearly the same words come out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.consistency.neighbours import Progress, pairs
from knowledge.documents import Document, Passage
from knowledge.text import words

RUN = 3  # words that have to follow one another
FEWEST_WORDS = 8  # what is shorter is alike by accident
NEARLY = 0.7  # of the runs of the shorter passage


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two passages, as positions in what was given; `likeness` is the share of the shorter one's runs of words."""

    first: int
    second: int
    likeness: float


def near_duplicates(placed: Sequence[tuple[Document, Passage]], progress: Progress | None = None) -> list[Duplicate]:
    """Every pair once, in order; a passage that overlaps another one in the same document is left out."""
    rows = [_runs(passage.of(document.text)) for document, passage in placed]
    sizes = [len(row) for row in rows]
    found: list[Duplicate] = []
    for pair in pairs(rows, rows, NEARLY, progress):
        first, second = sorted((pair.left, pair.right))
        shorter = pair.left if (sizes[pair.left], pair.left) <= (sizes[pair.right], pair.right) else pair.right
        if first != second and shorter == pair.left and not _overlap(placed[first], placed[second]):
            found.append(Duplicate(first, second, round(pair.shared / sizes[shorter], 2)))
    return sorted(found, key=lambda one: (one.first, one.second))


def _runs(text: str) -> dict[str, float]:
    found = words(text)
    if len(found) < FEWEST_WORDS:
        return {}
    return {" ".join(found[i : i + RUN]): 1.0 for i in range(len(found) - RUN + 1)}


def _overlap(first: tuple[Document, Passage], second: tuple[Document, Passage]) -> bool:
    same = first[0].name == second[0].name
    return same and first[1].start < second[1].end and second[1].start < first[1].end
