"""Questions go in, groups of those that ask nearly the same come out: forty ways of asking are one row.

Core: no I/O. The encoder is an argument (`bot.resources.word_vectors().encode`).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.claims.wording import content_words
from knowledge.text import words

ALIKE = 0.58  # the cosine to a group's mean from which a question belongs to it

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def grouped(questions: Sequence[str], encode: Encode) -> list[list[int]]:
    """Positions in `questions`, each in exactly one group; the largest group first, then the earliest."""
    vectors = encode([" ".join(content_words(question) or words(question)) for question in questions])
    sums = np.zeros((len(questions), vectors.shape[1]), dtype=np.float32)
    groups: list[list[int]] = []
    spelled: dict[tuple[str, ...], int] = {}
    for place, question in enumerate(questions):
        key = tuple(words(question))
        group = spelled.get(key)
        if group is None:
            group = _nearest(sums[: len(groups)], vectors[place])
        if group is None:
            group = len(groups)
            groups.append([])
        spelled[key] = group
        groups[group].append(place)
        sums[group] += vectors[place]
    return sorted(groups, key=lambda members: (-len(members), members[0]))


def _nearest(sums: NDArray[np.float32], vector: NDArray[np.float32]) -> int | None:
    if not len(sums) or not vector.any():
        return None
    lengths = np.maximum(np.sqrt((sums * sums).sum(axis=1)), 1e-9)
    cosines = (sums @ vector) / lengths
    best = int(cosines.argmax())
    return best if cosines[best] >= ALIKE else None
