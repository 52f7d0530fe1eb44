"""The documentation names every setting, command, option and exit status, and nothing that does not exist."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from web.command import options
from web.commands import COMMANDS, main, parser
from web.settings import NAMES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SETTINGS = (DOCS / "settings.md").read_text(encoding="utf-8")
COMMAND_PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")


def documented_settings() -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", SETTINGS, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    assert documented_settings() == set(NAMES)


def test_every_setting_says_what_it_is() -> None:
    assert not [name for name, setting in NAMES.items() if not setting.metadata["doc"].endswith(".")]


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    assert set(re.findall(r"^## `faqtual (\w+)`", COMMAND_PAGE, re.MULTILINE)) == set(COMMANDS)


def test_every_option_of_every_command_is_documented() -> None:
    [commands] = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    for name, command in commands.choices.items():
        [section] = re.findall(rf"^## `faqtual {name}`\n(.*?)(?=^## |\Z)", COMMAND_PAGE, re.MULTILINE | re.DOTALL)
        flags = {flag for action in command._actions for flag in action.option_strings if flag.startswith("--")}
        assert not [flag for flag in flags - {"--help", "--data"} if flag not in section], name


def test_every_exit_status_is_documented() -> None:
    used = {value for name, value in vars(options).items() if name.isupper() and isinstance(value, int)}
    assert {int(status) for status in re.findall(r"^\| (\d+) \|", COMMAND_PAGE, re.MULTILINE)} == used


def examples() -> dict[str, list[str]]:
    """The commands that the README shows, and the lines that it shows them to print."""
    shown = re.findall(r"^```console\n\$ faqtual (.*)\n([^`]*)```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    return {command: printed.splitlines() for command, printed in shown}


def unmeasured(line: str) -> str:
    """Without how sure an answer is: that moves whenever the weights are fitted anew."""
    return re.sub(r"\d+%", "n%", line)


@pytest.mark.parametrize("command", examples())
def test_the_readme_shows_what_the_commands_print(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    main([*shlex.split(command), "--data", str(tmp_path)])
    printed = [unmeasured(line) for line in capsys.readouterr().out.splitlines()]
    assert [line for line in examples()[command] if unmeasured(line) not in printed] == []


def test_what_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []
