"""The setting `meaning`: what it may say, and what a start says where the model or the package is missing."""

from pathlib import Path

import pytest

from web import create_app, parts
from web.commands import main
from web.settings import Settings, SettingsError, load


def test_the_shipped_vectors_are_the_default_and_can_be_named(tmp_path: Path) -> None:
    assert load({}, {}).meaning is None
    assert load({}, {"FAQTUAL_MEANING": "shipped"}).meaning is None
    assert parts.encoder_for(Settings()) is None


def test_a_folder_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "faqtual.toml"
    file.write_text('meaning = "sentence-transformers:models/ours"\n')
    assert load({}, {"FAQTUAL_CONFIG": str(file)}).meaning == tmp_path / "models" / "ours"


@pytest.mark.parametrize("value", ["", "ours", "sentence-transformers:", "sentence-transformers"])
def test_any_other_value_says_what_to_write(value: str) -> None:
    with pytest.raises(SettingsError, match=r"meaning .*sentence-transformers:FOLDER"):
        load({}, {"FAQTUAL_MEANING": value})


def test_a_start_without_the_folder_names_the_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no folder") as raised:
        create_app(Settings(data=tmp_path, meaning=tmp_path / "nowhere"))
    assert raised.value.key == "meaning"


@pytest.mark.parametrize("command", [["ask", "Are dogs allowed?"], ["publish", "."], ["serve", "--port", "0"], ["diff", "."]])
def test_every_command_that_needs_the_model_says_in_one_line_that_it_is_missing(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FAQTUAL_MEANING", f"sentence-transformers:{tmp_path / 'nowhere'}")
    assert main([*command, "--data", str(tmp_path / "data")]) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("faqtual: meaning (sentence-transformers:")
    assert "\n" not in said
