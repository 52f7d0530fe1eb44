"""The form of the current request goes in, its fields come out: trimmed, with a limit, and refused where they are missing."""

import unicodedata

from flask import request

from knowledge.text import words as words_of
from web.errors import Problem

LONGEST = 2_000  # characters of a field
MOST_LINES = 60
MOST_WORDS, LONGEST_WORD = 20, 80  # of a group of words; characters


def text(name: str, longest: int = LONGEST) -> str:
    """Possibly empty. Raises Problem 422."""
    found = request.form.get(name, "").replace("\r\n", "\n").strip()
    if len(found) > longest:
        raise Problem(422, f"“{name}” is longer than {longest:,} characters.")
    if any(unicodedata.category(letter) in ("Cs", "Cc") and letter not in "\n\t" for letter in found):
        raise Problem(422, f"“{name}” holds a character that is not allowed.")
    return found


def needed(name: str, longest: int = LONGEST) -> str:
    """Raises Problem 422."""
    found = text(name, longest)
    if not found:
        raise Problem(422, f"“{name}” is missing.")
    return found


def line(name: str, longest: int = LONGEST) -> str:
    """One line, its spaces evened out. Raises Problem 422."""
    return " ".join(needed(name, longest).split())


def lines(name: str) -> tuple[str, ...]:
    """Each line once, empty ones left out. Raises Problem 422."""
    found = tuple(dict.fromkeys(" ".join(row.split()) for row in text(name, 20_000).split("\n") if row.strip()))
    if len(found) > MOST_LINES or any(len(row) > LONGEST for row in found):
        raise Problem(422, f"“{name}” has too many or too long lines.")
    return found


def words(name: str, least: int = 1) -> tuple[str, ...]:
    """Words and short phrases between commas, in small letters, each once. Raises Problem 422."""
    found = text(name).lower().replace("\n", ",").split(",")
    kept = tuple(dict.fromkeys(" ".join(word.split()) for word in found if words_of(word)))
    if not least <= len(kept) <= MOST_WORDS or any(len(word) > LONGEST_WORD for word in kept):
        raise Problem(422, f"Write {least} to {MOST_WORDS} words or short phrases, with commas between them.")
    return kept
