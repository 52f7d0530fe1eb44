import pytest

from tests.knowledge.loading import load


def test_plain_text_stays_as_it_is() -> None:
    text = "  OPENING HOURS\r\n\r\n• Monday:\t9-5\n\n\nShare by:\n"
    loaded = load(".txt", text)
    assert loaded.text == text
    assert loaded.blocks == ()


@pytest.mark.parametrize(
    ("text", "title"), [("Opening hours\nMonday", "Opening hours"), ("We open at nine.\n", None), ("x" * 101, None)]
)
def test_a_short_first_line_is_the_title(text: str, title: str | None) -> None:
    assert load(".txt", text).title == title
