from pathlib import Path
from typing import Any

import pytest

from web.options import Colours, Contact
from web.settings import NAMES, SettingsError, load


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "faqtual.toml").write_text('port = 1\nname = "From the file"\nhost = "file.example"\n')
    found = load({"port": 3}, {"FAQTUAL_PORT": "2", "FAQTUAL_HOST": "environment.example"})
    assert (found.port, found.host, found.name) == (3, "environment.example", "From the file")


def test_an_empty_environment_and_no_file_give_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = load(environ={})
    assert found.log_questions is False
    assert found.sites == ()
    assert found.database == f"sqlite:///{tmp_path / 'faqtual-data' / 'faqtual.db'}"


def test_every_kind_of_value_reads_alike_from_toml_and_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "faqtual.toml"
    file.write_text(
        """
        upload_limit = "5 MB"
        starters = ["When are you open?", "Is it free, really?"]
        sites = ["https://Example.org:443/", "http://localhost:8080"]
        operating_point = 0.4
        log_questions = true
        rate_limit = "10/second; 100/hour"
        [contact]
        text = "Write to us"
        href = "mailto:desk@example.org"
        [colours]
        accent = "#123"
        [strings.en]
        send = "Go"
        """
    )
    environ = {
        "FAQTUAL_UPLOAD_LIMIT": "5MB",
        "FAQTUAL_STARTERS": '["When are you open?", "Is it free, really?"]',
        "FAQTUAL_SITES": "https://Example.org/, http://localhost:8080",
        "FAQTUAL_OPERATING_POINT": "0.4",
        "FAQTUAL_LOG_QUESTIONS": "on",
        "FAQTUAL_RATE_LIMIT": "10/second; 100/hour",
        "FAQTUAL_CONTACT": '{"text": "Write to us", "href": "mailto:desk@example.org"}',
        "FAQTUAL_COLOURS": '{"accent": "#123"}',
        "FAQTUAL_STRINGS": '{"en": {"send": "Go"}}',
    }
    from_file = load(environ={"FAQTUAL_CONFIG": str(file)})
    assert load(environ=environ) == from_file
    assert from_file.upload_limit == 5_000_000
    assert from_file.sites == ("https://example.org", "http://localhost:8080")
    assert from_file.contact == Contact("Write to us", "mailto:desk@example.org")
    assert from_file.colours == Colours(accent="#123")


def test_a_path_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "faqtual.toml"
    file.write_text('data = "here"\n')
    assert load(environ={"FAQTUAL_CONFIG": str(file)}).data == tmp_path / "here"


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("PORT", "http", "whole number"),
        ("PORT", "70000", "65535"),
        ("PROXIES", "-1", "whole number"),
        ("LOG_QUESTIONS", "perhaps", '"on" or "off"'),
        ("SITES", "*", "https://www.example.org"),
        ("SITES", "https://example.org/page", "without a path"),
        ("SITES", "null", "https://www.example.org"),
        ("CONTACT", '{"text": "x", "href": "javascript:alert(1)"}', "mailto:"),
        ("CONTACT", '{"href": "https://example.org"}', "contact.text"),
        ("LOGO", "javascript:alert(1)", "https:"),
        ("COLOURS", '{"accent": "red; background: url(x)"}', "#0b57d0"),
        ("COLOURS", '{"accent": "#888888", "accent_text": "#999999"}', "contrast of"),
        ("COLOURS", '{"akzent": "#888888"}', "not akzent"),
        ("RATE_LIMIT", "a lot", "300/minute"),
        ("UPLOAD_LIMIT", "big", "20 MB"),
        ("OPERATING_POINT", "1.5", "from 0 to 1"),
        ("SECRET_KEY", "short", "32 characters"),
        ("LANGUAGES", "englisch!", '["en", "de"]'),
        ("DATABASE_URL", "mysql://x", "postgresql+psycopg://"),
        ("REDIS_URL", "http://x", "redis:"),
        ("STARTERS", "[broken", "JSON"),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_key_and_says_what_to_write(name: str, value: str, hint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environ={f"FAQTUAL_{name}": value})
    assert caught.value.key == name.lower()
    assert caught.value.where == f"FAQTUAL_{name}"
    assert hint in caught.value.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [("ratelimit = 3", "did you mean rate_limit"), ("port = ", "not valid TOML"), ("zzz = 1", "docs/settings.md")],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "faqtual.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=problem) as caught:
        load(environ={"FAQTUAL_CONFIG": str(file)})
    assert caught.value.where == str(file)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        load(environ={"FAQTUAL_CONFIG": str(tmp_path / "nowhere.toml")})


def test_a_misspelt_variable_is_an_error_and_not_ignored() -> None:
    with pytest.raises(SettingsError, match="did you mean rate_limit"):
        load(environ={"FAQTUAL_RATELIMIT": "off"})


def test_secrets_are_not_shown() -> None:
    hidden = "s" * 40
    shown = repr(load(environ={"FAQTUAL_SECRET_KEY": hidden, "FAQTUAL_METRICS_TOKEN": hidden}))
    assert hidden not in shown
    assert "secret_key" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_reader_refuses_what_it_cannot_read_with_a_sentence(name: str) -> None:
    read: Any = NAMES[name].metadata["read"]
    for odd in (object(), 3.5, {"a": 1}, [1], None):
        try:
            read(odd)
        except ValueError as error:
            assert str(error)
