import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.boilerplate import is_boilerplate
from knowledge.documents import BlockKind, Document, Passage, Sentence, SentenceKind
from knowledge.passages import ANSWER_WORDS, LIST_ITEMS, PASSAGE_WORDS, split
from knowledge.sentences import split_sentences
from knowledge.structure import outline
from tests.corpus import marked, plain

H, P, LI, TH, TR = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW
SENTENCE = "The old clock in the hall strikes every quarter of an hour. "  # 12 words


def quotes(document: Document, passage: Passage) -> list[str]:
    return [sentence.of(document.text) for sentence in passage.sentences]


def around(document: Document, passage: Passage) -> list[str]:
    """The passage's context and heading, outermost first."""
    spans = [*passage.context, *([passage.heading] if passage.heading else [])]
    return [span.of(document.text) for span in spans]


def holding(documents: tuple[Document, ...], words: str) -> tuple[Document, Passage, Sentence]:
    """The one sentence of the corpus that holds `words`."""
    found = [(d, p, s) for d in documents for p in split(d) for s in p.sentences if words in s.of(d.text)]
    assert len(found) == 1
    return found[0]


class TestLibrary:
    def test_a_clause_is_a_passage_under_its_section(self, library: tuple[Document, ...]) -> None:
        document, passage, _ = holding(library, "A loan runs for 21 days.")
        assert passage.of(document.text).startswith("2.2 A loan")
        assert quotes(document, passage) == [
            "A loan runs for 21 days.",
            "It can be renewed twice unless somebody else has reserved the item.",
        ]
        assert around(document, passage) == ["THORNBECK TOWN LIBRARY", "HOUSE RULES", "2. BORROWING"]

    def test_a_question_and_its_answer_are_one_passage(self, library: tuple[Document, ...]) -> None:
        document, passage, _ = holding(library, "Four weeks.")
        assert len(passage.sentences) == 2
        assert around(document, passage) == ["Questions about the library", "Borrowing", "How long can I keep a book?"]

    def test_a_list_knows_its_lead_in(self, library: tuple[Document, ...]) -> None:
        document, passage, sentence = holding(library, "maps printed before 1900")
        assert quotes(document, passage) == ["newspapers", "maps printed before 1900", "the parish registers"]
        assert sentence.kind is SentenceKind.LIST_ITEM
        assert sentence.lead is not None
        assert sentence.lead.of(document.text) == "The following are never lent:"
        assert passage.context[-1] == sentence.lead

    def test_a_price_line_is_a_passage(self, library: tuple[Document, ...]) -> None:
        document, passage, sentence = holding(library, "MEETING ROOM: £15.00/hour")
        assert sentence.kind is SentenceKind.LINE
        assert quotes(document, passage) == ["MEETING ROOM: £15.00/hour"]
        assert around(document, passage)[-1] == "PRICES"

    def test_a_row_knows_its_columns(self, library: tuple[Document, ...]) -> None:
        document, passage, sentence = holding(library, "Saturday 10.00 16.00")
        assert sentence.kind is SentenceKind.TABLE_ROW
        assert around(document, passage) == ["Plan your visit", "Day Opens Closes", "Opening hours"]

    def test_page_furniture_is_not_quoted(self, library: tuple[Document, ...]) -> None:
        said = [quote for document in library for passage in split(document) for quote in quotes(document, passage)]
        assert not [quote for quote in said if "Share" in quote or "Council" in quote]

    def test_all_that_is_said_can_be_quoted(self, library: tuple[Document, ...]) -> None:
        for words in (
            "Anyone who lives",
            "20p a day",
            "15p a day",
            "Dogs are not admitted",
            "Her\nportrait",
            "£5 a year",
            "seats 40",
        ):
            holding(library, words.replace("\n", " "))


class TestParagraphs:
    def test_a_long_paragraph_is_split_at_sentence_ends_into_like_pieces(self) -> None:
        document = plain(SENTENCE * 20)
        sizes = [len(passage.of(document.text).split()) for passage in split(document)]
        assert sum(sizes) == 240
        assert len(sizes) == 3
        assert max(sizes) <= PASSAGE_WORDS

    def test_a_long_answer_is_a_passage_per_paragraph(self) -> None:
        paragraphs = [SENTENCE.strip() * 1, (SENTENCE * 5).strip(), (SENTENCE * 5).strip()]
        document = plain("Does it strike?\n\n" + "\n\n".join(paragraphs))
        assert sum(len(paragraph.split()) for paragraph in paragraphs) > ANSWER_WORDS
        assert [passage.of(document.text) for passage in split(document)] == paragraphs

    def test_paragraphs_below_another_heading_stay_apart(self) -> None:
        document = plain("Our clock\n\nIt strikes every hour.\n\nIt is wound on Mondays.")
        assert [quotes(document, passage) for passage in split(document)] == [
            ["It strikes every hour."],
            ["It is wound on Mondays."],
        ]

    def test_an_address_is_one_passage_and_each_labelled_line_its_own(self) -> None:
        document = plain("Where to find us\n\nOld Mill\n3 High Street\nThornbeck\n\nMonday: 9–17\nFriday: closed")
        assert [quotes(document, passage) for passage in split(document)] == [
            ["Old Mill", "3 High Street", "Thornbeck"],
            ["Monday: 9–17"],
            ["Friday: closed"],
        ]

    def test_lines_that_follow_an_answer_stay_apart_from_it(self) -> None:
        document = plain("Is it open?\n\nIt is open today.\n\nMonday: 9–17\n\nFriday: 9–12")
        assert [len(passage.sentences) for passage in split(document)] == [1, 1, 1]
        document = plain("When is it open?\n\nMonday: 9–17\n\nFriday: 9–12")
        assert [len(passage.sentences) for passage in split(document)] == [2]

    def test_a_decimal_is_no_clause_number(self) -> None:
        document = plain("Figures\n\n4.1 Million people came last year.\n\nThey came by train.")
        assert quotes(document, split(document)[0]) == ["4.1 Million people came last year."]

    def test_boilerplate_inside_a_passage_is_not_quotable(self) -> None:
        document = plain("The clock strikes. Read on to learn more about it. It is old.")
        assert [sentence.quotable for sentence in split(document)[0].sentences] == [True, False, True]

    def test_a_heading_with_nothing_below_it_is_no_passage(self) -> None:
        document = marked(
            (H, "Clocks", 1), (H, "Repairs", 2), (H, "Prices", 2), (P, "Ask us about them.", 0), (H, "Contact", 1)
        )
        assert [around(document, passage) for passage in split(document)] == [["Clocks", "Prices"]]

    @pytest.mark.parametrize("text", ["", " \n\n ", "Share by:", "***\n---", "Title\n\nShare by:"])
    def test_nothing_to_say(self, text: str) -> None:
        assert split(plain(text)) == ()


class TestLists:
    def test_a_lead_in_is_not_quoted_alone(self) -> None:
        document = plain("It is old. Bring with you:\n\n- a key\n- a lamp")
        assert [quotes(document, passage) for passage in split(document)] == [["It is old."], ["a key", "a lamp"]]

    def test_a_finished_lead_in_is_a_sentence_too(self) -> None:
        document = plain("You need the following things.\n\n- a key\n- a lamp")
        first, second = split(document)
        assert quotes(document, first) == ["You need the following things."]
        assert [s.lead.of(document.text) for s in second.sentences if s.lead] == ["You need the following things."] * 2

    def test_a_paragraph_that_announces_nothing_is_no_lead_in(self) -> None:
        document = plain("The shop is open.\n\n- a key\n- a lamp")
        assert [sentence.lead for sentence in split(document)[1].sentences] == [None, None]

    def test_a_lead_in_leads_one_list_only(self) -> None:
        document = marked((P, "Bring:", 0), (TH, "What Where", 0), (TR, "Key Desk", 0), (LI, "a lamp", 1))
        row, items = split(document)
        assert around(document, row) == ["Bring:", "What Where"]
        assert around(document, items) == []

    def test_a_list_of_contents_is_no_answer(self) -> None:
        document = plain("The mill\n\nContents\n1. Bread\n2. Rolls\n\n1. Bread\n\nWe bake it at night.\n\n2. Rolls\n\nAt dawn.")
        assert [quotes(document, passage) for passage in split(document)] == [["We bake it at night."], ["At dawn."]]

    def test_inner_items_depend_on_the_item_that_announces_them(self) -> None:
        document = marked((P, "Bring:", 0), (LI, "tools:", 1), (LI, "a saw", 2), (LI, "paint", 1))
        (passage,) = split(document)
        leads = [sentence.lead.of(document.text) for sentence in passage.sentences if sentence.lead]
        assert leads == ["Bring:", "tools:", "Bring:"]

    def test_a_long_list_is_split_and_every_part_keeps_the_lead_in(self) -> None:
        document = marked((P, "Bring:", 0), *((LI, f"thing number {n}", 1) for n in range(LIST_ITEMS * 2 + 1)))
        passages = split(document)
        assert [len(passage.sentences) for passage in passages] == [LIST_ITEMS, LIST_ITEMS, 1]
        assert all(around(document, passage) == ["Bring:"] for passage in passages)

    def test_a_long_item_is_quoted_by_sentence(self) -> None:
        document = marked((P, "Notes:", 0), (LI, SENTENCE * 3, 1))
        (passage,) = split(document)
        assert [sentence.kind for sentence in passage.sentences] == [SentenceKind.SENTENCE] * 3
        assert all(sentence.lead for sentence in passage.sentences)


class TestTables:
    def test_a_second_head_replaces_the_first_and_two_in_a_row_add_up(self) -> None:
        document = marked(
            (TH, "Summer", 0), (TH, "Day Opens", 0), (TR, "Monday 9", 0), (TH, "Winter Opens", 0), (TR, "Monday 10", 0)
        )
        assert [around(document, passage) for passage in split(document)] == [["Summer", "Day Opens"], ["Winter Opens"]]

    def test_a_table_of_heads_only_is_quoted(self) -> None:
        document = marked((H, "Hours", 1), (TH, "Monday 9 to 5", 0))
        assert [quotes(document, passage) for passage in split(document)] == [["Monday 9 to 5"]]


class TestIds:
    def test_ids_survive_an_edit_elsewhere(self) -> None:
        before = split(plain("Hours\n\nWe open at nine.\n\nPrices\n\nEntry is free today."))
        after = split(plain("Hours\n\nWe open at nine.\n\nPrices\n\nEntry costs £2 today.\n\nAsk us."))
        assert before[0].id == after[0].id
        assert before[1].id != after[1].id

    def test_equal_passages_have_different_ids(self) -> None:
        passages = split(plain("We open at nine.\n\nWe open at nine.\n\nWe open at nine."))
        assert len({passage.id for passage in passages}) == 3

    def test_the_document_and_the_heading_count(self) -> None:
        text = "Hours\n\nWe open at nine."
        ids = {split(document)[0].id for document in (plain(text), plain(text, "b.txt"), plain("Times\n\nWe open at nine."))}
        assert len(ids) == 3


LINE = st.one_of(
    st.sampled_from(
        ["", "", "A Title", "IN CAPITALS", "Is it?", "- item", "  * sub:", "1. step", "4.1 Clause one.", "A\tB", "C\t3"]
    ),
    st.sampled_from(["So it is, including:", "PRICE: £3", "Share by:", "One. Two. Three.", SENTENCE * 12]),
    st.text(st.characters(codec="utf-8"), max_size=40),
)


def check(document: Document) -> None:
    """What holds for the passages of every document."""
    text, end, ids = document.text, 0, set()
    passages = split(document)
    for passage in passages:
        assert end <= passage.start < passage.end <= len(text)
        assert any(sentence.quotable for sentence in passage.sentences)
        inner = passage.start
        for sentence in passage.sentences:
            assert inner <= sentence.start < sentence.end <= passage.end
            assert sentence.of(text) == sentence.of(text).strip()
            inner = sentence.end
        end = passage.end
        ids.add(passage.id)
    assert len(ids) == len(passages)
    check_nothing_is_lost(document, passages)


def check_nothing_is_lost(document: Document, passages: tuple[Passage, ...]) -> None:
    """The end of every sentence but headings' is quoted or is context, unless its passage was nothing but boilerplate."""
    spans = [(s.start, s.end) for p in passages for s in p.sentences] + [(c.start, c.end) for p in passages for c in p.context]
    for block in outline(document):
        words = document.text[block.start : block.end]
        pieces = [] if block.kind is H or is_boilerplate(words) else split_sentences(document.text, block.start, block.end)
        for piece in pieces:
            held = any(start < piece.end <= end for start, end in spans)
            assert held or is_boilerplate(piece.of(document.text)), piece.of(document.text)


@given(st.lists(LINE, max_size=30).map("\n".join))
def test_passages_are_in_order_and_hold_their_sentences(text: str) -> None:
    check(plain(text))


WORDS = LINE.map(str.strip).filter(lambda line: bool(line) and not is_boilerplate(line))


@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), WORDS, st.integers(1, 6)), max_size=20))
def test_the_same_with_markup(pieces: list[tuple[BlockKind, str, int]]) -> None:
    check(marked(*pieces))


@pytest.mark.parametrize(
    "piece", ["A\n\n", "- a\n", "a\tb\n", "IS IT?\n", "1. a\n", "4.1 A b.\n\n", "x\n", "Ä ", "£1: \n", "So:\n\nx\n\n"]
)
def test_two_thousand_characters_of_one_kind(piece: str) -> None:
    check(plain(piece * (2_000 // len(piece))))
