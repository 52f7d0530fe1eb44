from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document
from knowledge.metadata import Metadata, MetadataError, applied, http_url, iso_date, language, read_rules, title_from

RULES = """
["*"]
lang = "en-GB"
audience = "staff"

["leaflets/*"]
audience = "public"

["leaflets/fees.pdf"]
title = "  Fees and\\n passes "
url = "https://example.org/fees?year=2025#day"
date = 2025-03-01
"""


def rules(folder: Path, text: str) -> Path:
    (folder / "documents.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_the_file_has_no_rules(tmp_path: Path) -> None:
    assert read_rules(tmp_path).for_name("a.txt") == Metadata()


def test_later_entries_win_key_by_key(tmp_path: Path) -> None:
    found = read_rules(rules(tmp_path, RULES))
    assert found.for_name("notes.txt") == Metadata(lang="en-GB", audience="staff")
    assert found.for_name("leaflets/2024/old.pdf") == Metadata(lang="en-GB", audience="public")
    assert found.for_name("leaflets/fees.pdf") == Metadata(
        title="Fees and passes",
        url="https://example.org/fees?year=2025#day",
        date="2025-03-01",
        lang="en-GB",
        audience="public",
    )


def test_a_name_is_found_however_its_accents_are_stored(tmp_path: Path) -> None:
    found = read_rules(rules(tmp_path, '["café.txt"]\ntitle = "Menu"\n'))
    assert found.for_name("cafe\u0301.txt").title == "Menu"


def test_the_owners_words_stand_over_the_documents_own() -> None:
    document = Document("a.md", "Text.", "Own title", url="https://example.org/a", date="2024", lang="de", audience="staff")
    assert applied(document, Metadata()) == document
    changed = applied(document, Metadata(title="New", lang="en", audience="public"))
    assert (changed.title, changed.url, changed.date, changed.lang, changed.audience) == (
        "New",
        "https://example.org/a",
        "2024",
        "en",
        "public",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('["a.txt"]\nauthor = "Bob"\n', r'\["a.txt"\]: author is not known; the keys are title, url, date, lang, audience'),
        ('["a.txt"]\naudience = "stuff"\n', r'\["a.txt"\]: audience must be "public" or "staff", not \'stuff\''),
        ('["a.txt"]\nurl = "javascript:alert(1)"\n', r"url must be an address that begins with http:// or https://"),
        ('["a.txt"]\nurl = "//example.org"\n', r"url must be an address"),
        ('["a.txt"]\ndate = "1 March 2025"\n', r"date must be a date like 2025-03-01"),
        ('["a.txt"]\ndate = 20250301\n', r"date must be a date"),
        ('["a.txt"]\nlang = "English language"\n', r"lang must be a language tag"),
        ('["a.txt"]\ntitle = ""\n', r"title must be a text of 1 to 300 characters"),
        ('["a.txt"]\ntitle = ["a"]\n', r"title must be a text"),
        ('title = "x"\n', r'"title" stands outside of an entry'),
        ('[a.txt]\ntitle = "x"\n', r'\[a.txt\] needs quotation marks: \["a.txt"\]'),
        ('["a.txt"\n', r"cannot be read as UTF-8 TOML"),
    ],
)
def test_a_mistake_is_named_by_file_entry_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(MetadataError, match=f"^documents.toml: .*{message}"):
        read_rules(rules(tmp_path, text))


def test_a_file_in_another_encoding_is_a_mistake_too(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_bytes(b'["caf\xe9.txt"]\ntitle = "x"\n')
    with pytest.raises(MetadataError, match="UTF-8"):
        read_rules(tmp_path)


def test_an_entry_for_no_file_is_a_mistake(tmp_path: Path) -> None:
    found = read_rules(rules(tmp_path, '["staf/*"]\naudience = "staff"\n'))
    with pytest.raises(MetadataError, match=r'\["staf/\*"\] matches no file'):
        found.check_all_used(["staff/a.txt"])
    found.check_all_used(["staf/a.txt"])


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("https://example.org/a%20b?c=d#e", True),
        ("http://localhost:8000", True),
        ("HTTPS://example.org", True),
        ("ftp://example.org", False),
        ("https://", False),
        ("https:///path", False),
        ("https://example.org/a b", False),
        ("https://example.org/\u0000", False),
        ('https://example.org/"onclick', False),
        ("https://[::1", False),
        ("data:text/html,x", False),
        ("/relative", False),
        ("https://example.org/" + "x" * 2000, False),
    ],
)
def test_an_address_is_http_and_absolute(address: str, is_good: bool) -> None:
    assert http_url(address) == (address if is_good else None)


@given(st.text())
def test_no_text_makes_the_checks_fail(text: str) -> None:
    for check in (http_url, iso_date, language):
        found = check(text)
        assert found is None or found.replace("_", "-") in text.replace("_", "-")


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-01T10:00:00+01:00", "2025-03-01"),
        ("2025-02-30", None),
        ("2025-13", None),
        ("20250301", None),
        ("01.03.2025", None),
    ],
)
def test_dates_are_iso_8601(stated: str, date: str | None) -> None:
    assert iso_date(stated) == date


def test_a_title_is_made_of_the_name() -> None:
    assert title_from("rules/terms-of_hire.v2.pdf") == "Terms of hire.v2"
    assert title_from("___.txt") == "___.txt"
