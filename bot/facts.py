"""A passage goes in; what its sentences show without any question comes out, as numbers, and is remembered.

A word is a number here, so that a question is held against all the sentences of a search at once: see `bot.features`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary, proxy

import numpy as np
from numpy.typing import NDArray

from bot.questions import AnswerKind, holds
from bot.traits import Traits, traits
from knowledge.documents import Document, Passage, Sentence, SentenceKind
from knowledge.recent import Recent
from knowledge.releases import Contents

REMEMBERED = 20_000  # passages; each takes about 2 kB
OPENING = 5  # words of a sentence that mostly name what it is about
DEFINES = frozenset({"is", "are", "was", "were", "mean", "refer", "involv", "describ"})  # stems
AGREES = frozenset({"yes", "no", "never", "always", "only", "cannot", "cant"})

SHAPE = (
    "first_sentence",
    "later_sentence",
    "points_back",
    "short",
    "long",
    "line",
    "row",
    "item",
    "question_heading",
    "agrees",
    "defines",
)
# Groups of a sentence's words: its stems, those it opens with, the heading's that it lacks and that it has, its stems of
# meaning with repetitions, its figures, and all stems of the heading that it lacks.
GROUPS = ("said", "opening", "heading_lacked", "heading_shared", "meant", "figures", "above_lacked")
_FIGURES = ""  # stands for the language of what is the same in all of them
_KINDS = tuple(AnswerKind)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """A row for each quotable sentence: `numbers` are their places in the passage, `shape` is float64[n, len(SHAPE)]. `words`
    has the word numbers of each sentence's GROUPS, one group after
    the other, each opened by a 0; `sizes` is int64[n * len(GROUPS)], the 0 counted."""

    passage: str
    section: tuple[str, int]
    lang: str
    numbers: tuple[int, ...]
    shape: NDArray[np.float64]
    words: NDArray[np.int32]
    sizes: NDArray[np.int64]


class FactBook:
    """The facts of one release's passages, and the numbers of their words. Safe to share between threads."""

    def __init__(self, contents: Contents) -> None:
        self._contents: Contents = proxy(contents)  # which it must not keep alive
        self._words: dict[tuple[str, str], int] = {}
        self._numbering = Lock()
        self._kept = Recent[Facts](REMEMBERED)
        self._holding = Recent[NDArray[np.bool_]](len(_KINDS) * REMEMBERED)

    @property
    def size(self) -> int:
        """Above every number that a word has by now."""
        return len(self._words) + 1

    def of(self, position: int) -> Facts:
        return self._kept.get(position, self._facts, lambda _facts: 1)

    def prepare(self) -> None:
        """Looks at as many passages as are remembered."""
        for position in range(min(self._contents.passage_count, REMEMBERED)):
            self.of(position)

    def holding(self, position: int, kind: AnswerKind) -> NDArray[np.bool_]:
        """For each quotable sentence whether it holds an answer of that kind: looked at only where one is asked for."""
        return self._holding.get(position * len(_KINDS) + _KINDS.index(kind), self._held, lambda _held: 1)

    def stem(self, stem: str, lang: str) -> int:
        """0 where no sentence that was looked at has it."""
        return self._words.get((lang, stem), 0)

    def figure(self, figure: str) -> int:
        return self._words.get((_FIGURES, figure), 0)

    def _facts(self, position: int) -> Facts:
        document, passage = self._contents.passage(position)
        told = [(n, s, traits(s.of(document.text), document.lang)) for n, s in enumerate(passage.sentences) if s.quotable]
        heading = traits(passage.heading.of(document.text), document.lang) if passage.heading else None
        asks = passage.heading is not None and document.text[passage.heading.end - 1] == "?"
        groups = [group for _, _, one in told for group in self._groups(one, heading, document.lang)]
        return Facts(
            passage=passage.id,
            section=section(document, passage),
            lang=document.lang,
            numbers=tuple(number for number, _, _ in told),
            shape=np.array([_shape(n, s, one, asks) for n, s, one in told], dtype=np.float64).reshape(-1, len(SHAPE)),
            words=np.array([word for group in groups for word in group], dtype=np.int32),
            sizes=np.array([len(group) for group in groups], dtype=np.int64),
        )

    def _held(self, number: int) -> NDArray[np.bool_]:
        position, kind = divmod(number, len(_KINDS))
        document, passage = self._contents.passage(position)
        texts = (sentence.of(document.text) for sentence in passage.sentences if sentence.quotable)
        return np.array([holds(text, _KINDS[kind]) for text in texts], dtype=np.bool_)

    def _groups(self, told: Traits, heading: Traits | None, lang: str) -> Iterator[list[int]]:
        """In the order of GROUPS."""
        said, above = set(told.stems), set(heading.meant if heading else ())
        everything = set(heading.stems if heading else ())
        for stems in (said, set(told.stems[:OPENING]), above - said, above & said, told.meant):
            yield self._numbered(stems, lang)
        yield self._numbered(told.numbers, _FIGURES)
        yield self._numbered(everything - said, lang)

    def _numbered(self, words: Iterable[str], lang: str) -> list[int]:
        return [0, *(self._words.get((lang, word)) or self._new((lang, word)) for word in words)]

    def _new(self, key: tuple[str, str]) -> int:
        with self._numbering:
            return self._words.setdefault(key, len(self._words) + 1)


def section(document: Document, passage: Passage) -> tuple[str, int]:
    return document.id, passage.heading.start if passage.heading else -1


def _shape(number: int, sentence: Sentence, told: Traits, asks: bool) -> tuple[float, ...]:
    """In the order of SHAPE."""
    return (
        float(number == 0),
        min(number, 4) / 4,
        float(told.points_back),
        float(len(told.words) < 4),
        max(0.0, min(1.0, (len(told.words) - 20) / 20)),
        float(sentence.kind is SentenceKind.LINE),
        float(sentence.kind is SentenceKind.TABLE_ROW),
        float(sentence.kind is SentenceKind.LIST_ITEM),
        float(asks),
        float(bool(AGREES.intersection(told.words[:1]))),
        float(bool(DEFINES.intersection(told.stems[1 : OPENING + 2]))),
    )


_known: WeakKeyDictionary[Contents, FactBook] = WeakKeyDictionary()


def facts_in(contents: Contents) -> FactBook:
    """The one that every turn on these contents shares."""
    book = _known.get(contents)
    return book if book is not None else _known.setdefault(contents, FactBook(contents))
