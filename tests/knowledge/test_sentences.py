import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.sentences import is_finished, split_sentences

# Letters, marks, quotes and line breaks in the mix that decides where a sentence ends, and any other character now and then.
PROSE = st.text(st.one_of(st.sampled_from("aAbZ19 .!?…\"'”»)(\n\t-•:;,/@。？¿"), st.characters(codec="utf-8")), max_size=200)


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Ask Dr. Miriam Osei first.", "She knows the house."],
        ["The walk takes approx. 45 min. at most.", "Bring water."],
        ["It takes approx. 45 min.", "Then we rest."],
        ["Tools, e.g. Hammers, i.e. the usual, nails etc. are lent.", "Bring towels, soap, etc.", "The rest is ours."],
        ["See No. 5 in the list.", "Is it free?", "No.", "Everybody pays."],
        ["Fig. 3 and Vol. 2 are on p. 17.", "So is Art. 9."],
        ["J. R. R. Tolkien read here.", "So did M. Twain.", "Nobody did so as often as I.", "The books are back."],
        ["Eat fruit with vitamin C.", "It helps."],
        ["LONG ROOM: $199.00/hour.", "Wash it 1-2x/day.", "Doors open at 10.30, tickets at 9.45.", "Version 6.2 is out."],
        ["We open at 9 a.m. Monday to Friday.", "We close at 5 p.m.", "Breakfast ends at 10 a.m.", "After that there is tea."],
        ["Closed since 2019.", "In 2026 it opens again."],
        ["Well... maybe not.", "Wait...", "What is it?!", "Yes!", "Go…", "Now."],
        ['"It is thick," she says.', "\"It is 'fine.'\"", "(See the table below.)", "It holds (most of the time).", "Good."],
        ["He said “Stop.”", "Then he left.", "«Basta.»", "Ciao."],
        ["Write to desk@example.org or see https://example.org/a.b?c=d.e for more.", "Also www.example.org.", "Bye."],
        ["U.S. Army maps are kept.", "They were printed in the U.S.", "They may be copied."],
        ["Acme Ltd. Bolton made the shelves.", "The maker is Acme Ltd.", "It no longer trades."],
        ["St. James is the patron.", "Avoid the sun.", "Wear a hat."],
        ["¿Duele?", "¡No!", "No duele.", "¿cuánto dura?", "Aprox. 30 minutos."],
        ["Am 31. Dezember geschlossen, z.B. Montag.", "Sonst offen."],
        ["क्या यह मुफ़्त है?", "हाँ।", "यह मुफ़्त है।"],
        ["هل هو مجاني؟", "نعم.", "هو كذلك."],
    ],
)
def test_sentences_separated_by_a_space(sentences: list[str]) -> None:
    assert pieces(" ".join(sentences)) == sentences


def test_full_width_marks_need_no_space() -> None:
    assert pieces("今日は晴れ。明日は「雨。」本当？はい！") == ["今日は晴れ。", "明日は「雨。」", "本当？", "はい！"]


@pytest.mark.parametrize(
    "text",
    [
        "it ends. but goes on in small letters",
        '"Is it free?" she asks.',
        "Adult ticket ........ £5",
        "2. Turn the key.",
        "It takes (approx. 30 min.) longer",
        "Prices from 1.20, i.e. less, etc., as shown",
        "“Best bread in town.” – Kim",
        "a.b.c.d.E",
        "Node.Js",
    ],
)
def test_one_sentence(text: str) -> None:
    assert pieces(text) == [text]


def test_a_line_break_is_a_space_but_a_blank_line_or_a_bullet_is_an_end() -> None:
    text = "A wrapped\nsentence. And\none more\n\nafter a blank line\n • first\n - second - half"
    assert pieces(text) == ["A wrapped\nsentence.", "And\none more", "after a blank line", "• first", "- second - half"]


def test_a_forgotten_space_is_an_end() -> None:
    assert pieces("The roof leaks.The cellar is dry.") == ["The roof leaks.", "The cellar is dry."]


def test_only_the_asked_for_stretch_is_split() -> None:
    text = "One. Two. Three."
    assert [span.of(text) for span in split_sentences(text, 5, 9)] == ["Two."]
    assert split_sentences(text, 4, 5) == []
    assert split_sentences("") == []


@given(PROSE)
@example("\u2029.\x1c\n\n\u200b")
@example("A.\r\n\r\nB. \ud800")
def test_pieces_cover_all_but_white_space_in_order_without_overlap(text: str) -> None:
    end = 0
    for span in split_sentences(text):
        assert span.start < span.end
        assert text[end : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip()
        end = span.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize("hostile", ["a.a.a.", '"', '."', ". ", "a. ", "\n ", "A. B. ", "...... ", "? ¿", "1. ", "(((", "。"])
def test_hostile_text_of_100_000_characters_is_covered(hostile: str) -> None:
    text = hostile * (100_000 // len(hostile))
    spans = split_sentences(text)
    assert sum(len("".join(span.of(text).split())) for span in spans) == len("".join(text.split()))


@pytest.mark.parametrize(
    ("text", "finished"),
    [("It ends.", True), ('It "ends."', True), ("本当？」", True), ("It ends", False), ("with:", False), ("", False)],
)
def test_is_finished(text: str, finished: bool) -> None:
    assert is_finished(text) is finished
