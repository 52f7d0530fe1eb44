"""A text and its language go in; what can be seen of it without any question comes out, and is remembered."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.retrieval.function_words import function_words
from knowledge.text import stems, words

IMPRINT_BITS = 64
REMEMBERED = 16_384  # texts; each takes about 2 kB
_BACK = frozenset(
    {"it", "its", "they", "them", "their", "this", "that", "these", "those", "he", "she", "such", "both", "so", "instead"}
)


@dataclass(frozen=True, slots=True)
class Traits:
    """`stems` stand in order, one for each of `words`; `meant` are those that carry meaning; `vocabulary` has each word once;
    `points_back` says that it opens with a word that needs the sentence before. `imprint`
    has a bit for each word: two texts differ in at least as many words as their imprints in bits."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    meant: tuple[str, ...]
    numbers: frozenset[str]
    vocabulary: frozenset[str]
    points_back: bool
    imprint: int


@lru_cache(maxsize=REMEMBERED)
def traits(text: str, lang: str = "en") -> Traits:
    found = words(text)
    stemmed = stems(found, lang)
    grammar = function_words(lang)
    return Traits(
        words=tuple(found),
        stems=tuple(stemmed),
        meant=tuple(stem for word, stem in zip(found, stemmed, strict=True) if word not in grammar),
        numbers=frozenset(word for word in found if word[0].isdigit()),
        vocabulary=frozenset(found),
        points_back=bool(_BACK.intersection(found[:2])),
        imprint=_imprint(found),
    )


def _imprint(found: Iterable[str]) -> int:
    bits = 0
    for word in found:
        bits |= 1 << (hash(word) & (IMPRINT_BITS - 1))
    return bits
