"""Documents that contradict one another are found out; documents that agree in other words are left alone."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.consistency import Findings, find_conflicts, likeness_in
from bot.consistency.clashes import ConflictKind, clash
from bot.consistency.conflicts import Severity
from bot.consistency.statements import statement
from bot.judges import judges
from bot.resources import word_vectors
from knowledge.documents import Document
from knowledge.passages import split
from tests.corpus import document, plain

# Sentences of many subjects with a hole for a quantity: what it measures, and the sentence.
SENTENCES = {
    "time": [
        "A guided tour of the castle lasts {}.",
        "Library books are lent for {}.",
        "Your parcel will be delivered within {} of the order.",
        "The warranty on every washing machine runs for {}.",
        "Unpaid invoices are sent to a lawyer after {}.",
        "If you cancel your subscription, we keep your files for {}.",
    ],
    "length": ["The cable car climbs {} up the mountain.", "The swimming pool is {} long.", "Our longest hiking trail is {}."],
    "mass": ["Hand luggage may weigh up to {}.", "The front shelf holds at least {}.", "A full propane bottle weighs {}."],
    "money": [
        "A parking permit for residents costs {}.",
        "The deposit for the hall is {}.",
        "We charge {} for a lost locker key.",
    ],
}
SCALES = {
    "time": [("minutes", 60.0), ("hours", 3600.0), ("days", 86400.0), ("weeks", 604800.0)],
    "length": [("metres", 1.0), ("kilometres", 1000.0), ("centimetres", 0.01)],
    "mass": [("kilograms", 1.0), ("kg", 1.0), ("grams", 0.001)],
    "money": [("£{}", 1.0), ("{}p", 0.01)],
}
kinds = st.sampled_from(sorted(SENTENCES))
BOUNDED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def found_in(*documents: Document) -> Findings:
    return find_conflicts([(document, split(document)) for document in documents], word_vectors(), judges())


def copies(one: str, other: str) -> Findings:
    return found_in(plain(one, "a.txt"), plain(other, "b.txt"))


def written(number: int, unit: str) -> str:
    return unit.format(number) if "{}" in unit else f"{number} {unit}"


@BOUNDED
@given(kinds, st.data())
def test_a_changed_number_in_a_copy_is_flagged(kind: str, data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(SENTENCES[kind]))
    unit, _ = data.draw(st.sampled_from(SCALES[kind]))
    number = data.draw(st.integers(2, 400))
    other = data.draw(st.integers(2, 400).filter(lambda n: n != number))
    found = found_in(
        plain(sentence.format(written(number, unit)), "a.txt"), plain(sentence.format(written(other, unit)), "b.txt")
    )
    (conflict,) = found.conflicts
    assert conflict.kind in {ConflictKind.NUMERIC, ConflictKind.INTERVAL}
    assert [side.document for side in conflict.sides] == ["a.txt", "b.txt"]


@BOUNDED
@given(kinds, st.data())
def test_the_same_value_in_another_unit_is_not_flagged(kind: str, data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(SENTENCES[kind]))
    (large, size), (small, part) = data.draw(
        st.permutations(SCALES[kind]).map(lambda units: sorted(units[:2], key=lambda unit: -unit[1]))
    )
    number = data.draw(st.integers(2, 60))
    same = round(number * size / part)
    found = found_in(
        plain(sentence.format(written(number, large)), "a.txt"), plain(sentence.format(written(same, small)), "b.txt")
    )
    assert found.conflicts == ()


@BOUNDED
@given(kinds, st.data())
def test_an_unchanged_copy_is_not_flagged_and_sentences_of_other_things_are_not_either(kind: str, data: st.DataObject) -> None:
    unit, _ = data.draw(st.sampled_from(SCALES[kind]))
    numbers = data.draw(st.lists(st.integers(2, 400), min_size=3, max_size=3))
    text = "\n\n".join(
        sentence.format(written(number, unit)) for sentence, number in zip(SENTENCES[kind], numbers, strict=False)
    )
    assert copies(text, text).conflicts == ()


def test_the_library_disagrees_about_the_fine_and_the_dogs(library: tuple[Document, ...]) -> None:
    found = found_in(*library)
    values = {tuple(side.value for side in conflict.sides) for conflict in found.conflicts}
    assert ("20p a day", "15p a day for each late book") in {
        tuple(" ".join(value.split()) for value in pair) for pair in values
    }
    assert any("Dogs are not admitted" in conflict.sides[0].quote for conflict in found.conflicts)
    texts = {document.name: document.text for document in library}
    for conflict in found.conflicts:
        assert all(texts[side.document][side.start : side.end] == side.quote for side in conflict.sides)
        assert all(side.value in side.quote for side in conflict.sides)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("You must be at least 18 to join the gym.", "Anyone aged 16 or over can join the gym.", ConflictKind.NUMERIC),
        ("A locker key costs £4.", "We charge £6 for a locker key.", ConflictKind.NUMERIC),
        ("The museum shop is open from 9 am to 5 pm.", "Our museum shop is open from 10 am to 5 pm.", ConflictKind.INTERVAL),
        ("The new timetable applies from 1 May 2025.", "The new timetable takes effect on 1 June 2025.", ConflictKind.DATE),
        ("All visitors must wear a badge.", "Visitors do not have to wear a badge.", ConflictKind.MODALITY),
        ("Photography is prohibited in the chapel.", "You may use photography in the chapel.", ConflictKind.POLARITY),
        ("We do not accept cheques.", "You can pay by card or with cheques.", ConflictKind.POLARITY),
        ("No dogs may enter the garden.", "Dogs can enter the garden on a lead.", ConflictKind.POLARITY),
        ("We stopped taking cash at the ticket desk.", "You can pay in cash at the ticket desk.", ConflictKind.POLARITY),
        ("Only members may use the sauna.", "Day visitors can use the sauna as well.", ConflictKind.POLARITY),
        ("Breakfast is included in the price.", "Breakfast costs extra.", ConflictKind.POLARITY),
        ("The playground is closed all winter.", "The playground stays open all winter.", ConflictKind.POLARITY),
        (
            "Ties are welcome at dinner, but they are not compulsory.",
            "Everyone must wear a tie at dinner.",
            ConflictKind.MODALITY,
        ),
        ("You must use the skates that we provide.", "You may use skates of your own.", ConflictKind.POLARITY),
        ("The farm is open every day except 25 December.", "The farm is closed on 1 January.", ConflictKind.DATE),
        (
            "From 1 May to 30 September the pool is open from 9 am to 6 pm.",
            "The pool is open from 9 am to 7 pm from May to September.",
            ConflictKind.INTERVAL,
        ),
        ("The museum is open every day of the year.", "The museum is closed on 24 and 25 December.", ConflictKind.POLARITY),
    ],
)
def test_each_kind_of_contradiction_is_found(one: str, other: str, kind: ConflictKind) -> None:
    (conflict,) = copies(one, other).conflicts
    assert conflict.kind is kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A locker key costs £4.", "A towel costs £6."),
        ("The day ticket costs £12.", "The month ticket costs £40."),
        ("Tour guides must wear a badge.", "Visitors do not have to book."),
        ("Report a fire within 5 minutes.", "Report a lost key within 2 days."),
        ("When we opened we had 60 tables.", "The restaurant has 94 tables."),
        ("Members pay £8 for the class instead of the usual fee.", "The class costs £12."),
        ("The course lasts six weeks.", "You can leave the course after two weeks."),
        ("Do not run in the corridor while carrying a child.", "You may run in the garden."),
        ("Do not leave bags in the corridor.", "You can leave bags in the lockers."),
        ("Children under eight must not swim alone.", "Children over eight may swim alone."),
        ("Nobody is cut off between Christmas and New Year.", "A power cut stops the pumps."),
        ("The museum is open every day except 25 December.", "The museum is closed on 25 December."),
        ("Only members may use the sauna.", "Members can use the sauna until ten."),
        ("Students do not get a discount on Saturdays.", "Students get a discount from Monday to Friday."),
        ("No refunds are given after the start of the course.", "Refunds are given up to a week before the course."),
        ("From October to March the pool closes at 6 pm.", "The pool is closed on 23, 24 and 25 December."),
        ("In October the pool closes at 6 pm.", "The pool is closed on 3 June."),
        ("The pool is open from 7 am to 9 pm.", "On bank holidays the pool is open from 9 am to 1 pm."),
        ("From October to March the kiosk is open from 9 am to 4 pm.", "The kiosk is open from 9 am to 8 pm."),
        ("Bikes are not allowed in the hall, except folding bikes.", "Folding bikes are welcome in the whole hall."),
        ("On Good Friday the pool is open from 9 am to 1 pm.", "The pool is open from 9 am to 6 pm."),
        ("Nobody may enter the plant room, except staff.", "Staff may enter the plant room."),
        ("Lodgers are not insured, apart from students.", "Students are insured."),
        (
            "You do not have to book, except for parties of eight or more.",
            "There is a sauna for six people, which has to be booked.",
        ),
        ("You do not have to book, except for parties of eight or more.", "Parties of eight must book."),
    ],
)
def test_what_only_looks_alike_is_left_alone(one: str, other: str) -> None:
    assert copies(one, other).conflicts == ()


def test_a_rule_with_an_exception_still_clashes_with_what_denies_the_rule() -> None:
    (conflict,) = copies("Pets are not allowed in the flat, except cats.", "Pets are welcome in the flat.").conflicts
    assert conflict.kind is ConflictKind.POLARITY


def test_a_date_that_is_itself_stated_clashes_though_it_opens_the_sentence() -> None:
    (conflict,) = copies("On 3 March the pottery course starts.", "The pottery course starts on 9 March.").conflicts
    assert conflict.kind is ConflictKind.DATE


TICKETS = "# Day tickets\n\n| Ticket | At the gate |\n|---|---|\n| Child | £9 |\n| Family (up to three children) | £29 |"


@pytest.mark.parametrize(
    ("heading", "other", "clashes"),
    [
        ("Membership of the society", "- Family (up to four children): £60 a year", False),
        ("Membership of the society", "- Family (up to four children): £60", False),
        ("Swimming lessons", "One child in eight comes in free; further children pay £7.", False),
        ("Tickets for a day", "- Family (up to four children): £31", True),
        ("What does it cost?", "- Child: £5", True),
        ("Admission", "- Child: £5", True),
        ("Terms and conditions", "- Child: £5", True),
    ],
)
def test_a_short_label_means_what_stands_above_it(heading: str, other: str, clashes: bool, tmp_path: Path) -> None:
    tickets, page = tmp_path / "tickets.md", tmp_path / "page.md"
    tickets.write_text(TICKETS)
    page.write_text(f"# {heading}\n\n{other}")
    assert bool(found_in(document(tickets), document(page)).conflicts) is clashes


def test_rows_of_one_table_and_sentences_of_one_passage_are_made_to_differ() -> None:
    table = "Plan | Price\nStarter plan | £5 a month\nFamily plan | £9 a month\nStudent plan | £3 a month"
    prose = "The guide speaks for 20 minutes. Then the guide speaks for 40 minutes."
    assert copies(table, prose).conflicts == ()


def test_two_sections_of_one_document_are_compared() -> None:
    first = "REPLIES\n\nEvery written complaint gets a reply within 2 days."
    second = "RULES\n\nReplies to written complaints go out within 5 days."
    text = f"{first}\n\n{second}"
    (conflict,) = found_in(plain(text)).conflicts
    assert {side.document for side in conflict.sides} == {"note.txt"}


def test_a_conflict_keeps_its_name_while_its_sentences_stand() -> None:
    a, b = plain("A locker key costs £4.", "a.txt"), plain("We charge £6 for a locker key.", "b.txt")
    moved = plain("Welcome, and mind the step.\n\nWe charge  £6 for a locker key.", "b.txt")
    reworded = plain("We charge £7 for a locker key.", "b.txt")
    (before,), (after,) = found_in(a, b).conflicts, found_in(moved, a).conflicts
    (other,) = found_in(a, reworded).conflicts
    assert before.id == after.id != other.id


def test_the_older_document_is_named() -> None:
    old = Document("old.txt", "A locker key costs £4.", "Old", date="2019-03-01")
    new = Document("new.txt", "A locker key costs £6.", "New", date="2025-03-01")
    (conflict,) = found_in(old, new).conflicts
    assert conflict.superseded == "old.txt"
    assert conflict.severity is not Severity.HIGH


def test_near_duplicates_are_told_apart_from_conflicts() -> None:
    text = "Anything that is handed in is kept at the front desk for a while and then given to the charity shop next door."
    found = found_in(plain(text, "a.txt"), plain(f"{text} Ask there.", "b.txt"))
    assert found.conflicts == ()
    (duplicate,) = found.duplicates
    assert [found.passages[number][0].name for number in (duplicate.first, duplicate.second)] == ["a.txt", "b.txt"]


def test_findings_do_not_depend_on_the_order_of_the_documents(library: tuple[Document, ...]) -> None:
    forward, backward = found_in(*library), found_in(*reversed(library))
    assert forward.conflicts == backward.conflicts


def test_progress_is_told_to_the_end(library: tuple[Document, ...]) -> None:
    told: list[tuple[int, int]] = []
    find_conflicts(
        [(document, split(document)) for document in library], word_vectors(), judges(), lambda *done: told.append(done)
    )
    assert told[-1][0] == told[-1][1] > 0
    assert told == sorted(told)


def test_a_clash_of_two_statements_is_the_same_in_either_order() -> None:
    first, second = (
        statement(document, passage, sentence)
        for document in (plain("A locker key costs £4.", "a.txt"), plain("We charge £6 for a locker key.", "b.txt"))
        for passage in split(document)
        for sentence in passage.sentences
    )
    likeness = likeness_in((), word_vectors())
    forth, back = clash(first, second, likeness), clash(second, first, likeness)
    assert forth is not None
    assert back is not None
    assert (forth.first, forth.second, forth.likeness) == (back.second, back.first, back.likeness)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Your bill is taken by direct debit on the 5th of each month.", "Your bill is taken on the 12th of each month."),
        ("Each home can buy up to 40 guest tickets a year.", "A home may buy 60 guest tickets in any period of twelve months."),
        ("The pool closes at 9 pm on weekdays.", "The pool closes at 8.30 pm on weekdays so that it can be cleaned."),
        ("The pool closes at 9 pm.", "The pool is open from 7 am to 10 pm."),
    ],
)
def test_one_attribute_is_known_again_in_other_words(one: str, other: str) -> None:
    assert len(copies(one, other).conflicts) == 1


def test_hours_of_other_days_are_no_conflict() -> None:
    hours = "The line is open from 8 am to 8 pm on weekdays.", "The line is open from 10 am to 4 pm on Saturdays."
    assert copies(*hours).conflicts == ()
