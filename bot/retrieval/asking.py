"""A question as understood goes in, its slots and its direction of meaning come out: all that the documents are asked for."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.retrieval import Query
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.meaning import Encoder, WordVectors
from bot.retrieval.relations import UNRELATED_TO_ANY, Related, Relations
from bot.retrieval.senses import Directions, directions
from bot.retrieval.slots import Slot, Synonyms, Term, terms_of
from bot.retrieval.terms import is_exact
from bot.retrieval.understanding import Understanding
from knowledge.text import stems as stems_of

UNKNOWN_EMPHASIS = 1.2  # of a word without a vector, a name or a number: as much as a telling word
EXPANDED = 6  # related stems by which passages are sought
EXPANSION = 0.5  # what meeting one of them counts, times its closeness


class Meaning:
    """The word vectors of a language with the relations they have among the documents' stems, and the texts' encoder."""

    def __init__(self, vectors: WordVectors, encoder: Encoder, relations: Relations) -> None:
        self._vectors = vectors
        self._encoder = encoder
        self._relations = relations
        self.emphasis = lru_cache(maxsize=4096)(self._emphasis_of)
        self._near = lru_cache(maxsize=4096)(self._related_to_unknown)

    def direction(self, words: Sequence[str]) -> Directions:
        return directions(self._encoder.encode([" ".join(words)]))

    def _emphasis_of(self, word: str) -> float:
        vector = self._vectors.vector(word)
        return UNKNOWN_EMPHASIS if vector is None else float(np.sqrt(np.add.reduce(vector * vector)))

    def related(self, word: str, stem: int | None) -> Related:
        """Stems related to a word; `stem` is its own, None where the documents lack it. A number is related to nothing."""
        if is_exact(word):
            return UNRELATED_TO_ANY
        return self._near(word) if stem is None else self._relations.of(stem)

    def _related_to_unknown(self, word: str) -> Related:
        vector = self._vectors.vector(word)
        return UNRELATED_TO_ANY if vector is None else self._relations.near(vector)


class Asking:
    """Immutable, like all that it is made of. Without `meaning` a question is what its letters say."""

    def __init__(self, lexicon: Lexicon, synonyms: Synonyms, understanding: Understanding, meaning: Meaning | None) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._understanding = understanding
        self._meaning = meaning

    def query(self, text: str) -> Query:
        return self._understanding.query(text)

    def slots(self, query: Query) -> list[Slot]:
        """One for each distinct stem of the question, in order."""
        typed = {correction.used: correction.typed for correction in query.corrections}
        guesses = {word: self._understanding.read(typed.get(word, word)).guesses for word in query.words}
        meant = terms_of(query, self._lexicon, self._synonyms, guesses)
        found: dict[str, Slot] = {}
        for place, stem in enumerate(stems_of(query.words, self._lexicon.lang)):
            if stem not in found:
                found[stem] = self._slot(query, place, meant[place])
        return list(found.values())

    def direction(self, query: Query) -> Directions | None:
        return self._meaning.direction(query.words) if self._meaning else None

    def _slot(self, query: Query, place: int, terms: tuple[Term, ...]) -> Slot:
        word, weight, content = query.words[place], query.weights[place], query.content[place]
        if self._meaning is None:
            return Slot(word, weight, weight, content, terms)
        related = self._meaning.related(word, self._lexicon.stem(word)) if content else UNRELATED_TO_ANY
        return Slot(word, weight, self._meaning.emphasis(word), content, terms, related)


def worth(slots: Sequence[Slot]) -> list[tuple[int, float]]:
    """Stems to seek passages by, and what meeting each counts. Function words are left out where anything else is asked."""
    telling = [slot for slot in slots if slot.content and (slot.terms or len(slot.related.stems))] or slots
    found = [(term.stem, term.factor * slot.weight) for slot in telling for term in slot.terms]
    for slot in telling:
        pairs = zip(slot.related.stems[:EXPANDED].tolist(), slot.related.closeness[:EXPANDED].tolist(), strict=True)
        found += [(stem, EXPANSION * closeness * slot.weight) for stem, closeness in pairs]
    return found
