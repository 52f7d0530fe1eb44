import io

import pypdf
import pytest

from tests.knowledge.files import column, pdf
from tests.knowledge.loading import load


def test_wrapped_lines_become_paragraphs_without_line_end_hyphens() -> None:
    text = (
        "Opening hours and fees\n\n"
        "The reading room is open on every work-\ning day. The photo-\ngraphs are in the base-\nment.\n\n"
        "Bring puncture-\nresistant tyres: resistant to any puncture\nof 10-\n15 mm.\n"
    )
    loaded = load(".pdf", pdf([column(text)]))
    assert loaded.text == (
        "Opening hours and fees\n\nThe reading room is open on every working day. The photographs are in the basement.\n\n"
        "Bring puncture-resistant tyres: resistant to any puncture of 10-15 mm."
    )
    assert loaded.pages == (0,)
    assert loaded.blocks == ()


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("We have two bikes.\nThis is a two-\nwheeler.", "We have two bikes. This is a two-wheeler."),
        (
            "A photo-copy. Our infor-\nmation: all information is a photo-\ngraph.",
            "A photo-copy. Our information: all information is a photograph.",
        ),
        ("Take the out-of-\nhours bus to Stoke-\nAbbott.", "Take the out-of-hours bus to Stoke-Abbott."),
    ],
)
def test_a_hyphen_stays_where_the_document_knows_the_word_before_it(lines: str, text: str) -> None:
    assert load(".pdf", pdf([column(lines)])).text == text


def test_running_heads_feet_and_page_numbers_are_left_out_and_page_starts_kept() -> None:
    texts = [
        "The fee is due at once. It must be",
        "paid in cash. No cards.\n\nSecond clause here.",
        "The third page, no. 5.",
        "Last page.",
    ]
    pages = [
        [(50, 580, 8, "Terms of hire"), (50, 20, 8, f"Version 3, page {n} of 4"), (350, 20, 8, f"{n}"), *column(text)]
        for n, text in enumerate(texts, start=1)
    ]
    loaded = load(".pdf", pdf(pages, title="Terms"))
    assert loaded.text == (
        "The fee is due at once. It must be paid in cash. No cards.\n\n"
        "Second clause here.\n\nThe third page, no. 5.\n\nLast page."
    )
    assert [loaded.text[start:][:5] for start in loaded.pages] == ["The f", "paid ", "The t", "Last "]
    assert loaded.title == "Terms"


def test_chapter_heads_and_the_table_of_contents_are_left_out_and_a_price_list_is_not() -> None:
    heads = ["Contents i", "Chapter 1: Fees 1", "Chapter 2: Hours 2", "Chapter 3: Rules 3", "Chapter 4: Parking 4"]
    texts = [
        "Fees . . . . . . 1\nHours . . . . . . 2",
        "It is free.",
        "Open daily.",
        "No dogs.",
        "Car . . . . . . 5.00\nBus . . . . . . 25",
    ]
    pages = [[(50, 570, 8, head), *column(text)] for head, text in zip(heads, texts, strict=True)]
    assert load(".pdf", pdf(pages)).text.split("\n\n")[1:] == [
        "It is free.",
        "Open daily.",
        "No dogs.",
        "Car . . . . . . 5.00 Bus . . . . . . 25",
    ]


def test_a_line_of_the_body_that_occurs_on_every_page_stays() -> None:
    pages = [column(f"Chapter {name}\n\nReport every accident at once.") for name in ("one", "two", "three")]
    assert load(".pdf", pdf(pages)).text.count("Report every accident at once.") == 3


def test_a_page_without_text_starts_where_the_next_one_does() -> None:
    loaded = load(".pdf", pdf([[], column("First words."), [], column("Last words."), []]))
    assert loaded.pages == (0, 0, 14, 14, 25)


def test_larger_and_bold_lines_and_list_items_stand_alone() -> None:
    placed = [(50, 500, 16, "What to bring"), (50, 480, 10, "*Cards"), (50, 468, 10, "Bring these two:")]
    placed += [(60, 456, 10, "• a card that is valid for at least six"), (70, 444, 10, "months"), (60, 432, 10, "• a photo")]
    assert load(".pdf", pdf([placed])).text == (
        "What to bring\n\nCards\n\nBring these two:\n• a card that is valid for at least six months\n• a photo"
    )


def test_a_row_of_a_table_is_one_line() -> None:
    rows = [(50, 500, 10, "Day pass"), (200, 500, 10, "5.00"), (50, 480, 10, "Year pass"), (200, 480, 10, "50.00")]
    assert load(".pdf", pdf([rows])).text == "Day pass 5.00\n\nYear pass 50.00"


def test_indented_first_lines_begin_paragraphs_and_columns_are_read_one_after_the_other() -> None:
    left = [
        (62, 500, 10, "The first paragraph begins indented"),
        (50, 488, 10, "and has a second line of that width."),
        (62, 476, 10, "The next."),
    ]
    right = [(250, 500, 10, "Another column begins with a"), (250, 488, 10, "paragraph of its own.")]
    assert load(".pdf", pdf([[*left, *right]])).text == (
        "The first paragraph begins indented and has a second line of that width.\n\nThe next.\n\n"
        "Another column begins with a paragraph of its own."
    )


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([column("Open daily.")])))
    writer.encrypt(user_password="", owner_password="secret", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    assert load(".pdf", stream.getvalue()).text == "Open daily."


def test_the_language_of_a_pdf_and_a_placeholder_title() -> None:
    loaded = load(".pdf", pdf([column("Text.")], title="\\(unspecified\\)", root="/Lang (de-DE)"))
    assert (loaded.lang, loaded.title) == ("de-DE", None)
