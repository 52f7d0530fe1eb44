"""Which words are shown of the sentence that was found, and that nothing is shown twice."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from bot.candidates import Candidate
from bot.quoting import LONGEST_QUOTE, SHORT_PASSAGE, citation, distinct, quoted_span, same_words, says_the_same
from bot.traits import traits
from knowledge.documents import BlockKind, Document
from knowledge.passages import split
from tests.corpus import documents, marked, plain

H, P, LI = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
LONG = (
    "The boathouse by the old bridge has stood there through three floods and one fire; nobody has ever thought of moving it."
)


def candidates(*given: Document) -> Iterator[Candidate]:
    """Every sentence of the documents, the first with the highest score, all far apart."""
    position, score = 0, 1000.0
    for document in given:
        for passage in split(document):
            for number, sentence in enumerate(passage.sentences):
                if sentence.quotable:
                    yield Candidate(position, number, document, passage, (), score)
                    score -= 10
            position += 1


def holding(words: str, *given: Document) -> Candidate:
    return next(candidate for candidate in candidates(*given) if words in candidate.text)


def quoted(words: str, *given: Document) -> str:
    candidate = holding(words, *given)
    return quoted_span(candidate).of(candidate.document.text)


def test_one_sentence_of_a_long_passage_is_quoted_alone() -> None:
    note = plain(f"{LONG} Boats go out at nine. {LONG}")
    assert quoted("nine", note) == "Boats go out at nine."


def test_a_sentence_that_points_back_takes_along_what_it_points_to() -> None:
    note = plain(f"{LONG} A double costs £12. It seats two. They sit behind each other. {LONG}")
    assert quoted("seats two", note) == "A double costs £12. It seats two."
    assert quoted("behind", note) == "A double costs £12. It seats two. They sit behind each other."


def test_a_short_passage_is_quoted_whole(library: tuple[Document, ...]) -> None:
    whole = quoted("Four weeks", *library)
    assert whole == "Four weeks. If nobody is waiting for it, you can renew it three times, online or by phone."
    assert len(whole) <= SHORT_PASSAGE


def test_an_item_brings_its_lead_in_and_the_whole_list(library: tuple[Document, ...]) -> None:
    shown = quoted("maps printed", *library)
    assert shown.startswith("The following are never lent:")
    assert shown.endswith("the parish registers")


def test_of_a_long_list_nothing_behind_the_item_is_shown_and_of_a_very_long_one_the_item() -> None:
    items = [(LI, f"Oar number {n}, which hangs on the wall behind the third boat from the left", 1) for n in range(9)]
    note = marked((P, "We lend:", 0), *items)
    third, last = quoted("number 2", note), quoted("number 8", note)
    assert third.startswith("We lend:")
    assert third.endswith(items[2][1])
    assert last == items[8][1]


def test_a_table_row_and_a_price_line_stand_alone(library: tuple[Document, ...]) -> None:
    assert quoted("Saturday", *library).split() == ["Saturday", "10.00", "16.00"]
    assert quoted("COLOUR COPY", *library) == "COLOUR COPY: 40p/page"


def test_two_sentences_side_by_side_that_fit_nearly_as_well_are_quoted_together() -> None:
    note = plain(f"{LONG} Boats go out at nine. Lamps must be lit by eight. {LONG}")
    first, second = holding("nine", note), holding("eight", note)
    apart = [quote.cited(1).quote for quote in distinct([first, second], 3)]
    assert apart == ["Boats go out at nine.", "Lamps must be lit by eight."]
    close = Candidate(second.position, second.number, note, second.passage, (), first.score - 1)
    assert [quote.cited(1).quote for quote in distinct([first, close], 3)] == [
        "Boats go out at nine. Lamps must be lit by eight."
    ]


def test_a_citation_says_where_it_stands() -> None:
    note = Document("rules.pdf", f"{LONG}\n\nBoats go out at nine.", "Rules", pages=(0, len(LONG)), date="2026-02-03")
    cited = citation(holding("nine", note))
    assert note.text[cited.start : cited.end] == cited.quote
    assert (cited.document.id, cited.document.name, cited.document.date, cited.page) == (note.id, "rules.pdf", "2026-02-03", 2)


def test_the_heading_above_a_quote_is_told() -> None:
    note = marked((H, "How early?", 2), (P, "Boats go out at nine.", 0))
    assert citation(holding("nine", note)).heading == "How early?"


def test_what_says_the_same_elsewhere_is_named_beside_it_once() -> None:
    ours, theirs = (
        plain("Boats go out at nine. Bring a hat.", "ours.txt"),
        plain("Boats go out at nine. Bring a hat.", "theirs.txt"),
    )
    [quote] = distinct(list(candidates(ours, theirs)), 3)
    cited = quote.cited(1)
    assert cited.document.name == "ours.txt"
    assert [(other.document.name, other.quote) for other in cited.also] == [
        ("theirs.txt", "Boats go out at nine. Bring a hat.")
    ]


def test_other_numbers_say_something_else() -> None:
    ours, theirs = plain("Boats go out at 9 in summer.", "ours.txt"), plain("Boats go out at 8 in summer.", "theirs.txt")
    assert not says_the_same(*candidates(ours, theirs))
    assert [quote.cited(1).document.name for quote in distinct(list(candidates(ours, theirs)), 3)] == ["ours.txt", "theirs.txt"]


def test_no_more_than_asked_for_but_every_place_of_the_best_one() -> None:
    notes = [plain(f"{name} go out at nine. {LONG}", f"{name}.txt") for name in ("Boats", "Swans", "Dogs", "Crews")]
    twin = plain("Boats go out at nine.", "twin.txt")
    quotes = distinct([c for c in candidates(*notes, twin) if "nine" in c.text], 2)
    assert [quote.best.document.name for quote in quotes] == ["Boats.txt", "Swans.txt"]
    assert [other.best.document.name for other in quotes[0].also] == ["twin.txt"]


EVERYTHING = list(candidates(*documents()))


@given(st.permutations(EVERYTHING), st.lists(st.floats(0, 3), min_size=len(EVERYTHING), max_size=len(EVERYTHING)))
def test_whatever_comes_first_quotes_are_verbatim_whole_and_never_overlap(order: list[Candidate], gaps: list[float]) -> None:
    score, ranked = 100.0, []
    for candidate, gap in zip(order, gaps, strict=True):
        score -= gap
        ranked.append(Candidate(candidate.position, candidate.number, candidate.document, candidate.passage, (), score))
    cited = [quote.cited(n) for n, quote in enumerate(distinct(ranked, 3), 1)]
    assert len(cited) == 3
    taken: set[tuple[str, int]] = set()
    for citation_ in (c for one in cited for c in (one, *one.also)):
        document = next(c.document for c in EVERYTHING if c.document.id == citation_.document.id)
        assert document.text[citation_.start : citation_.end] == citation_.quote
        assert citation_.quote == citation_.quote.strip()
        assert len(citation_.quote) <= LONGEST_QUOTE
        places = {(document.id, n) for n in range(citation_.start, citation_.end)}
        assert not taken & places
        taken |= places


@given(
    st.lists(st.sampled_from("abcdefghijklmnop12"), max_size=20), st.lists(st.sampled_from("abcdefghijklmnop12"), max_size=20)
)
def test_two_texts_say_the_same_by_four_fifths_of_their_words(first: list[str], second: list[str]) -> None:
    a, b = set(first), set(second)
    figures = {"1", "2"}
    expected = a & figures == b & figures and len(a & b) >= 0.8 * max(1, len(a | b))
    assert same_words(traits(" ".join(first)), traits(" ".join(second))) == expected
