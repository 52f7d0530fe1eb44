from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Block, BlockKind, Document, Span
from knowledge.passages import split
from tests.corpus import marked
from web.reading import Section, Shape, sections


def read(document: Document, start: int = 0, end: int = 0) -> list[Section]:
    return list(sections(document, split(document), Span(start, end)))


def words(section: Section) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in section.lines]


def quoted(found: list[Section]) -> list[str]:
    return [piece.text for section in found for line in section.lines for piece in line.pieces if piece.quoted]


def test_markup_is_shown_as_what_it_is() -> None:
    document = marked(
        (BlockKind.HEADING, "Prices", 1),
        (BlockKind.PARAGRAPH, "What things cost.", 0),
        (BlockKind.LIST_ITEM, "copies", 1),
        (BlockKind.LIST_ITEM, "in colour", 2),
        (BlockKind.TABLE_HEAD, "Room Price", 0),
        (BlockKind.TABLE_ROW, "Attic £15", 0),
    )
    found = read(document)
    assert [(section.shape, words(section)) for section in found] == [
        (Shape.HEADING, ["Prices"]),
        (Shape.PARAGRAPH, ["What things cost."]),
        (Shape.LIST, ["copies", "in colour"]),
        (Shape.TABLE, ["Room Price", "Attic £15"]),
    ]
    assert [line.level for line in found[2].lines] == [1, 2]
    assert [line.is_head for line in found[3].lines] == [True, False]


def test_plain_text_has_paragraphs_and_the_headings_that_were_read_off_it() -> None:
    document = Document("a.txt", "OPENING HOURS\n\nWe open at nine.\nOn Sundays at ten.\n\n\nFINES\n\nTen pence a day.", "A")
    found = read(document)
    assert (Shape.HEADING, ["OPENING HOURS"]) in [(section.shape, words(section)) for section in found]
    assert (Shape.PARAGRAPH, ["We open at nine.\nOn Sundays at ten."]) in [(section.shape, words(section)) for section in found]


def test_the_quotation_is_marked_across_blocks_and_begins_once() -> None:
    document = marked((BlockKind.PARAGRAPH, "One. Two.", 0), (BlockKind.PARAGRAPH, "Three. Four.", 0))
    start, end = document.text.index("Two"), document.text.index("Four") - 1
    found = read(document, start, end)
    assert quoted(found) == ["Two.", "Three."]
    firsts = [piece.first for section in found for line in section.lines for piece in line.pieces]
    assert firsts.count(True) == 1


def test_pages_begin_where_they_do() -> None:
    document = Document("a.pdf", "First page.\n\nSecond page\ngoes on.", "A", pages=(0, 13))
    assert [(section.shape, section.page) for section in read(document)] == [
        (Shape.PAGE, 1),
        (Shape.PARAGRAPH, 0),
        (Shape.PAGE, 2),
        (Shape.PARAGRAPH, 0),
    ]


@st.composite
def anything(draw: st.DrawFn) -> tuple[Document, int, int]:
    text = draw(st.text(st.sampled_from("ab \n\té-1.\f"), max_size=80))
    spot = st.integers(0, len(text))
    spans = [sorted((draw(spot), draw(spot))) for _ in range(draw(st.integers(0, 4)))]
    blocks = tuple(Block(draw(st.sampled_from(BlockKind)), left, right, 1) for left, right in spans)
    pages = tuple(sorted({0, *draw(st.lists(spot, max_size=2))})) if draw(st.booleans()) else ()
    start, end = sorted((draw(spot), draw(spot)))
    return Document("a.txt", text, "A", blocks, pages), start, end


@given(anything())
def test_whatever_the_blocks_every_word_is_shown_once_and_in_order_and_just_the_quote_is_marked(
    given_: tuple[Document, int, int],
) -> None:
    document, start, end = given_
    found = list(sections(document, (), Span(start, end)))
    shown = "".join("".join(words(section)) for section in found)
    assert "".join(shown.split()) == "".join(document.text.split())
    assert "".join("".join(quoted(found)).split()) == "".join(document.text[start:end].split())
