"""What identifies a person never passes; what questions are about stays."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction import passes_luhn, redact

around = st.text(alphabet=string.ascii_letters + " ,.?!\n", max_size=40)
before, after = around.map(lambda text: f"{text} "), around.map(lambda text: f" {text}")
spacing = st.sampled_from(["", " ", "-", ".", "\u00a0"])


def card_number(digits: str) -> str:
    return next(digits + last for last in string.digits if passes_luhn(digits + last))


def grouped(digits: str, size: int, between: str) -> str:
    return between.join(digits[at : at + size] for at in range(0, len(digits), size))


@given(
    before,
    st.text(string.ascii_lowercase + string.digits, min_size=1),
    st.sampled_from(["example.org", "mail.example.co.uk"]),
    after,
)
def test_an_address_for_mail_never_passes(start: str, name: str, host: str, end: str) -> None:
    redacted = redact(f"{start}{name}@{host}{end}")
    assert "[e-mail]" in redacted
    assert "@" not in redacted


@given(around, st.text(string.digits, min_size=15, max_size=15), spacing, around)
def test_a_card_never_passes(start: str, digits: str, between: str, end: str) -> None:
    number = grouped(card_number("4" + digits[1:]), 4, between)
    redacted = redact(start + number + end)
    assert number not in redacted
    assert not re.search(r"\d{4}", redacted)


@given(
    around,
    st.sampled_from(["+44 ", "0044", "0", "+1 ", "(0) "]),
    st.text(string.digits, min_size=7, max_size=10),
    spacing,
    around,
)
def test_a_telephone_number_never_passes(start: str, prefix: str, digits: str, between: str, end: str) -> None:
    number = prefix + grouped(digits, 3, between)
    assert not re.search(r"\d{3}", redact(start + number + end))


@given(before, st.text(string.digits, min_size=18, max_size=18), st.sampled_from(["", " "]), after)
def test_an_iban_never_passes(start: str, digits: str, between: str, end: str) -> None:
    assert not re.search(r"\d{4}", redact(start + grouped("DE" + digits + "00", 4, between) + end))


@pytest.mark.parametrize(
    "secret", ["eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2lnbmF0dXJl", "sk-a1b2c3d4e5f6", "a9f3" * 8, "ghp_16C7e42F292c69"]
)
def test_a_token_never_passes(secret: str) -> None:
    assert redact(f"my key {secret} does not work") == "my key [token] does not work"


@pytest.mark.parametrize("number", ["078-05-1120", "AB123456C", "AB 12 34 56 C", "12345678Z", "X1234567L"])
def test_a_national_number_never_passes(number: str) -> None:
    assert redact(f"it is {number}.") == "it is [id]."


@pytest.mark.parametrize(
    "text",
    [
        "how much is 1,200.50 from 10.30 to 12.30?",
        "is it open on 25.12.2026 or 2026-12-26?",
        "24–48 hours, 30 to 45 minutes, 100,000 passages",
        "what does code E12 mean",
        "the £600 fee and the 20 % off",
    ],
)
def test_what_a_question_is_about_stays(text: str) -> None:
    assert redact(text) == text


def test_the_part_of_a_link_that_may_hold_a_secret_goes() -> None:
    assert redact("see https://shop.example/order?token=1234#me") == "see https://shop.example/order"


@given(st.text(max_size=300))
def test_any_text_is_redacted_once_and_for_all(text: str) -> None:
    assert redact(redact(text)) == redact(text)
