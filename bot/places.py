"""A sentence as it is written goes in; whether it says where something is comes out."""

import re

from bot.questions import MONTH

_STREET = "Street|Road|Lane|Avenue|Square|Place|Way|Quay|Row|Court|Drive|Terrace|Park|Building|House|Floor|Station"
_ADDRESS = re.compile(
    rf"\b\d{{1,4}}[a-z]?,? (?!(?i:{MONTH})\b)[A-Z][a-z'’]+|\b[A-Z][\w'’]+ (?:{_STREET})\b|\b(?:located|situated)\b"
)


def names_a_place(sentence: str) -> bool:
    """Whether a sentence, as it is written, says where something is."""
    return _ADDRESS.search(" ".join(sentence.split())) is not None
