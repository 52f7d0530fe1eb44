"""Text goes in as people write it; the same text in one plain form comes out, so that equal words are equal strings."""

import re
import unicodedata

# Marks that readers leave out when they type: accents, vowel points. Others tell letters apart and stay: the vowel signs of
# Hindi and Thai, the two strokes of が, the marks of й and ї.
_ACCENTS = re.compile(
    r"(?<![иИ])\u0306|(?<![іІ])\u0308|[\u0300-\u0305\u0307\u0309-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    r"\u06ea-\u06ed]"
)
_LONG_RUN = re.compile(r"([^\w\s]{32})[^\w\s]+")  # putting marks into order takes time with the square of their number

_ZEROS = (
    0x660,
    0x6F0,
    0x7C0,
    0x966,
    0x9E6,
    0xA66,
    0xAE6,
    0xB66,
    0xBE6,
    0xC66,
    0xCE6,
    0xD66,
    0xE50,
    0xED0,
    0xF20,
    0x1040,
    0x17E0,
)
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys((0xAD, 0x640, *range(0x200B, 0x2010), 0x2060, 0xFEFF)),  # where a line may break, letters are joined
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),  # which way the text runs
    **dict.fromkeys(map(ord, "™℠")),  # they would become letters of the word before them
    **{zero + digit: str(digit) for zero in _ZEROS for digit in range(10)},
    ord("٫"): ".",
    ord("٬"): ",",
    ord("´"): "'",
    ord("ʼ"): "'",
}

_DECIMALS = {
    "¼": "25",
    "½": "5",
    "¾": "75",
    "⅛": "125",
    "⅜": "375",
    "⅝": "625",
    "⅞": "875",
    "⅕": "2",
    "⅖": "4",
    "⅗": "6",
    "⅘": "8",
}
_FRACTION = f"[{''.join(_DECIMALS)}]"
_FRACTION_OF = re.compile(rf"(?<=\d)\s?({_FRACTION})")
_FRACTION_ALONE = re.compile(_FRACTION)
# A footnote's mark is no digit of what stands before it; the square of "m²" is.
_RAISED = re.compile(r"(?<=\d)(?=[⁰¹²³⁴-⁹⅓⅔⅙⅚⅐⅑⅒])|(?<=[^\W\d_]{3})(?=[⁰¹²³⁴-⁹])")

# Small letters that look like Latin ones. μ is not among them: μm is not mm.
_LOOKALIKES = str.maketrans("авеёкмнорстухіјѕһԁԛԝαεικνορτυχ", "abeekmhopctyxijshdqwaeiknoptux")


def normalise(text: str) -> str:
    """NFKC, small letters, without accents and invisible characters; fractions as decimals. Offsets are not kept.

    Numbers stay the same: "2½" is "2.5", "48 hours¹" does not become "hours1", "٣٠" is "30".
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFC", _LONG_RUN.sub(r"\1", text.translate(_PLAIN)))
    plain = _FRACTION_OF.sub(lambda match: f".{_DECIMALS[match[1]]}", plain)
    plain = _FRACTION_ALONE.sub(lambda match: f" 0.{_DECIMALS[match[0]]}", plain)
    # Translated again: a vowel point on a joining stroke (U+FE7F) gives the stroke only now.
    plain = unicodedata.normalize("NFKD", _RAISED.sub(" ", plain)).translate(_PLAIN)
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", plain)).casefold()


def latin(word: str) -> str:
    """A normalised word; where it mixes Latin letters with others that look like them, all are Latin."""
    if word.isascii() or not any("a" <= character <= "z" for character in word):
        return word
    plain = word.translate(_LOOKALIKES)
    return plain if plain.isascii() else word
