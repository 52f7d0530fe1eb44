import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Block, BlockKind
from knowledge.headings import is_capitals, is_question, is_title, run_in
from knowledge.structure import outline
from tests.corpus import marked, plain

H, P, LI, TH, TR = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW


def outlined(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in outline(plain(text))]


def headings(text: str) -> list[tuple[int, str]]:
    return [(block.level, text[block.start : block.end]) for block in outline(plain(text)) if block.kind is H]


def test_a_short_line_between_blank_lines_is_a_heading() -> None:
    text = "Our garden\n\nThe garden lies behind the house.\n\nGetting there\n\nTake the bus to the gate."
    assert outlined(text) == [
        (H, "Our garden"),
        (P, "The garden lies behind the house."),
        (H, "Getting there"),
        (P, "Take the bus to the gate."),
    ]


def test_a_question_right_above_its_paragraph_is_a_heading() -> None:
    text = "We sell plants.\nWhat Happens Next?\nYou take the plant home and water it.\nMay I return it?\nWithin a week, yes."
    assert [kind for kind, _ in outlined(text)] == [P, H, P, H, P]


def test_questions_and_answers_lose_their_letters() -> None:
    text = "Q: Where do I park?\nA: Behind the hall.\n\nQ2. Is it free\nA2. Yes, it is."
    assert outlined(text) == [
        (H, "Where do I park?"),
        (P, "Behind the hall."),
        (H, "Is it free"),
        (P, "Yes, it is."),
    ]


def test_a_question_and_its_answer_on_one_line() -> None:
    assert outlined("Q: Is it old? A: It is new.\n\nF. Scott wrote it.") == [
        (H, "Is it old?"),
        (P, "It is new."),
        (P, "F. Scott wrote it."),
    ]


def test_questions_that_open_paragraphs_are_headings_where_there_are_many() -> None:
    pairs = ["Is it old? It is new.", "May I touch it? You may not.", "Where is it? It is here."]
    assert [kind for kind, _ in outlined("\n\n".join(pairs))] == [H, P] * 3
    assert [kind for kind, _ in outlined("\n\n".join(pairs[:2]))] == [P] * 2


def test_the_first_lines_are_the_title() -> None:
    text = "Bread: an introduction\nNotes for beginners\n\nIs it hard?\n\nNot very.\n\nIs it quick?\n\nNot at all."
    assert headings(text) == [
        (1, "Bread: an introduction"),
        (2, "Notes for beginners"),
        (4, "Is it hard?"),
        (4, "Is it quick?"),
    ]
    assert headings("Is it hard?\n\nNot very.\n\nIs it quick?\n\nNot at all.") == [(4, "Is it hard?"), (4, "Is it quick?")]


def test_a_heading_above_an_address() -> None:
    text = "We bake bread and rolls on every day of the year.\n\nContact\nOld Mill\n5 Weir Lane\nmill@example.org"
    assert outlined(text)[1] == (H, "Contact")


def test_hard_wrapped_prose_is_one_paragraph() -> None:
    text = (
        "The tower was built in 1402 by a guild of weavers who wanted to see\n"
        "their sheep. Its bell weighs two tonnes and rings at noon. Visitors\n"
        "may climb it.\n"
        "Tickets are sold at the foot of the tower, where you can also leave\n"
        "your bags."
    )
    kinds = [(kind, words.split()[0], words.split()[-1]) for kind, words in outlined(text)]
    assert kinds == [(P, "The", "it."), (P, "Tickets", "bags.")]


def test_lines_that_were_not_wrapped_stay_apart() -> None:
    text = "Opening hours\nMonday: 9–17\nTuesday: 9–17\nFriday: closed\n\n3 High Street\nThornbeck\nTB1 2AB"
    assert outlined(text) == [
        (H, "Opening hours"),
        (P, "Monday: 9–17"),
        (P, "Tuesday: 9–17"),
        (P, "Friday: closed"),
        (P, "3 High Street"),
        (P, "Thornbeck"),
        (P, "TB1 2AB"),
    ]


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "▪", "✓"])
def test_bullets_are_left_out_of_items(bullet: str) -> None:
    text = f"Bring:\n\n  {bullet} a hat\n\n  {bullet} gloves that\n    keep you warm\n\nThank you for coming."
    assert outlined(text)[1] == (LI, "a hat")
    assert outlined(text)[2][1].split() == ["gloves", "that", "keep", "you", "warm"]
    assert outlined(text)[3] == (P, "Thank you for coming.")


def test_deeper_items_have_a_deeper_level() -> None:
    text = "- tools\n    - hammers\n    - saws\n- paint"
    assert [block.level for block in outline(plain(text))] == [1, 2, 2, 1]


def test_steps_are_items_and_numbered_headings_are_headings() -> None:
    steps = "1. Open the lid\n2. Fill in water\n3. Close the lid"
    assert [kind for kind, _ in outlined(steps)] == [LI, LI, LI]
    named = "Step 1: Open the lid.\nStep 2: Fill in water."
    assert outlined(named) == [(LI, "Open the lid."), (LI, "Fill in water.")]
    sections = "1. Water\n\nFill the tank with cold water.\n\n2. Heat\n\nTurn the knob until it clicks."
    assert [kind for kind, _ in outlined(sections)] == [H, P, H, P]


def test_items_whose_bullets_were_lost() -> None:
    text = "It helps with a number of things, including:\n\nmoss\n\nweeds\n\nslugs\n\nIt does not help with rain."
    assert [kind for kind, _ in outlined(text)] == [P, LI, LI, LI, P]


def test_columns_are_table_rows() -> None:
    text = "Room\tSeats\tPrice\nHall\t120\t£90\nStudio\t12\t£15\n\nAsk at the desk."
    assert [kind for kind, _ in outlined(text)] == [TH, TR, TR, P]
    text = "| Code | Meaning |\n|------|---------|\n| red  | stop    |\n| blue | go      |"
    assert [kind for kind, _ in outlined(text)] == [TH, TR, TR]
    text = "Adult        £9   all day\nChild        £4   all day\nDog          £1   all day"
    assert [kind for kind, _ in outlined(text)] == [TR, TR, TR]


def test_two_spaces_after_a_full_stop_are_no_columns() -> None:
    text = "It is cold.  Take a coat.\nIt is wet.  Take boots.\nIt is far.  Take food."
    assert {kind for kind, _ in outlined(text)} == {P}


def test_levels() -> None:
    text = (
        "NORTH HALL\nHIRE TERMS\n\n1. FEES\n\n1.1 You pay in advance.\n\n1.2 You pay in cash.\n\n"
        "Late payment\n\nWe charge interest after a week.\n\n2. KEYS\n\nKeys are at the desk.\n"
    )
    assert headings(text) == [(1, "NORTH HALL"), (2, "HIRE TERMS"), (3, "1. FEES"), (5, "Late payment"), (3, "2. KEYS")]


def test_questions_below_a_heading_without_text_belong_to_it() -> None:
    text = (
        "Shop\n\nWe sell tea and cups.\n\nTea\n\nIs it hot?\n\nYes, very.\n\n"
        "Is it black?\n\nAlso green.\n\nCups\n\nThey are blue ones."
    )
    assert headings(text) == [(1, "Shop"), (4, "Tea"), (5, "Is it hot?"), (5, "Is it black?"), (4, "Cups")]


def test_one_heading_in_capitals_does_not_swallow_the_rest() -> None:
    text = "Is it big?\n\nIt is huge.\n\nPRICES\n\nENTRY: £3.50/day\n\nIs it old?\n\nIt is new."
    assert headings(text) == [(4, "Is it big?"), (4, "PRICES"), (4, "Is it old?")]


def test_a_menu_is_no_run_of_headings() -> None:
    text = "Home\n\nWhat we do\n\nWho we are\n\nContact us\n\nImprint\n\nWe repair clocks of every age and every size."
    assert [words for kind, words in outlined(text) if kind is H] == ["Home", "Imprint"]


def test_a_heading_on_the_line_of_its_text() -> None:
    text = (
        "SOUTH HALL Welcome to the hall.\n\nWHERE CAN I PARK? Behind the hall, for an hour.\n\nPARKING You pay at the machine."
    )
    assert [words for kind, words in outlined(text) if kind is H] == ["SOUTH HALL", "WHERE CAN I PARK?", "PARKING"]
    assert run_in("NASA Engineers built it.") == 0
    assert run_in("DO NOT Open the door.") == 0


def test_markup_says_what_is_a_heading_but_a_lone_question_is_one_too() -> None:
    document = marked(
        (H, "Clocks", 1),
        (H, "Repairs", 2),
        (P, "Is it dear?", 0),
        (P, "Not at all.", 0),
        (P, "Old clocks", 0),
        (P, "They tick.", 0),
    )
    found = [(block.kind, document.text[block.start : block.end]) for block in outline(document)]
    assert found[2] == (H, "Is it dear?")
    assert found[4] == (P, "Old clocks")


def test_short_lines_are_headings_where_markup_marks_none() -> None:
    document = marked((P, "Old clocks", 0), (P, "They tick louder than new ones do.", 0))
    assert [block.kind for block in outline(document)] == [H, P]


def test_a_question_above_a_heading_is_no_heading() -> None:
    document = marked((H, "Clocks", 1), (P, "Any questions?", 0), (H, "Contact", 1), (P, "Ring us.", 0))
    assert [block.kind for block in outline(document)] == [H, P, H, P]


@pytest.mark.parametrize("line", ["Is it free?", "“Is it?”", "What is it? How can it help?", "本当ですか？"])
def test_questions(line: str) -> None:
    assert is_question(line)


@pytest.mark.parametrize("line", ["", "It is free.", "It is free. Is it?", "See https://example.org/?a=b", "a" * 400 + "?"])
def test_no_questions(line: str) -> None:
    assert not is_question(line)


def test_a_value_makes_no_title() -> None:
    assert is_title("Section 4: Complaints")
    assert is_capitals("WHO MAY USE THE HALL")
    for line in (
        "Parking: behind the hall",
        "desk@example.org",
        "Monday 9–5",
        "£3 a day",
        "in small letters",
        "It ends.",
        "and,",
    ):
        assert not is_title(line)
    for line in ("COPY: £0.40", "TB1", "Not All Capitals", "THIS IS A SENTENCE."):
        assert not is_capitals(line)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "", "Title", "IN CAPITALS", "Is it?", "- item", "1. step", "4.1 Clause one.", "A\tB", "So it is:", "£3"]
        ),
        st.text(st.characters(codec="utf-8"), max_size=60),
    ),
    max_size=30,
)


@given(LINES)
def test_blocks_are_in_order_and_leave_out_only_markers(lines: list[str]) -> None:
    text = "\n".join(lines)
    end = 0
    for block in outline(plain(text)):
        assert end <= block.start < block.end
        left_out = text[end : block.start].splitlines()
        assert all(sum(character.isalnum() for character in line) <= len("Question 123") for line in left_out)
        end = block.end


@given(LINES)
def test_markup_that_marks_nothing_changes_nothing(lines: list[str]) -> None:
    pieces = [line.strip() for line in lines if line.strip() and any(c.isalnum() for c in line)]
    document = marked(*((LI, piece, 1) for piece in pieces))
    assert outline(document) == document.blocks or any("\n" in piece for piece in pieces)


def test_block_kinds_are_kept() -> None:
    document = marked((H, "Rooms", 2), (TH, "Room Seats", 0), (TR, "Hall 120", 0), (LI, "one", 1))
    assert outline(document) == tuple(Block(b.kind, b.start, b.end, b.level) for b in document.blocks)
