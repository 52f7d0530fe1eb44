import codecs
import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import BlockKind
from knowledge.formats.loaded import Loaded, Unreadable, from_json, to_json
from knowledge.loaders import LOADERS
from knowledge.sandbox import load_folder
from tests.knowledge.files import column, pdf, saved, word

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
HEAD, ROW = BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW


def load(suffix: str, content: str | bytes) -> Loaded:
    return LOADERS[suffix](content.encode() if isinstance(content, str) else content)


def blocks(loaded: Loaded) -> list[tuple[BlockKind, str]]:
    return [(block.kind, loaded.text[block.start : block.end]) for block in loaded.blocks]


def body(content: str) -> list[tuple[BlockKind, str]]:
    return blocks(load(".html", f"<!DOCTYPE html><html><body>{content}</body></html>"))


# --- every format ------------------------------------------------------------------------------------------------------------

MARKDOWN = "# Library\n\nOpen *daily*.\n\n- Bring a card\n- Bring a bag\n\n| Day | Hours |\n|---|---|\n| Monday | 9-5 |\n"
SAMPLES = {
    ".txt": b"Library\n\nOpen daily.\n",
    ".md": MARKDOWN.encode(),
    ".markdown": MARKDOWN.encode(),
    ".html": b"<title>Library</title><h1>Library</h1><p>Open <b>daily</b>.</p>",
    ".htm": b"<h1>Library</h1><p>Open daily.</p>",
    ".pdf": pdf([column("Library\n\nOpen daily.")]),
    ".docx": word(("Heading 1", "Library"), "Open daily.", ("List Bullet", "Bring a card")),
    ".csv": b"question,answer\nLibrary,Open daily.\n",
}


def test_there_is_a_sample_of_every_format() -> None:
    assert SAMPLES.keys() == LOADERS.keys()


@pytest.mark.parametrize("suffix", SAMPLES)
def test_blocks_lie_in_the_text_in_order_and_hold_visible_words(suffix: str) -> None:
    loaded = load(suffix, SAMPLES[suffix])
    assert "Library" in loaded.text
    assert "Open daily." in loaded.text
    previous = 0
    for block in loaded.blocks:
        assert previous <= block.start < block.end <= len(loaded.text)
        assert loaded.text[block.start : block.end].strip() == loaded.text[block.start : block.end]
        assert not loaded.text[previous : block.start].strip(), "every word is in a block"
        previous = block.end


@pytest.mark.parametrize("suffix", SAMPLES)
def test_what_crosses_the_process_border_arrives_unchanged(suffix: str) -> None:
    loaded = load(suffix, SAMPLES[suffix])
    assert from_json(to_json(loaded)) == loaded


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_page_gives_blocks_that_cover_its_text_in_order(content: str) -> None:
    try:
        loaded = load(".html", f"<p>{content}<ul><li>{content}</li></ul><table><tr><td>{content}</td></tr></table>")
    except ValueError:
        return  # control characters: refused as binary
    pieces = [loaded.text[block.start : block.end] for block in loaded.blocks]
    assert "".join(loaded.text.split()) == "".join("".join(pieces).split())
    assert from_json(to_json(loaded)).blocks == loaded.blocks


# --- plain text --------------------------------------------------------------------------------------------------------------


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


# --- Markdown ----------------------------------------------------------------------------------------------------------------


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


# --- HTML --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href=/>XX</a></nav>",
        "<header><h1>XX</h1></header>",
        "<footer>XX</footer>",
        "<aside><h3>XX</h3></aside>",
        "<div role=navigation>XX</div>",
        "<div class='cookie-banner'>XX: we use cookies. <button>Accept</button></div>",
        "<div id=cookieConsent><h2>XX</h2>We value your privacy</div>",
        "<div role=dialog>XX</div>",
        "<section id=cookie-notice>XX</section>",
        "<div class=consent>XX We set cookies.</div>",
        "<div class=cookies>XX This site uses cookies. <a href=/c>OK</a></div>",
        "<div class='promo banner'>XX sale! <a href=/sale>Buy</a></div>",
        "<script>XX</script><style>XX</style><noscript>XX</noscript><template>XX</template>",
        "<form><input value=XX><select><option>XX</select><textarea>XX</textarea></form>",
        "<form><p></p><button>XX</button></form>",
        "<p hidden>XX</p><p aria-hidden=true>XX</p><p style='color:red; display: none'>XX</p><a class=skip-link>XX</a>",
        "<svg><title>XX</title></svg><iframe>XX</iframe><!-- XX -->",
        "<details><summary>More</summary><nav>XX</nav></details>",
    ],
)
def test_page_furniture_is_left_out_and_what_follows_it_is_not(furniture: str) -> None:
    found = body(f"Before {furniture} after<p>Open daily.</p>")
    text = " ".join(words for _, words in found)
    assert "XX" not in text
    assert text.startswith("Before")
    assert "after" in text
    assert text.endswith("Open daily.")


@pytest.mark.parametrize(
    "content",
    [
        "<article><header><h1>XX</h1></header></article>",
        "<main><aside class=note>XX: bring a card.</aside></main>",
        "<body class=has-cookie-banner><p>XX</p>",
        "<div class=hero-banner><h1>XX</h1></div>",
        "<div class=banner>XX is closed on 25 December.</div>",
        "<div class=consent>XX needs your consent.</div>",
        "<section id=consent><h2>Consent</h2><p>XX has to be signed by a parent.</p></section>",
        "<div class=cookies><h3>Oat cookie</h3><p>XX costs £2.</p></div>",
        "<form><p>XX</p><input></form>",
        "<details><summary>How?</summary>XX</details>",
    ],
)
def test_content_is_kept_whatever_it_is_called(content: str) -> None:
    assert "XX" in " ".join(words for _, words in body(content))


def test_a_table_row_is_its_visible_cells_and_the_heads_are_apart() -> None:
    table = (
        "<table><caption>Fees</caption><thead><tr><th>Pass<th>Fee</tr></thead>"
        "<tr><th>Day<td><p>5&nbsp;€</p><p>a day</p></tr><tr><td>Year<td><ul><li>50 €<li>less<br>for pupils</ul></table>after"
    )
    assert body(table) == [
        (PARAGRAPH, "Fees"),
        (HEAD, "Pass Fee"),
        (ROW, "Day 5 € a day"),
        (ROW, "Year 50 € less for pupils"),
        (PARAGRAPH, "after"),
    ]


def test_a_table_that_lays_out_the_page_is_no_data() -> None:
    layout = (
        "<table><tr><td><h2>Fees</h2><p>5 €</p></td><td><table><tr><td>Day</td><td>Year</td></tr></table></td></tr></table>"
    )
    assert body(layout) == [(HEADING, "Fees"), (PARAGRAPH, "5 €"), (ROW, "Day Year")]


def test_inline_marks_do_not_part_words_and_line_breaks_do() -> None:
    assert body("<p>Un<b>believ</b>able,\n  really.<br>Next&shy;door<br/>\nline</p>") == [
        (PARAGRAPH, "Unbelievable, really.\nNextdoor\nline")
    ]


def test_definition_lists_and_details_are_headings_with_their_text() -> None:
    definitions = "<dl><dt>Is it free?<dd>Yes.<dt>Always?<dd>On Sundays.</dl>"
    loaded = load(".html", f"<body><h2>Help</h2>{definitions}<details><summary>When?</summary><p>At 9.</p></details>")
    assert blocks(loaded) == [
        (HEADING, "Help"),
        (HEADING, "Is it free?"),
        (PARAGRAPH, "Yes."),
        (HEADING, "Always?"),
        (PARAGRAPH, "On Sundays."),
        (HEADING, "When?"),
        (PARAGRAPH, "At 9."),
    ]
    assert [b.level for b in loaded.blocks if b.kind is HEADING] == [2, 3, 3, 3]


def test_the_hidden_answers_of_an_accordion_are_content() -> None:
    accordion = (
        "<h3><button aria-expanded=false aria-controls=a1>Is it free?</button></h3><div id=a1 hidden>Yes, always.</div>"
        "<button aria-controls=a2>Do I need a card?</button><div id=a2 style='display:none'><p>No.</p></div>"
        "<div id=b hidden>Draft.</div>"
    )
    assert body(accordion) == [
        (HEADING, "Is it free?"),
        (PARAGRAPH, "Yes, always."),
        (HEADING, "Do I need a card?"),
        (PARAGRAPH, "No."),
    ]


def test_a_question_on_a_button_is_the_heading_of_what_follows_and_a_menu_button_is_none() -> None:
    content = (
        "<button aria-controls=menu>Menu</button><div id=menu role=menu>Home</div>"
        "<button>Is it free?</button><div class=panel>Yes.</div><button>Book now</button><div>At any time.</div>"
    )
    assert body(content) == [(HEADING, "Is it free?"), (PARAGRAPH, "Yes."), (PARAGRAPH, "At any time.")]


def test_two_line_breaks_end_a_paragraph() -> None:
    assert body("<div>Open daily.<br>\n<br>Bring a card.<br>And a bag.</div>") == [
        (PARAGRAPH, "Open daily."),
        (PARAGRAPH, "Bring a card.\nAnd a bag."),
    ]


def test_cards_in_a_list_are_headings_with_paragraphs() -> None:
    cards = "<ul><li><h3>Bus 5</h3><p>Every ten minutes.</p><li><h3>Bus 6</h3><p>Hourly.</p></ul><ul><li>Plain</ul>"
    assert body(cards) == [
        (HEADING, "Bus 5"),
        (PARAGRAPH, "Every ten minutes."),
        (HEADING, "Bus 6"),
        (PARAGRAPH, "Hourly."),
        (ITEM, "Plain"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        b'<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><p>Open daily.</p></html>',
        codecs.BOM_UTF16_LE + "<p>Open daily.</p>".encode("utf-16-le"),
        codecs.BOM_UTF8 + b"<p>Open daily.",
        b"Open daily.",
    ],
    ids=["XHTML", "UTF-16", "byte order mark", "no elements"],
)
def test_a_page_is_read_however_it_is_written(page: bytes) -> None:
    assert blocks(load(".html", page)) == [(PARAGRAPH, "Open daily.")]


def test_preformatted_lines_stay_lines() -> None:
    assert body("<pre>Mon  9-5\nTue  9-6\n</pre>") == [(PARAGRAPH, "Mon 9-5\nTue 9-6")]


PAGE = """<!DOCTYPE html><html lang="en_GB"><head><title> Fees |
 Library </title><link rel="canonical" href="https://example.org/fees">
<meta property="article:published_time" content="2024-05-01T08:00Z">
<script type="application/ld+json">{"@graph": [{"datePublished": "2024-05-01", "dateModified": "2025-02-03T04:05"}]}
</script></head><body><h1>Our fees</h1></body></html>"""


def test_the_head_says_title_address_language_and_last_change() -> None:
    loaded = load(".html", PAGE)
    assert (loaded.title, loaded.url, loaded.lang, loaded.date) == (
        "Fees | Library",
        "https://example.org/fees",
        "en-GB",
        "2025-02-03",
    )


def test_a_head_that_makes_no_sense_is_passed_over() -> None:
    page = (
        PAGE.replace("https:", "javascript:").replace("en_GB", "<en>").replace('{"@graph"', "{{").replace("2024-05-01T", "soon")
    )
    loaded = load(".html", page)
    assert (loaded.url, loaded.lang, loaded.date) == (None, None, None)


def test_a_page_is_read_in_the_encoding_that_it_names() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>kůň</p></body></html>'
    assert load(".html", page.encode("iso8859-2")).text == "kůň"


def test_a_page_that_is_nested_too_deeply_is_not_read_in_part() -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        load(".html", "<div>" * 10_000 + "text")


# --- PDF ---------------------------------------------------------------------------------------------------------------------


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


# --- Word --------------------------------------------------------------------------------------------------------------------


def test_a_word_file_is_read_in_document_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Library", style="Title")
    document.add_paragraph("Fees", style="Heading 2")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["Pass", "Fee", "For", "Day", "5 €", "guests"], strict=True):
        cell.text = text
    document.add_paragraph("Bring:")
    document.add_paragraph("a card", style="List Bullet")
    document.add_paragraph("a photo", style="List Number 2")
    loaded = load(".docx", saved(document))
    assert [(b.kind, loaded.text[b.start : b.end], b.level) for b in loaded.blocks] == [
        (HEADING, "Library", 1),
        (HEADING, "Fees", 2),
        (HEAD, "Pass Fee For", 0),
        (ROW, "Day 5 € guests", 0),
        (PARAGRAPH, "Bring:", 0),
        (ITEM, "a card", 1),
        (ITEM, "a photo", 2),
    ]
    assert (loaded.title, loaded.date) == ("Library", None)


def test_a_table_of_names_and_values_has_no_head_and_a_frame_is_no_table() -> None:
    document = docx.Document()
    pairs = document.add_table(rows=2, cols=2)
    for cell, text in zip(pairs._cells, ["Address", "High Street", "Phone", "555"], strict=True):
        cell.text = text
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Closed on Mondays."
    assert blocks(load(".docx", saved(document))) == [
        (ROW, "Address High Street"),
        (ROW, "Phone 555"),
        (PARAGRAPH, "Closed on Mondays."),
    ]


def test_a_bold_first_row_is_a_head_and_a_bold_question_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Is it free?").bold = True
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Pass", "Fee", "Day", "5 €"], strict=True):
        cell.paragraphs[0].add_run(text).bold = text in ("Pass", "Fee")
    assert blocks(load(".docx", saved(document))) == [(HEADING, "Is it free?"), (HEAD, "Pass Fee"), (ROW, "Day 5 €")]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_insertions_links_and_controls_are_read_and_deleted_or_hidden_words_are_not() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    parts = [
        f"<w:p {W}>{run.format('The fee is ')}<w:del><w:r><w:delText>4</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('5')}</w:ins>"
        f"<w:r><w:tab/><w:t>euros</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r></w:p>",
        f"<w:sdt {W}><w:sdtContent><w:p>{run.format('In a control.')}</w:p></w:sdtContent></w:sdt>",
        f"<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent><w:p>{run.format('Contents')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p {W} {MC}><w:r><mc:AlternateContent><mc:Choice>"
        f"<w:txbxContent><w:p>{run.format('In a box.')}</w:p></w:txbxContent>"
        f"</mc:Choice><mc:Fallback><w:txbxContent><w:p>{run.format('In a box.')}</w:p></w:txbxContent></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run.format('Around it.')}</w:p>",
    ]
    document = docx.Document()
    for part in parts:
        document.element.body.insert(-1, parse_xml(part))
    assert load(".docx", saved(document)).text == "The fee is 5 euros\n\nIn a control.\n\nAround it.\n\nIn a box."


def test_the_properties_of_a_word_file() -> None:
    document = docx.Document(io.BytesIO(word("Text.", title="House rules")))
    document.core_properties.language = "en-GB"
    document.core_properties.modified = datetime(2025, 4, 5, tzinfo=UTC)
    loaded = load(".docx", saved(document))
    assert (loaded.title, loaded.lang, loaded.date) == ("House rules", "en-GB", "2025-04-05")


# --- CSV ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_questions_and_answers_are_headings_and_paragraphs(delimiter: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows(
        [
            ["Answer", "topic", " QUESTION "],
            ["Yes, always.\n\nEven; at night", "x", "Is it free?"],
            ["", "x", "Really?"],
            ["Ask"],
        ]
    )
    assert blocks(load(".csv", "\ufeff" + stream.getvalue())) == [
        (HEADING, "Is it free?"),
        (PARAGRAPH, "Yes, always."),
        (PARAGRAPH, "Even; at night"),
        (PARAGRAPH, "Ask"),
    ]


def test_any_other_csv_file_is_a_table() -> None:
    assert blocks(load(".csv", "Pass,Fee,Note\nDay,5 €,\n\nYear,50 €,half price\nfor pupils\n")) == [
        (HEAD, "Pass Fee Note"),
        (ROW, "Day 5 €"),
        (ROW, "Year 50 € half price"),
        (ROW, "for pupils"),
    ]


def test_a_cell_whose_quotes_never_end_is_reported() -> None:
    with pytest.raises(Unreadable, match="well-formed CSV"):
        load(".csv", 'question,answer\nIs it?,"yes\n')


# --- the evaluation packs, where they are -------------------------------------------------------------------------------------

PACKS = Path(__file__).parents[3] / "shared" / "eval"


@pytest.mark.skipif(not PACKS.is_dir(), reason="the evaluation packs are not here")
def test_a_document_says_the_same_words_in_every_format() -> None:
    plain = {Path(d.name).stem: d.text.split() for d in load_folder(PACKS / "bikeshare" / "docs").documents}
    other = {Path(d.name).stem: d.text.split() for d in load_folder(PACKS / "bikeshare-formats" / "docs").documents}
    del plain["faq"], other["faq"]  # its CSV has no section headings
    assert plain == other
