"""What is said of documents beside their text: put up with a file, kept for the file that takes its place, changed later."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from bot.publishing import publish
from tests.web.console.conftest import Staff
from tests.web.console.test_pages import quotes, text_of
from web import parts

RULES = """["charges.md"]
title = "What it costs"
url = "https://library.example/charges"
date = 2024-01-05

["rota.txt"]
title = "Night rota"
audience = "staff"
"""
ROTA = "NIGHT ROTA\n\nOn Friday nights Morag Sinclair locks the building.\n"
NIGHTS = "Who locks the building on Friday nights?"


def put_up(staff: Staff, name: str, text: str, **said: str) -> str:
    return text_of(
        staff.post("documents/upload", {"file": (io.BytesIO(text.encode()), name), **said}, follow_redirects=True).text
    )


def go_live(staff: Staff) -> None:
    assert "Nothing is put up" not in staff.get("documents/before").text
    seen = re.search(r'name="seen" value="([^"]*)"', staff.get("documents/before").text)
    staff.post("documents/publish", {"seen": unescape(seen[1])} if seen else {})


def described(staff: Staff, name: str, draft: str = "yes") -> dict[str, str]:
    page = staff.get(f"documents/view?name={name}&draft={draft}").text
    found = {key: unescape(value) for key, value in re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', page)}
    chosen = re.search(r'<option value="(\w+)" selected>', page)
    return {**found, "audience": chosen[1] if chosen else ""}


def row_of(staff: Staff, name: str) -> str:
    page = staff.get("documents").text
    rows: list[str] = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    return next(row for row in rows if f"<bdi>{name}</bdi>" in row)


@pytest.fixture
def library(console: Flask, tmp_path: Path) -> Flask:
    """Two documents are live that documents.toml says something of."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "charges.md").write_text("# Charges\n\nA lost card costs 3 pounds.\n")
    (folder / "rota.txt").write_text(ROTA)
    (folder / "documents.toml").write_text(RULES)
    here = parts.of(console)
    publish(here.store, folder, here.settings.data)
    here.editions.refresh()
    return console


def test_a_file_for_staff_only_is_never_shown_to_a_visitor(alice: Staff, console: Flask) -> None:
    page = put_up(alice, "rota.txt", ROTA, audience="staff", title="Night rota", date="2026-10-01")
    assert "Its title is “Night rota”, and it is for staff only." in page
    assert "staff only “Night rota”, new or changed" in page
    go_live(alice)
    assert "Morag" not in " ".join(quotes(console, NIGHTS))
    assert "staff only" in row_of(alice, "rota.txt")
    assert "staff only" not in row_of(alice, "house-rules.txt")


def test_a_new_file_is_for_visitors_and_the_page_says_so(alice: Staff) -> None:
    assert "and it is for visitors." in put_up(alice, "garden.txt", "The garden closes at 17.30 on weekdays.")


def test_a_file_keeps_what_was_said_of_the_one_that_it_replaces(alice: Staff, library: Flask) -> None:
    put_up(alice, "charges.md", "# Fees\n\nA lost card costs 4 pounds.\n")
    put_up(alice, "rota.txt", ROTA.replace("Morag", "Mairi"))
    go_live(alice)
    contents = parts.of(library).edition.contents
    charges, rota = (found[0] for name in ("charges.md", "rota.txt") if (found := contents.named(name)))
    assert "4 pounds" in charges.text
    assert (charges.title, charges.url, charges.date) == ("What it costs", "https://library.example/charges", "2024-01-05")
    assert (rota.title, rota.audience) == ("Night rota", "staff")
    assert "Mairi" not in " ".join(quotes(library, NIGHTS))


def test_what_the_form_says_goes_first_and_the_file_s_own_date_before_the_old_one(alice: Staff, library: Flask) -> None:
    put_up(alice, "charges.md", "---\ndate: 2026-02-02\ntitle: Mine\n---\nA lost card costs 4 pounds.\n", title="Fees")
    found = described(alice, "charges.md")
    assert (found["title"], found["date"], found["url"]) == ("Fees", "2026-02-02", "https://library.example/charges")


def test_what_is_said_of_a_live_document_can_be_changed(alice: Staff, library: Flask) -> None:
    found = described(alice, "charges.md", draft="no")
    page = alice.post("documents/describe", {**found, "title": "Fees", "url": "", "audience": "staff"}, follow_redirects=True)
    assert "Its title is “Fees”, and it is for staff only." in text_of(page.text)
    assert "Another version of it waits to be published" in alice.get("documents/view?name=charges.md").text
    go_live(alice)
    charges, _ = parts.of(library).edition.contents.named("charges.md") or pytest.fail("it is gone")
    assert (charges.title, charges.url, charges.date, charges.audience) == ("Fees", None, "2024-01-05", "staff")
    assert "3 pounds" in charges.text


def test_nobody_describes_what_somebody_else_has_changed_meanwhile(alice: Staff, library: Flask) -> None:
    found = described(alice, "charges.md", draft="no")
    put_up(alice, "charges.md", "A lost card costs 5 pounds.")
    answer = alice.post("documents/describe", {**found, "title": "Fees"})
    assert answer.status_code == 409
    assert "Somebody has changed charges.md meanwhile" in answer.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"date": "1 May"}, "date must be a date like 2025-03-01"),
        ({"url": "javascript:alert(1)"}, "url must be an address"),
        ({"audience": "everybody"}, "audience must be"),
        ({"lang": "zz-bad-!!"}, "lang must be a language tag"),
    ],
)
def test_what_cannot_be_said_of_a_document_is_refused_in_words(alice: Staff, wrong: dict[str, str], words: str) -> None:
    answer = alice.post("documents/upload", {"file": (io.BytesIO(b"The garden is open."), "garden.txt"), **wrong})
    assert answer.status_code == 422
    assert words in unescape(answer.text)


def test_one_title_is_not_given_to_two_files(alice: Staff) -> None:
    files = [(io.BytesIO(b"The garden is open."), name) for name in ("garden.txt", "yard.txt")]
    assert alice.post("documents/upload", {"file": files, "title": "Outside"}).status_code == 422
    assert (
        alice.post("documents/upload", {"file": (io.BytesIO(b"The garden is open."), "garden.txt"), "title": "A"}).status_code
        == 303
    )


def test_asking_every_document_says_which_are_for_staff(alice: Staff, library: Flask) -> None:
    page = text_of(alice.post("try", {"question": NIGHTS, "how": "documents"}).text)
    assert "confidence" in page
    assert "staff only" in page
    assert "charges.md" in page and "charges.md staff only" not in page
