"""One analysis for passages and for questions: text in, words and stems out."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator

import Stemmer

from knowledge.characters import latin, normalise

__all__ = ["LONGEST_WORD", "SNOWBALL", "normalise", "stems", "words"]

LONGEST_WORD = 40  # characters; what is longer is cut, so that no input makes matching slow

# Signs that belong to the letter before them, from Devanagari to Burmese and Khmer; Python does not count them as letters.
_SIGNS = "".join(
    chr(c) for c in (*range(0x900, 0x10A0), *range(0x1780, 0x1800)) if unicodedata.category(chr(c)).startswith("M")
)

# A number keeps its separators ("1,200", "0.5"); letters followed by digits are one code ("E12");
# digits followed by letters are two words ("25km", "9p"), so that the number can be matched exactly.
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W_]|[{_SIGNS}]|['’`](?=[^\W\d_]))*")
_APOSTROPHES = dict.fromkeys(map(ord, "'’`"))
_ELIDED = re.compile(r"(l|d|j|m|t|n|qu|jusqu|lorsqu|puisqu|dell|nell|all|sull|dall|quell|quest|un)['’`](\w{3,})")

# Scripts that put no spaces between words, or hang endings on them: Thai to Burmese, Khmer, kana, Chinese, Korean.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_UNSPACED += "\U00020000-\U0003ffff"
_RUN = re.compile(f"(?P<unspaced>[{_UNSPACED}]+)|[^{_UNSPACED}]+")

SNOWBALL = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


class _Stemmers(threading.local):
    """A stemmer keeps a cache of its own and is not made for several threads at once."""

    def __init__(self) -> None:
        self._made: dict[str, Stemmer.Stemmer] = {}

    def of(self, language: str) -> Stemmer.Stemmer:
        if language not in self._made:
            self._made[language] = Stemmer.Stemmer(language, 100_000)
        return self._made[language]


_stemmers = _Stemmers()


def words(text: str) -> list[str]:
    """Words in small letters, in order; apostrophes are dropped ("can't" -> "cant"), numbers stay as written.

    Where a script has no spaces, pairs of neighbouring characters stand for words: a question shares some of them with the
    text, wherever a word begins.
    """
    found: list[str] = []
    for word in _WORD.findall(normalise(text)):
        if word.isascii() and word.isalnum():
            found.append(word[:LONGEST_WORD])
        else:
            found.extend(_parts(word))
    return found


def _parts(word: str) -> Iterator[str]:
    if word.isascii():
        yield from _without_apostrophe(word)
        return
    for run in _RUN.finditer(latin(word)):
        if run["unspaced"]:
            yield from _pairs(run[0])
        else:
            yield from _without_apostrophe(run[0])


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for start in range(len(run) - 1):
        yield run[start : start + 2]


def _without_apostrophe(word: str) -> Iterator[str]:
    """ "can't" is one word, "l'eau" is two."""
    elided = _ELIDED.fullmatch(word)
    for part in elided.groups() if elided else (word,):
        if kept := part.translate(_APOSTROPHES)[:LONGEST_WORD]:
            yield kept


def stems(found: Iterable[str], lang: str = "en") -> list[str]:
    """Snowball stems; numbers and codes stay as they are. `lang` is a BCP 47 tag; an unknown one is not stemmed."""
    name = SNOWBALL.get(lang.split("-", maxsplit=1)[0].lower())
    if name is None:
        return list(found)
    listed = list(found)
    stemmed = _stemmers.of(name).stemWords(listed)
    return [word if word[-1:].isdigit() else stem for word, stem in zip(listed, stemmed, strict=True)]
