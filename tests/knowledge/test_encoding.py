import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.encoding import NotText, decode

WORDS = "Gebühr: 5 € – “heute”"
printable = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]))


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode("utf-8"),
        codecs.BOM_UTF8 + WORDS.encode("utf-8"),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
        WORDS.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "utf-32-le", "windows-1252"],
)
def test_the_encoding_is_found(data: bytes) -> None:
    assert decode(data) == WORDS


def test_latin_1_is_read_as_its_superset() -> None:
    assert decode("Café à la carte: 3½ £".encode("latin-1")) == "Café à la carte: 3½ £"


def test_one_foreign_byte_does_not_garble_the_other_characters() -> None:
    assert decode("naïve – ".encode() + b"caf\xe9" + " – “so”".encode()) == "naïve – café – “so”"


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() -> None:
    assert decode("Žluťoučký kůň".encode("iso8859-2"), "ISO-8859-2") == "Žluťoučký kůň"
    assert decode("naïve".encode(), "iso-8859-2") == "naïve"
    assert decode("5 €".encode("cp1252"), "iso-8859-1") == "5 €"


@pytest.mark.parametrize("declared", ["no-such-encoding", "base64", "rot13", "utf-16", "utf-7", "\x00"])
def test_a_declaration_that_makes_no_sense_is_passed_over(declared: str) -> None:
    assert decode(b"caf\xe9", declared) == "café"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\rIHDR", "no mark".encode("utf-16-le"), b"\x81\x8d\x8f", b"a\x00b"]
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_utf_16_that_ends_within_a_character_is_no_text() -> None:
    with pytest.raises(NotText, match="UTF-16-LE"):
        decode(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le")[:-1])


@given(printable)
def test_utf_8_and_utf_16_round_trip(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text
