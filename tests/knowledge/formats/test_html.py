import codecs

import pytest

from knowledge.formats.loaded import Unreadable
from tests.knowledge.loading import HEAD, HEADING, ITEM, PARAGRAPH, ROW, blocks, body, load


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
