"""Tokens go in; whether the numbers there name something instead of measuring it comes out: phone numbers, clauses, codes."""

from bot.claims.dates import MONTHS, day_of_month_at
from bot.claims.numerals import Token, word_at, word_set

_LABELS = word_set(
    "section sections clause clauses article articles paragraph paragraphs para page pages chapter step figure table form "
    "version no number priority extension ext room platform appendix schedule annex part item line route gate zone question "
    "rule note code regulation act volume issue bay exit junction"
)
_ORDINAL = word_set("st nd rd th")


def is_reference(found: list[Token], i: int) -> int | None:
    """The token behind a number that only names something and begins at token `i`; None where there is none."""
    word = word_at(found, i)
    if not word[:1].isdecimal():
        return None
    if word.count(".") > 1 or (i == 0 and _numbers_the_sentence(found)):
        return i + 1
    ordinal = word_at(found, i + 1) in _ORDINAL and not day_of_month_at(found, i)
    if ordinal and found[i + 1].start == found[i].end and word_at(found, i + 2) not in MONTHS:
        return i + 2
    before = word_at(found, i - 1)
    before = word_at(found, i - 2) if before == "." and word_at(found, i - 2) == "no" else before
    if before in _LABELS and word_at(found, i + 1) not in {"%"}:
        return i + 1
    if before and before[-1:].isalpha() and found[i].start == found[i - 1].end:
        return i + 1
    return _telephone(found, i)


def _numbers_the_sentence(found: list[Token]) -> bool:
    """ "4.1 We ..." or "2. Open ...": a number and a capital word that begins the sentence."""
    word, behind = found[0].word, word_at(found, 1)
    if behind in {".", ")"} and len(found) > 2:
        return True
    return "." in word and len(found) > 1 and found[1].capital


def _telephone(found: list[Token], i: int) -> int | None:
    """Groups of digits that begin with 0 or make up nine digits and more."""
    end, digits = i, 0
    while word_at(found, end).isdecimal() and (end == i or found[end].start - found[end - 1].end <= 1):
        digits += len(word_at(found, end))
        end += 1
        if word_at(found, end) == "-" and word_at(found, end + 1).isdecimal() and word_at(found, i).startswith("0"):
            end += 1
    leading = word_at(found, i).startswith("0") and len(word_at(found, i)) > 1
    return end if (end > i + 1 and (digits >= 9 or (leading and digits > 5))) or (leading and digits >= 9) else None
