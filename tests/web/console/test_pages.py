"""What staff do in the console, from a page's form to what visitors are answered."""

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from bot.consistency.conflicts import Conflict
from bot.transcript import TurnRecord
from knowledge.schema import audit_log
from tests.web.console.conftest import Staff
from web import parts
from web.console.exports import safe

DOGS = "Can I bring my dog?"
NO_DOGS = {"question": DOGS, "document": "house-rules.txt", "quote": "Dogs are not admitted, except assistance dogs."}


def answer(app: Flask, question: str) -> dict[str, Any]:
    """What a visitor is told."""
    found: dict[str, Any] = app.test_client().post("/api/v1/ask", json={"question": question}).get_json()
    return found


def quotes(app: Flask, question: str) -> list[str]:
    return [citation["quote"] for citation in answer(app, question)["citations"]]


def put_up(staff: Staff, name: str, text: str) -> str:
    file = (io.BytesIO(text.encode()), name)
    return staff.post("documents/upload", {"file": file}, follow_redirects=True).text


def text_of(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def deeds(engine: Engine) -> list[tuple[str, str, str]]:
    with engine.connect() as connection:
        return [(row.who, row.action, row.subject) for row in connection.execute(select(audit_log).order_by(audit_log.c.id))]


# --- documents ------------------------------------------------------------------------------------------------------------


def test_what_is_put_up_is_live_only_after_it_was_published(alice: Staff, console: Flask) -> None:
    page = put_up(alice, "garden.txt", "THE GARDEN\n\nThe garden closes at 17.30 on weekdays.\n")
    assert "garden.txt is put up; it is not live yet." in page
    assert "17.30" not in " ".join(quotes(console, "When does the garden close?"))
    assert "The garden closes at 17.30" in alice.get("documents/view?name=garden.txt&draft=yes").text
    before = text_of(alice.get("documents/before").text)
    assert "new garden.txt" in before
    assert "There are no golden checks yet" in before
    draft = alice.post("try", {"question": "When does the garden close?", "release": "draft"})
    assert "17.30" in draft.text
    assert alice.publish().status_code == 303
    assert "17.30" in " ".join(quotes(console, "When does the garden close?"))
    assert "Waiting to be published" not in alice.get("documents").text


def test_before_publishing_every_answer_that_changes_is_shown_side_by_side(alice: Staff, console: Flask) -> None:
    put_up(alice, "questions.md", "# Questions\n\n### Can I bring my dog?\n\nOnly on Tuesdays, on a short lead.\n")
    before = text_of(alice.get("documents/before").text)
    assert "changed questions.md" in before
    assert re.search(r"Can I bring my dog\?.{0,80}Now Yes, well-behaved dogs are welcome.*Then Only on Tuesdays", before)
    assert re.search(r"(?:[3-9]|1\d) answers change, of", before)
    assert "welcome everywhere" in " ".join(quotes(console, DOGS))


def test_a_golden_check_stops_a_publication_until_somebody_overrides_it(alice: Staff, console: Flask, engine: Engine) -> None:
    alice.post("golden/add", {**NO_DOGS, "document": "questions.md", "quote": "well-behaved dogs are welcome everywhere"})
    put_up(alice, "questions.md", "# Questions\n\n### Can I bring my dog?\n\nOnly on Tuesdays, on a short lead.\n")
    assert "1 golden check breaks" in text_of(alice.get("documents/before").text)
    stopped = alice.publish()
    assert stopped.status_code == 409
    assert "Only on Tuesdays" in text_of(stopped.text)
    assert "well-behaved" in " ".join(quotes(console, DOGS))
    assert alice.publish({"override": "yes"}).status_code == 303
    assert "Only on Tuesdays, on a short lead." in quotes(console, DOGS)
    assert parts.of(console).store.publications()[0].overrode
    with engine.connect() as connection:
        [detail] = connection.execute(select(audit_log.c.detail).where(audit_log.c.action == "publish")).scalars()
    assert DOGS in detail["overrode"][0]
    assert "broken" in alice.get("golden").text


def test_a_document_is_removed_withdrawn_and_rolled_back(alice: Staff, console: Flask) -> None:
    alice.post("documents/remove", {"name": "questions.md"})
    alice.post("documents/withdraw", {"name": "questions.md"})
    assert alice.publish().status_code == 409
    alice.post("documents/remove", {"name": "questions.md"})
    assert "removed questions.md" in text_of(alice.get("documents/before").text)
    first = parts.of(console).edition.release
    alice.publish()
    assert parts.of(console).edition.contents.document_count == 2
    assert alice.post(f"releases/{first}/back").status_code == 303
    assert parts.of(console).edition.release == first
    assert "rolled back" in alice.get("releases").text
    assert alice.post(f"releases/{'0' * 32}/back").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("../../etc/passwd.txt", b"text", "has a name that cannot be used"),
        ("a" * 300 + ".txt", b"text", "has a name that cannot be used"),
        ("note\x01.txt", b"text", "has a name that cannot be used"),
        ("program.exe", b"MZ", "program.exe"),
        ("broken.pdf", b"no pdf at all", "broken.pdf"),
        ("broken.docx", b"PK\x03\x04 no archive", "broken.docx"),
    ],
)
def test_a_file_that_is_no_document_is_refused_and_says_why(alice: Staff, name: str, content: bytes, reason: str) -> None:
    files = {"file": [(io.BytesIO(content), name), (io.BytesIO(b"The garden is open."), "garden.txt")]}
    page = alice.post("documents/upload", files, follow_redirects=True)
    assert "Not put up: " in page.text
    assert reason in unescape(page.text)
    assert "garden.txt is put up" in page.text


def test_a_file_above_the_limit_is_not_read(make_app: Callable[..., Flask], console: Flask) -> None:
    app = make_app(data=parts.of(console).settings.data, upload_limit=1_000)
    staff = Staff(app.test_client())
    staff.sign_in("alice")
    assert "long.txt is larger than 0.001 MB" in put_up(staff, "long.txt", "x " * 600)
    file = (io.BytesIO(b"x" * 200_000), "huge.txt")
    assert staff.post("documents/upload", {"file": file}).status_code == 413


# --- conflicts ------------------------------------------------------------------------------------------------------------


def conflict_on(app: Flask, word: str) -> Conflict:
    from bot import checks
    from bot.resources import word_vectors

    found = checks.find(parts.of(app).edition, word_vectors()).conflicts
    return next(one for one in found if word in one.attribute)


def test_conflicts_are_shown_side_by_side_with_the_words_that_clash(alice: Staff) -> None:
    page = alice.get("conflicts").text
    assert "<mark>20p a day</mark>" in page
    assert re.search(r"We charge\s+<mark>15p a day", page)
    cells = re.findall(r"<bdi>(20p a day|15p a day[^<]*)</bdi>", page)
    assert len(cells) == 2


def test_what_was_decided_outlives_the_next_publication(alice: Staff, console: Flask) -> None:
    dogs = conflict_on(console, "dog")
    alice.post(f"conflicts/{dogs.id}", {"status": "not a conflict", "note": "assistance dogs only"})
    assert "2 conflicts that nobody has settled" in text_of(alice.get("conflicts").text)
    put_up(alice, "garden.txt", "The garden closes at 17.30 on weekdays.\n")
    alice.publish()
    page = text_of(alice.get("conflicts?show=all").text)
    assert re.search(r"not a conflict.{0,20}by alice.*assistance dogs only", page)
    alice.post(f"conflicts/{dogs.id}", {"status": "open", "show": "all"})
    assert "3 conflicts that nobody has settled" in text_of(alice.get("conflicts").text)


def test_no_conflict_is_told_of_one_that_staff_found_to_be_none_until_that_is_rolled_back(
    alice: Staff, console: Flask, engine: Engine
) -> None:
    first = parts.of(console).edition.release
    assert answer(console, DOGS)["outcome"] == "conflict"
    dogs = conflict_on(console, "dog")
    parsed = parts.of(console).edition.contents.release
    alice.post(f"conflicts/{dogs.id}", {"status": "not a conflict", "note": "assistance dogs only"})
    settled = parts.of(console).edition
    assert settled.release != first
    assert settled.contents.release == parsed  # nothing was read again
    assert answer(console, DOGS)["outcome"] == "answered"
    put_up(alice, "garden.txt", "The garden closes at 17.30 on weekdays.\n")
    alice.publish()
    assert answer(console, DOGS)["outcome"] == "answered"
    assert ("alice", "triage", dogs.attribute) in deeds(engine)
    alice.post(f"releases/{first}/back")
    assert answer(console, DOGS)["outcome"] == "conflict"
    assert "3 conflicts that nobody has settled" in text_of(alice.get("conflicts").text)


def test_what_a_visitor_is_told_to_differ_can_be_settled_where_it_is_tried(alice: Staff, console: Flask) -> None:
    question = "How long can I keep a book?"
    page = alice.post("try", {"question": question}).text
    assert "What differs" in page
    found = re.search(r'action="/staff/conflicts/(\w+)"', page)
    assert found
    assert "not found any more" in alice.post(f"conflicts/{found[1]}", {"status": "not a conflict"}).text
    alice.post(f"conflicts/{found[1]}", {"status": "not a conflict", "question": question})
    assert answer(console, question)["outcome"] == "answered"
    assert "What differs" not in alice.post("try", {"question": question}).text
    shown = text_of(alice.get("conflicts?show=all").text)
    assert re.search(r"Settled, and not found now.*not a conflict by alice", shown)
    alice.post(f"conflicts/{found[1]}", {"status": "open", "show": "all"})
    assert answer(console, question)["outcome"] == "conflict"


def test_a_conflict_that_is_opened_again_is_told_again(alice: Staff, console: Flask) -> None:
    dogs = conflict_on(console, "dog")
    alice.post(f"conflicts/{dogs.id}", {"status": "not a conflict"})
    alice.post(f"conflicts/{dogs.id}", {"status": "confirmed", "note": "it is one"})
    assert answer(console, DOGS)["outcome"] == "conflict"
    assert re.search(r"confirmed, by alice.*it is one", text_of(alice.get("conflicts").text))


def test_fixed_but_still_found_is_not_settled(alice: Staff, console: Flask) -> None:
    dogs = conflict_on(console, "dog")
    alice.post(f"conflicts/{dogs.id}", {"status": "fixed"})
    page = text_of(alice.get("conflicts").text)
    assert "3 conflicts that nobody has settled" in page
    assert "still found" in page


def test_a_preferred_source_is_shown_first(alice: Staff, console: Flask) -> None:
    dogs = conflict_on(console, "dog")
    assert alice.post(f"conflicts/{dogs.id}", {"status": "source preferred"}).status_code == 422
    other = {"status": "source preferred", "preferred": "visit.html"}
    assert alice.post(f"conflicts/{dogs.id}", other).status_code == 422
    alice.post(f"conflicts/{dogs.id}", {"status": "source preferred", "preferred": "house-rules.txt"})
    assert quotes(console, DOGS)[0].startswith("Dogs are not admitted")
    assert parts.of(console).edition.editorial.preferred == ("house-rules.txt",)
    alice.post(f"conflicts/{dogs.id}", {"status": "confirmed"})
    assert parts.of(console).edition.editorial.preferred == ()
    assert alice.post(f"conflicts/{'0' * 16}", {"status": "confirmed"}).status_code == 404
    assert alice.post(f"conflicts/{dogs.id}", {"status": "made up"}).status_code == 422


# --- trying and checking --------------------------------------------------------------------------------------------------


def test_a_try_explains_the_ranking_and_one_click_keeps_the_answer(alice: Staff, console: Flask) -> None:
    page = text_of(alice.post("try", {"question": "what does a lost crad cost"}).text)
    assert "A lost card is replaced for £3.50." in page
    assert "crad → card" in page
    assert re.search(r"Signal Value.*Word asked Met As Share", page)
    lost = {"question": "lost card?", "document": "house-rules.txt", "quote": "A lost card is replaced for £3.50."}
    alice.post("golden/add", lost)
    assert "holds" in alice.get("golden").text


def test_a_passage_is_never_answered_with_until_it_is_allowed_again(alice: Staff, console: Flask) -> None:
    page = alice.post("try", {"question": "Is there a ramp?"}).text
    found = re.search(r'name="passage" value="([^"]+)"', page)
    assert found
    alice.post("try/suppress", {"passage": found[1], "quote": "There is a ramp"})
    assert "ramp" not in " ".join(quotes(console, "Is there a ramp?"))
    assert "There is a ramp" in text_of(alice.get("try").text)
    alice.post("try/suppress", {"passage": found[1], "undo": "yes"})
    assert "ramp" in " ".join(quotes(console, "Is there a ramp?"))


def test_an_older_release_can_be_asked(alice: Staff, console: Flask) -> None:
    first = parts.of(console).edition.release
    alice.post("documents/remove", {"name": "questions.md"})
    alice.publish()
    assert "well-behaved" not in alice.post("try", {"question": DOGS}).text
    assert "well-behaved" in alice.post("try", {"question": DOGS, "release": first}).text
    assert alice.post("try", {"question": DOGS, "release": "made up"}).status_code == 404


def test_every_document_is_asked_by_itself(alice: Staff) -> None:
    page = text_of(alice.post("try", {"question": DOGS, "how": "documents"}).text)
    assert re.search(r"well-behaved dogs are welcome.*questions\.md.*Dogs are not admitted.*house-rules\.txt", page)
    assert re.search(r"Nothing in: visit\.html", page)


def test_a_text_is_held_against_the_documents_sentence_by_sentence(dora: Staff) -> None:
    text = "A loan runs for 30 days. Drinks with a lid are allowed. The library has a roof garden."
    page = text_of(dora.post("text", {"text": text}).text)
    assert "contradicted 1 not found 1 supported 1" in page
    assert re.search(
        r"contradicted A loan runs for 30 days\. A loan runs for 21 days\. house-rules\.txt · says otherwise", page
    )


# --- the editorial layer --------------------------------------------------------------------------------------------------


def test_a_curated_answer_is_what_visitors_get_and_an_overdue_one_is_told(alice: Staff, console: Flask) -> None:
    fields = {
        "questions": "May dogs come in?\nAre dogs allowed?",
        "document": ["house-rules.txt", ""],
        "quote": ["Dogs are not\nadmitted, except assistance dogs.", ""],
        "lead": "Please leave him at home.",
        "verify_by": "2020-01-31",
    }
    assert alice.post("curated/save", fields).status_code == 303
    told = answer(console, "are dogs allowed")
    assert told["owner_words"] == "Please leave him at home."
    assert [citation["quote"] for citation in told["citations"]] == ["Dogs are not admitted, except assistance dogs."]
    page = alice.get("curated").text
    assert "overdue" in page
    assert "1 curated answer overdue" in text_of(alice.get("").text).replace(" 1 ", "1 ", 1)
    name = re.findall(r'name="id" value="([^"]+)"', page)[0]
    assert "Please leave him at home." in alice.post("curated/form", {"id": name}).text
    alice.post("curated/save", {**fields, "id": name, "verify_by": "2999-01-01"})
    assert "overdue" not in alice.get("curated").text
    assert len(parts.of(console).edition.editorial.curated) == 1
    alice.post("curated/remove", {"id": name})
    assert answer(console, "are dogs allowed")["owner_words"] == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"questions": "", "document": "house-rules.txt", "quote": "Dogs are not admitted"},
        {"questions": "Dogs?", "document": "house-rules.txt", "quote": "Dogs are always admitted"},
        {"questions": "Dogs?", "document": "nowhere.txt", "quote": "Dogs are not admitted"},
        {"questions": "Dogs?", "document": "", "quote": ""},
        {"questions": "Dogs?", "document": "house-rules.txt", "quote": "Dogs are not admitted", "verify_by": "soon"},
    ],
)
def test_nothing_is_pinned_that_no_document_says(alice: Staff, console: Flask, fields: dict[str, str]) -> None:
    refused = alice.post("curated/save", fields)
    assert refused.status_code == 422
    assert "That did not work" in refused.text
    assert 'aria-label="Staff console"' in refused.text
    assert parts.of(console).edition.editorial.curated == ()


def test_words_for_staff_only_are_not_pinned_for_visitors(alice: Staff, console: Flask) -> None:
    put_up(alice, "desk.md", "---\naudience: staff\n---\n\n# Desk\n\nThe key to the safe hangs in the kitchen.\n")
    alice.publish()
    fields = {"questions": "Where is the key?", "document": "desk.md", "quote": "The key to the safe hangs in the kitchen."}
    refused = alice.post("curated/save", fields)
    assert refused.status_code == 422
    assert "for staff only" in refused.text
    assert "kitchen" not in " ".join(quotes(console, "Where is the key to the safe?"))
    assert "staff only" in alice.post("try", {"question": "Where is the key to the safe?"}).text


def test_what_cannot_hold_now_is_kept_as_a_golden_check_only_with_an_override(alice: Staff, console: Flask) -> None:
    wrong = {"question": "Is there a ramp?", "expects": "refusal"}
    told = alice.post("golden/add", wrong)
    assert told.status_code == 409
    assert "A golden check changes no answer" in text_of(told.text)
    assert "this one would stop everything from now on" in text_of(told.text)
    assert parts.of(console).edition.editorial.golden == ()
    assert alice.post("golden/add", {**wrong, "override": "yes"}).status_code == 303
    assert "broken" in alice.get("golden").text
    assert alice.post("golden/remove", {"id": parts.of(console).edition.editorial.golden[0].id}).status_code == 303


def test_a_wording_that_strays_is_named(alice: Staff) -> None:
    alice.post("wordings/add", {"questions": "What does a lost card cost?\nlost card, cost?\nIs there a ramp?"})
    page = text_of(alice.get("wordings").text)
    assert "several answers" in page
    assert "Is there a ramp? strays" in page
    assert alice.post("wordings/add", {"questions": "Only one?"}).status_code == 422


def test_an_urgent_word_is_answered_with_the_owners_text_until_it_is_taken_away(
    alice: Staff, console: Flask, engine: Engine
) -> None:
    alice.post("urgent/add", {"words": "Smoke, fire", "text": "Leave the building."})
    alice.post("urgent/add", {"words": "smoke, smell of gas", "text": "Ring 0800 111 999."})
    told = answer(console, "I can see SMOKE in the reading room")
    assert (told["outcome"], told["owner_words"], told["citations"]) == ("urgent", "Ring 0800 111 999.", [])
    assert answer(console, "there is a fire")["owner_words"] == "Leave the building."
    page = text_of(alice.get("urgent").text)
    assert "fire Leave the building." in page
    assert "smoke, smell of gas Ring 0800 111 999." in page
    alice.post("urgent/remove", {"words": "smoke,smell of gas"})
    assert answer(console, "I can see smoke in the reading room")["outcome"] != "urgent"
    assert ("alice", "add urgent words", "smoke, fire") in deeds(engine)
    assert ("alice", "remove urgent words", "smoke, smell of gas") in deeds(engine)
    assert '"fire","Leave the building."' in alice.get("exports/urgent-words.csv").text
    for wrong in ({"words": "!!!, ,", "text": "Leave."}, {"words": "fire", "text": " "}):
        assert alice.post("urgent/add", wrong).status_code == 422


def test_synonyms_are_understood_and_groups_that_share_a_word_are_joined(alice: Staff, console: Flask) -> None:
    alice.post("synonyms/add", {"words": "dog, Pooch"})
    alice.post("synonyms/add", {"words": "hound, dog"})
    assert "pooch dogs synonym" in text_of(alice.post("try", {"question": "Is a pooch admitted?"}).text)
    assert parts.of(console).edition.editorial.synonyms == (("hound", "dog", "pooch"),)
    alice.post("synonyms/remove", {"words": "hound,dog,pooch"})
    assert parts.of(console).edition.editorial.synonyms == ()


# --- what visitors ask ----------------------------------------------------------------------------------------------------


def test_where_questions_are_not_kept_the_console_says_so_and_asks_the_headings(alice: Staff) -> None:
    assert "Visitors’ questions are not kept" in alice.get("").text
    page = text_of(alice.get("review").text)
    assert "are not kept, so this page asks the documents’ own headings" in page


@pytest.fixture
def busy(logging_console: Flask) -> Staff:
    """Three ways to ask for a pool, one for a ramp, one voted down."""
    client = logging_console.test_client()
    for question in ("Is there a swimming pool?", "where is the swimming pool", "a swimming pool?", "Is there a ramp?"):
        client.post("/api/v1/ask", json={"question": question})
    voted = client.post("/api/v1/ask", json={"question": "What does a lost card cost?"}).get_json()
    log = parts.of(logging_console).log
    assert log
    log.close()
    client.post("/api/v1/feedback", json={"id": voted["id"], "helpful": False, "comment": "too dear"})
    staff = Staff(logging_console.test_client())
    staff.sign_in("alice")
    return staff


def test_a_question_is_shown_as_it_was_typed_and_apart_from_it_what_it_was_read_as(logging_console: Flask) -> None:
    client = logging_console.test_client()
    first = client.post("/api/v1/ask", json={"question": "How long can I keep a book?"}).get_json()
    after = {"question": "and a submarine?", "conversation": first["conversation"]}
    assert client.post("/api/v1/ask", json=after).get_json()["query"] != "and a submarine?"
    log = parts.of(logging_console).log
    assert log
    log.close()
    staff = Staff(logging_console.test_client())
    staff.sign_in("alice")
    for page in ("review", ""):
        shown = staff.get(page).text
        assert "<bdi>and a submarine?</bdi> <span" in shown
        assert re.search(r"read, after what was asked before, as <q[^>]*>[^<]*submarine", shown)
        assert "<bdi>How long can I keep a book?</bdi> <span" not in shown


def test_many_ways_of_asking_are_one_row_and_one_click_settles_them(busy: Staff, logging_console: Flask) -> None:
    page = busy.get("review").text
    assert "3 × · no answer" in text_of(page)
    assert "2 other ways of asking" in text_of(page)
    assert re.search(r"What does a lost card cost\?.*voted not helpful.*too dear", text_of(page))
    pool = next(card for card in page.split("<article") if "swimming" in card)
    ids = re.findall(r'name="id" value="([^"]+)"', pool)
    assert len(ids) == 3
    busy.post("review/decide", {"id": ids, "decision": "dismissed"})
    assert "swimming" not in busy.get("review").text
    reviews = [one.review for one in kept(logging_console) if one.id in ids]
    assert reviews == ["dismissed"] * 3
    assert busy.post("review/decide", {"id": ids, "decision": "made up"}).status_code == 422


def kept(app: Flask) -> list[TurnRecord]:
    return list(parts.of(app).transcript.export())


def test_the_overview_counts_what_was_asked(busy: Staff) -> None:
    page = text_of(busy.get("").text)
    assert "no answer 3" in page
    assert re.search(r"What is asked most.*swimming pool.*and 2 other ways of asking", page)


def test_what_is_asked_can_be_exported(busy: Staff) -> None:
    rows = busy.get("exports/questions.json").get_json()
    assert len(rows) == 5
    assert {row["outcome"] for row in rows} >= {"no_answer", "answered"}
    assert busy.get("exports/questions.csv").text.count("\n") == 6
    assert "alice export questions" in text_of(busy.get("audit").text)


# --- everywhere -----------------------------------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"


def test_nothing_that_anybody_typed_is_markup(alice: Staff, console: Flask) -> None:
    put_up(alice, "<b>bold<b>.md", f"---\ntitle: {HOSTILE}\n---\n\n# Is it {HOSTILE}\n\nIt is {HOSTILE} here.\n")
    alice.post("golden/add", {"question": HOSTILE, "expects": "refusal"})
    alice.post("synonyms/add", {"words": f"dog, {HOSTILE[:60]}"})
    alice.post("wordings/add", {"questions": f"{HOSTILE}\nx {HOSTILE}"})
    dogs = conflict_on(console, "dog")
    alice.post(f"conflicts/{dogs.id}", {"status": "confirmed", "note": HOSTILE})
    fields = {"questions": HOSTILE, "document": "house-rules.txt", "quote": "Dogs are not admitted", "lead": HOSTILE}
    alice.post("curated/save", fields)
    alice.publish({"override": "yes"})
    pages = [alice.get(path).text for path in ("", "review", "conflicts", "documents", "releases", "try", "golden", "wordings")]
    pages += [alice.get(path).text for path in ("synonyms", "curated", "audit", "documents/view?name=%3Cb%3Ebold%3Cb%3E.md")]
    pages += [alice.post("try", {"question": HOSTILE}).text, alice.post("try", {"question": HOSTILE, "how": "documents"}).text]
    pages += [alice.post("text", {"text": f"Dogs are {HOSTILE}."}).text, alice.post("curated/form", fields).text]
    pages += [alice.post("synonyms/add", {"words": HOSTILE}).text, alice.post("in", {"name": HOSTILE, "next": HOSTILE}).text]
    assert sum("alert(1)" in page for page in pages) >= 9
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>" not in page
        assert ">49" not in page
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", re.sub(r"&lt;.*?&gt;", "", page))


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", " =", "\n=", "＝"])
def test_no_cell_is_a_formula(begin: str) -> None:
    assert safe(f"{begin}1+1").startswith("'")
    assert safe("1+1") == "1+1"
    assert safe(None) == ""


def test_every_table_is_exported_in_both_kinds(alice: Staff) -> None:
    alice.post("synonyms/add", {"words": "=hyperlink(1), dog"})
    for table in re.findall(r"/staff/exports/([\w-]+)\.csv", alice.get("exports").text):
        csv, json = alice.get(f"exports/{table}.csv"), alice.get(f"exports/{table}.json")
        assert (csv.status_code, json.status_code) == (200, 200)
        assert "attachment" in csv.headers["Content-Disposition"]
        assert isinstance(json.get_json(), list)
    assert '"\'=hyperlink(1), dog"' in alice.get("exports/synonyms.csv").text
    assert alice.get("exports/staff.csv").status_code == 404


def test_who_did_what_is_in_the_audit_log(alice: Staff, enter: Callable[[str], Staff], engine: Engine) -> None:
    bob = enter("bob")
    alice.post("synonyms/add", {"words": "dog, hound"})
    bob.post("golden/add", NO_DOGS)
    found = deeds(engine)
    assert ("alice", "add synonyms", "dog, hound") in found
    assert ("bob", "add golden check", DOGS) in found
    page = text_of(alice.get("audit").text)
    assert page.index("add golden check") < page.index("add synonyms") < page.index("sign in")


def test_a_stale_index_is_said_on_the_first_page(alice: Staff, console: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts.of(console).editions, "_unusable", "release abc cannot be opened: flipped byte")
    assert "flipped byte" in alice.get("").text
