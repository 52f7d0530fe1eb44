import io
import sys
from pathlib import Path

import pytest

from web.accounts import Accounts, Role
from web.audit import Audit
from web.command.options import opened
from web.commands import main
from web.settings import load

PASSWORD = "a password of some length"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def run(*arguments: str) -> int:
    return main(["staff", *arguments])


def test_an_account_from_beginning_to_end(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    assert "faqtual staff add NAME" in capsys.readouterr().out
    type_in(monkeypatch, PASSWORD + "\n")
    assert run("add", "alice") == 0
    type_in(monkeypatch, PASSWORD + "\n")
    assert run("add", "dora", "--role", "viewer") == 0
    type_in(monkeypatch, "another password of length\r\n")
    assert run("passwd", "alice") == 0
    assert run("disable", "dora") == 0
    assert run("list") == 0
    told = capsys.readouterr().out
    assert "alice  editor  since" in told
    assert "dora  viewer  disabled" in told
    assert PASSWORD not in told
    assert run("disable", "dora", "--undo") == 0
    with opened(load()) as store:
        accounts = Accounts(store.engine)
        alice = accounts.check("alice", "another password of length")
        assert alice
        assert alice.role is Role.EDITOR
        assert accounts.check("dora", PASSWORD)
        deeds = [(entry.who, entry.action, entry.subject) for entry in Audit(store.engine).everything()]
    assert deeds[::-1] == [
        ("command line", "staff add", "alice"),
        ("command line", "staff add", "dora"),
        ("command line", "staff passwd", "alice"),
        ("command line", "staff disable", "dora"),
        ("command line", "staff enable", "dora"),
    ]


@pytest.mark.parametrize(
    ("arguments", "typed", "why"),
    [
        (["add", "alice"], "short\n", "at least 12 characters"),
        (["add", ""], PASSWORD, "1 to 64 printable characters"),
        (["passwd", "charlie"], PASSWORD, "there is no account charlie"),
        (["disable", "charlie"], "", "there is no account charlie"),
    ],
)
def test_what_cannot_be_done_says_why(
    arguments: list[str], typed: str, why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, typed)
    assert run(*arguments) == 2
    assert why in capsys.readouterr().err


def test_a_password_is_no_argument() -> None:
    with pytest.raises(SystemExit):
        run("add", "alice", PASSWORD)
    with pytest.raises(SystemExit):
        run("add", "alice", "--password", PASSWORD)
