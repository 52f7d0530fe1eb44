"""A question's words set beside the documents' stems: a query in, what to look for out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.retrieval import MatchKind, Query
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.relations import UNRELATED_TO_ANY, Related
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
    """One word of the question. `weight` is its rarity, lowered for function words; `emphasis` is what the word adds to the
    meaning of any text. `terms` are the words meant, empty for an unknown word; `related` are further ones, by meaning."""

    word: str
    weight: float
    emphasis: float
    content: bool
    terms: tuple[Term, ...]
    related: Related = UNRELATED_TO_ANY


class Synonyms:
    """The owner's groups of words and phrases that mean the same, as stems."""

    def __init__(self, groups: Sequence[Sequence[Sequence[str]]]) -> None:
        self._phrases: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for group in groups:
            phrases = [tuple(phrase) for phrase in group if phrase]
            for phrase in phrases:
                self._phrases.setdefault(phrase, []).extend(other for other in phrases if other != phrase)
        self._longest = max(map(len, self._phrases), default=0)

    def __contains__(self, stem: str) -> bool:
        return any(stem in phrase for phrase in self._phrases)

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


def terms_of(
    query: Query, lexicon: Lexicon, synonyms: Synonyms, guesses: Mapping[str, Sequence[str]]
) -> list[tuple[Term, ...]]:
    """For each word of the query what is meant by it. `guesses` are further spellings of corrected words."""
    stems = stems_of(query.words, lexicon.lang)
    corrected = {word for correction in query.corrections for word in correction.used.split()}
    added = synonyms.of(stems)
    found = []
    for place, (word, stem) in enumerate(zip(query.words, stems, strict=True)):
        meant = (CORRECTED, MatchKind.CORRECTION) if word in corrected else (1.0, MatchKind.EXACT)
        wanted = [(stem, *meant), *((other, share, MatchKind.SYNONYM) for other, share in added.get(place, ()))]
        guessed = stems_of(guesses.get(word, ()), lexicon.lang)
        wanted += [(other, SECOND_GUESS, MatchKind.CORRECTION) for other in guessed]
        found.append(_held(wanted, lexicon))
    return found


def _held(wanted: Sequence[tuple[str, float, MatchKind]], lexicon: Lexicon) -> tuple[Term, ...]:
    terms: dict[int, Term] = {}
    for stem, factor, kind in wanted:
        number = lexicon.stem_numbers.get(stem)
        if number is not None and number not in terms:
            terms[number] = Term(number, factor, kind)
    return tuple(terms.values())
