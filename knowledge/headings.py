"""A line of plain text goes in, whether it reads like a heading comes out."""

import re

from knowledge.abbreviations import STARTERS
from knowledge.lines import number
from knowledge.sentences import is_finished, split_sentences

LONGEST_HEADING = 120  # characters
LONGEST_QUESTION = 160
MOST_WORDS = 12

_QUESTION_MARKS = "?？؟;"
_PRICE = re.compile(r"[£$€¥₹₽]\s?\d|\d\s?[£$€¥₹₽]|\d\s?%|\b(?:USD|EUR|GBP|CHF)\b")
_CONTACT = re.compile(r"\S@\S|https?://|\bwww\.|\+?\d[\d\s()/-]{6,}\d")
_TIME = re.compile(r"\d\s*(?:[-–]|to)\s*\d|\d[:.]\d\d|\d\s*(?:am|pm|a\.m|p\.m|h|uhr)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[^:\n]{1,80}:\s+\S")
_NAMED_PART = re.compile(
    r"(?:section|chapter|part|article|appendix|annex|step|schedule|lesson|module|§)\s*[\divxA-Z]{1,4}\b", re.IGNORECASE
)
_RUN_IN = re.compile(r"(?:[^\Wa-z_][^\sa-z.!?]*[?]?\s+){1,12}(?=[^\W\d_a-z][^\sA-Z]|[AI]\s+[a-z])")
_EMPHASIS = frozenset(("NOT", "NEVER", "NO", "DON'T", "DON’T", "CANNOT", "ONLY", "MUST"))
_DOT_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}")


def is_question(line: str) -> bool:
    """Nothing but questions: "Does it hurt?", "What is it? How can it help?"."""
    bare = line.strip().rstrip("\"'”’»)*_")
    if not bare or bare[-1] not in _QUESTION_MARKS[:3] or len(line) > LONGEST_QUESTION:
        return False
    return all(piece.of(bare).rstrip("\"'”’»)")[-1:] in _QUESTION_MARKS for piece in split_sentences(bare))


def is_capitals(line: str) -> bool:
    """ "OPENING HOURS", "2. WHO MAY USE THE SERVICE"; not a price, not a lone code."""
    if len(line) > LONGEST_HEADING or not line.isupper() or line.endswith(".") or states_value(line):
        return False
    return sum(character.isupper() for character in line) >= 4


def is_title(line: str) -> bool:
    """Short, not finished like a sentence, states no value: "Notes for editors", "Section 4: Complaints"."""
    if len(line) > LONGEST_HEADING or len(line.split()) > MOST_WORDS or is_finished(line) or line[-1] in ",;–—-":
        return False
    if line[0].islower() or not any(character.isalpha() for character in line) or line.startswith(("(", "[", "{")):
        return False
    return not states_value(line) and (not _LABELLED.match(line) or bool(_NAMED_PART.match(line)))


def states_value(line: str) -> bool:
    """A price, a time, an address: "Guided tour: £4.50", "Monday 9–5", "desk@example.org"."""
    patterns = (_CONTACT, _TIME, _DOT_LEADERS)
    return states_price(line) or any(pattern.search(line) for pattern in patterns)


def states_price(line: str) -> bool:
    """An amount of money or a percentage."""
    return _PRICE.search(line) is not None


def is_labelled(line: str) -> bool:
    """ "Parking: behind the hall"."""
    return bool(_LABELLED.match(line))


def run_in(line: str) -> int:
    """The length of a heading in capitals that its text follows on the same line, white space after it included; else 0.

    "PARKING You may park behind the hall." One word alone counts only before a word that starts sentences ("NASA Engineers").
    """
    counted = number(line)
    match = _RUN_IN.match(line, counted)
    if match is None or match.end() == len(line) or len(match[0]) > LONGEST_HEADING:
        return 0
    heading, following = match[0].strip(), line[match.end() :].split(maxsplit=1)[0]
    capitals = heading.split()
    if heading.endswith("?"):
        return match.end()
    if sum(c.isupper() for c in heading) < 5 or states_value(heading) or _EMPHASIS.intersection(capitals):
        return 0
    return match.end() if len(capitals) > 1 or following.lower() in STARTERS else 0
