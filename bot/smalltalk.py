"""An utterance goes in; out comes what kind of small talk it is, and the utterance without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.text import words


class SmallTalk(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    IDENTITY = "identity"
    HUMAN = "human"
    REACTION = "reaction"


# When an utterance holds several, the first of these names it.
_FIRST = (SmallTalk.HUMAN, SmallTalk.IDENTITY, SmallTalk.THANKS, SmallTalk.GOODBYE, SmallTalk.GREETING, SmallTalk.REACTION)
_FILLER = "filler"

Phrases = Mapping[str, Sequence[str]]  # a kind of small talk, or "filler" -> its phrases


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The phrases of all languages together, as tuples of words; a visitor's "merci" is thanks on any site."""

    kinds: Mapping[tuple[str, ...], SmallTalk]
    fillers: frozenset[tuple[str, ...]]
    longest: int

    def small_talk(self, utterance: str) -> SmallTalk | None:
        """The kind, where nothing but small talk was typed; None where anything else is left."""
        found = set()
        for kind in self._cut(words(utterance)):
            if kind is None:
                return None
            found.add(kind)
        return next((kind for kind in _FIRST if kind in found), None)

    def _cut(self, typed: Sequence[str]) -> Iterator[SmallTalk | str | None]:
        """What each piece is, cutting off the longest known phrase at a time; None for a word that is no small talk."""
        at = 0
        while at < len(typed):
            for length in range(min(self.longest, len(typed) - at), 0, -1):
                piece = tuple(typed[at : at + length])
                if piece in self.kinds or piece in self.fillers:
                    yield self.kinds.get(piece, _FILLER)
                    at += length
                    break
            else:
                yield None
                return


def phrase_book(languages: Mapping[str, Phrases]) -> PhraseBook:
    """`languages` maps a language to the phrases of each kind of small talk."""
    kinds: dict[tuple[str, ...], SmallTalk] = {}
    fillers: set[tuple[str, ...]] = set()
    for phrases in languages.values():
        fillers.update(tuple(words(phrase)) for phrase in phrases[_FILLER])
        for kind in SmallTalk:
            kinds.update((tuple(words(phrase)), kind) for phrase in phrases[kind])
    return PhraseBook(kinds, frozenset(fillers), max(map(len, [*kinds, *fillers])))
