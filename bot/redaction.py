"""What a visitor typed goes in; the same text without what identifies a person comes out, before anything is written.

Rather too much than too little: a long number that is none of these is redacted as a number all the same.
"""

import re
from collections.abc import Callable

# The order matters: what is wider than a plain number is looked for first.
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+\s?(?:@|＠|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+|[\w.+-]+@[\w-]+")
_URL_SECRET = re.compile(r"(https?://[^\s?#]+)[?#]\S*")
# A long one takes the groups of digits behind it along: too short by themselves to be known for the rest of a number.
_TOKEN = re.compile(
    r"\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9_-]{20,}\b(?:[ \u00a0./()-]{0,3}\d+)*"
    r"|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\b(?:sk|pk|ghp|xox[abp])[-_]\w{8,}"
)
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{2,4}){3,8}\b")
_LONG_NUMBER = re.compile(r"\+?\(?(?<!\d)\d(?:[ \u00a0./()-]{0,3}\d){5,}")
# United States, United Kingdom, Spain (DNI and NIE).
_NATIONAL = re.compile(
    r"\b(?:\d{3}-\d{2}-\d{4}|[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]|\d{8}[- ]?[A-Za-z]|[XYZxyz]-?\d{7}-?[A-Za-z])\b"
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE = re.compile(rf"{_YEAR}[-./]{_MONTH}[-./]{_DAY}|{_DAY}[-./ ]{{1,2}}{_MONTH}[-./ ]{{1,2}}{_YEAR}")

FEWEST_DIGITS = 7  # a run of that many is a telephone number, an account, an order
CARD_DIGITS = range(12, 20)


def redact(text: str) -> str:
    """Each find is replaced by its kind in brackets: "[e-mail]", "[card]", "[iban]", "[id]", "[number]", "[token]".

    Amounts, dates, times and short numbers stay, because questions are about them.
    """
    while (redacted := _once(text)) != text:  # what is left of one find may be the beginning of another
        text = redacted
    return text


def _once(text: str) -> str:
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return text


def _long_number(found: re.Match[str]) -> str:
    if _DATE.fullmatch(found[0]):
        return found[0]
    digits = re.sub(r"\D", "", found[0])
    if len(digits) in CARD_DIGITS and passes_luhn(digits):
        return "[card]"
    return "[number]" if len(digits) >= FEWEST_DIGITS else found[0]


def passes_luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_EMAIL, "[e-mail]"),
    (_URL_SECRET, r"\1"),
    (_TOKEN, "[token]"),
    (_IBAN, "[iban]"),
    (_NATIONAL, "[id]"),
    (_LONG_NUMBER, _long_number),
)
