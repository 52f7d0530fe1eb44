"""What retrieval reads of a text: text in, the words that are indexed and asked for out."""

import re

from knowledge.text import words

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def terms(text: str) -> list[str]:
    """The words of `knowledge.text.words`, with numbers in one form: "1,000" is "1000"."""
    return [_plain(word) if "," in word else word for word in words(text)]


def _plain(word: str) -> str:
    return word.replace(",", "") if _GROUPED.fullmatch(word) else word


def is_exact(word: str) -> bool:
    """Whether a word counts only as it is written: what holds a digit is a quantity or a code."""
    return any(c.isdigit() for c in word)
