import pytest

from knowledge.formats.loaded import Unreadable
from tests.knowledge.loading import HEAD, HEADING, ITEM, MARKDOWN, PARAGRAPH, ROW, blocks, load


def test_markdown_loses_its_markup_and_keeps_its_structure() -> None:
    loaded = load(".md", MARKDOWN)
    assert blocks(loaded) == [
        (HEADING, "Library"),
        (PARAGRAPH, "Open daily."),
        (ITEM, "Bring a card"),
        (ITEM, "Bring a bag"),
        (HEAD, "Day Hours"),
        (ROW, "Monday 9-5"),
    ]
    assert loaded.title == "Library"


def test_a_link_keeps_its_text_and_a_hard_wrapped_paragraph_is_one() -> None:
    loaded = load(".md", "Ask [the desk](https://example.org/desk)\nor ~~call~~ `ring`\nus. ![map](map.png)\n")
    assert blocks(loaded) == [(PARAGRAPH, "Ask the desk or call ring us.")]


def test_nested_list_items_know_their_depth() -> None:
    loaded = load(".md", "1. Fill in the form\n   - in ink\n2. Sign it\n")
    assert [(loaded.text[b.start : b.end], b.level) for b in loaded.blocks] == [
        ("Fill in the form", 1),
        ("in ink", 2),
        ("Sign it", 1),
    ]


def test_a_bold_question_is_a_heading() -> None:
    loaded = load(".md", "## Fees\n\n**Is it free?**\n\nYes.\n\n**Closed on Mondays**\n")
    assert blocks(loaded)[1:] == [(HEADING, "Is it free?"), (PARAGRAPH, "Yes."), (PARAGRAPH, "Closed on Mondays")]
    assert loaded.blocks[1].level == 3


@pytest.mark.parametrize(
    "top",
    [
        "---\ntitle: 'Town library'  \ndate: 2025-03-01 10:00:00 +0100\nlang: en-GB # British\ntags: [a]\nurl: /about/\n---\n",
        '+++\ntitle = "Town library"\ndate = 2025-03-01T10:00:00Z\nlang = "en-GB"\nweight = 3\n+++\n',
    ],
    ids=["YAML", "TOML"],
)
def test_front_matter_is_metadata_and_no_text(top: str) -> None:
    loaded = load(".md", top + "# Library\n\nOpen.\n")
    assert (loaded.title, loaded.date, loaded.lang, loaded.url) == ("Town library", "2025-03-01", "en-GB", None)
    assert loaded.text == "Library\n\nOpen."


def test_front_matter_can_keep_a_document_for_the_staff() -> None:
    assert load(".md", "---\naudience: staff\n---\nInternal.\n").audience == "staff"


@pytest.mark.parametrize("line", ["audience: stuff", "url: javascript:alert(1)", "date: soon", "lang: English please"])
def test_a_wrong_value_in_front_matter_is_reported_with_its_key(line: str) -> None:
    with pytest.raises(Unreadable, match=f"the front matter: {line.partition(':')[0]} must be"):
        load(".md", f"---\n{line}\n---\nText.\n")


def test_a_line_across_the_page_is_no_front_matter() -> None:
    assert "One: two" in load(".md", "Start.\n\n---\n\nOne: two\n\n---\n").text
