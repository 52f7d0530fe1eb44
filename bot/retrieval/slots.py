"""A question's words set beside the documents' stems: a query in, what to look for out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.retrieval import MatchKind, Query
from bot.retrieval.lexicon import Lexicon
from knowledge.text import stems as stems_of

SYNONYM = 0.9  # what an owner's synonym counts of the word itself
CORRECTED = 0.9  # what a corrected word counts
SECOND_GUESS = 0.6  # what the next best corrections of a word count


@dataclass(frozen=True, slots=True)
class Term:
    """A stem to look for, and how much meeting it counts of meeting the word itself."""

    stem: int
    factor: float
    kind: MatchKind


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question. `weight` is its rarity, lowered for function words; `terms` is empty for an unknown word."""

    word: str
    weight: float
    content: bool
    terms: tuple[Term, ...]


class Synonyms:
    """The owner's groups of words and phrases that mean the same, as stems."""

    def __init__(self, groups: Sequence[Sequence[Sequence[str]]]) -> None:
        self._phrases: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for group in groups:
            phrases = [tuple(phrase) for phrase in group if phrase]
            for phrase in phrases:
                self._phrases.setdefault(phrase, []).extend(other for other in phrases if other != phrase)
        self._longest = max(map(len, self._phrases), default=0)

    def of(self, stems: Sequence[str]) -> Mapping[int, list[tuple[str, float]]]:
        """For places in `stems`: the stems that an owner's synonym puts there, and what each counts."""
        found: dict[int, list[tuple[str, float]]] = {}
        for length in range(1, self._longest + 1):
            for start in range(len(stems) - length + 1):
                for other in self._phrases.get(tuple(stems[start : start + length]), ()):
                    share = SYNONYM * min(1.0, length / len(other))
                    for place in range(start, start + length):
                        found.setdefault(place, []).extend((stem, share) for stem in other)
        return found


def slots_of(query: Query, lexicon: Lexicon, synonyms: Synonyms, guesses: Mapping[str, Sequence[str]]) -> list[Slot]:
    """One slot for each distinct stem of the question, in order. `guesses` are further spellings of corrected words."""
    stems = stems_of(query.words, lexicon.lang)
    corrected = {word for correction in query.corrections for word in correction.used.split()}
    added = synonyms.of(stems)
    slots: dict[str, Slot] = {}
    for place, (word, weight, content) in enumerate(zip(query.words, query.weights, query.content, strict=True)):
        kind = MatchKind.CORRECTION if word in corrected else MatchKind.EXACT
        found = [(stems[place], CORRECTED if word in corrected else 1.0, kind)]
        found += [(stem, share, MatchKind.SYNONYM) for stem, share in added.get(place, ())]
        found += [(stems_of([guess], lexicon.lang)[0], SECOND_GUESS, MatchKind.CORRECTION) for guess in guesses.get(word, ())]
        if stems[place] not in slots:
            slots[stems[place]] = Slot(word, weight, content, _terms(found, lexicon))
    return list(slots.values())


def _terms(found: Sequence[tuple[str, float, MatchKind]], lexicon: Lexicon) -> tuple[Term, ...]:
    terms: dict[int, Term] = {}
    for stem, factor, kind in found:
        number = lexicon.stem_numbers.get(stem)
        if number is not None and number not in terms:
            terms[number] = Term(number, factor, kind)
    return tuple(terms.values())
