"""One analysis for passages and for questions: text in, words and stems out."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

LONGEST_WORD = 40  # characters; what is longer is cut, so that no input makes matching slow

# A number keeps its separators ("1,200", "0.5"); letters followed by digits are one code ("E12");
# digits followed by letters are two words ("25km", "9p"), so that the number can be matched exactly.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W_]|['’](?=[^\W\d_]))*")
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def normalise(text: str) -> str:
    """NFKC, lower case, without invisible and combining marks. Offsets are not kept."""
    visible = unicodedata.normalize("NFKD", text.translate(_INVISIBLE))
    plain = "".join(c for c in visible if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", plain).lower()


def words(text: str) -> list[str]:
    """Lower-case words in order; apostrophes are dropped ("can't" -> "cant"), numbers stay as written."""
    found = _WORD.findall(normalise(text))
    return [word.replace("'", "").replace("’", "")[:LONGEST_WORD] for word in found]


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 100_000)


SNOWBALL = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}


def stems(found: Iterable[str], lang: str = "en") -> list[str]:
    """Snowball stems; numbers and codes stay as they are. `lang` is a BCP 47 tag; an unknown one is not stemmed."""
    name = SNOWBALL.get(lang.split("-", maxsplit=1)[0].lower())
    if name is None:
        return list(found)
    stem = _stemmer(name)
    return [word if word[-1].isdigit() else stem.stemWord(word) for word in found]
