"""What staff see where nothing can be written: what is wrong, what to do, and that nothing was changed."""

import errno
import io
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from bot.publishing import publish
from bot.publishing.publications import USUAL
from knowledge.drafts import drafts
from tests.bot.test_own_encoder import DogsAndOthers
from tests.corpus import FOLDER
from tests.web.console.conftest import Staff
from tests.web.console.test_pages import answer, put_up
from web import parts


def test_on_a_full_disk_an_upload_says_so_and_the_old_release_serves(alice: Staff, console: Flask) -> None:
    before = answer(console, "Can I bring my dog?")
    engine = parts.of(console).store.engine

    def fill(connection: sqlite3.Connection, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # no page can be added to those that are there

    alice.get("documents")
    event.listen(engine, "checkout", fill)
    page = put_up(alice, "long.txt", "The garden closes at 17.30 on weekdays.\n\n" * 2_000)
    event.remove(engine, "checkout", fill)
    assert "Nothing was changed" in page
    assert "free some space on the disk" in page
    assert "long.txt" not in alice.get("documents").text
    assert answer(console, "Can I bring my dog?")["answer"] == before["answer"]


def test_on_a_full_disk_a_publication_says_so_and_the_old_release_serves(
    alice: Staff, console: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_up(alice, "long.txt", "The garden closes at 17.30 on weekdays.")
    before = parts.of(console).edition.release

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        told = alice.publish()
    assert told.status_code == 507
    assert "free some space" in told.text
    assert "Nothing was changed" in told.text
    assert parts.of(console).edition.release == before
    assert alice.publish().status_code == 303
    assert parts.of(console).edition.release != before


def test_a_reader_of_documents_that_does_not_start_is_said(alice: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.child.COMMAND", ("-c", "raise SystemExit(3)"))
    told = alice.post("documents/upload", {"file": (io.BytesIO(b"Words."), "a.txt")})
    assert told.status_code == 503
    assert "the reader of documents does not start" in told.text


def test_a_release_that_was_made_with_another_sentence_model_is_said(alice: Staff, console: Flask) -> None:
    here = parts.of(console)
    here.editions.close()  # it would make the files anew as soon as it saw them live
    other = publish(here.store, FOLDER, here.settings.data, replace(USUAL, encoder=DogsAndOthers())).release
    publish(here.store, FOLDER, here.settings.data)
    told = alice.post("try", {"question": "Can I bring my dog?", "release": other})
    assert told.status_code == 503
    assert "`meaning`" in told.text


def test_a_number_that_no_entry_has_leads_nowhere(alice: Staff) -> None:
    assert alice.get("audit?before=99999999999999999999").status_code == 200
    assert alice.get(f"audit?before={'9' * 5_000}").status_code == 200


def test_while_somebody_else_writes_staff_are_told_to_try_again(
    alice: Staff, console: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = parts.of(console).store.engine

    def hurry(connection: sqlite3.Connection, *_: Any) -> None:
        connection.execute("PRAGMA busy_timeout = 50")

    event.listen(engine, "checkout", hurry)
    token = alice.token()
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        response = alice.client.post("/staff/synonyms/add", data={"csrf_token": token, "words": "dog, hound"})
        other.execute("ROLLBACK")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "try again" in response.text
    assert "hound" not in alice.get("synonyms").text


def test_a_name_of_a_file_leads_nowhere_and_is_shown_as_text(alice: Staff, console: Flask) -> None:
    for name in (
        "../../etc/cron.d/x.txt",
        "..\\..\\x.txt",
        "/etc/x.txt",
        "a\0b.txt",
        "CON",
        "n" * 300 + ".txt",
        "<b>x</b>.txt",
    ):
        page = put_up(alice, name, "The garden closes at 17.30 on weekdays.")
        assert "<b>x</b>" not in page
    names = [draft.name for draft in drafts(parts.of(console).store.engine)]
    assert names == ["<b>x</b>.txt"]
