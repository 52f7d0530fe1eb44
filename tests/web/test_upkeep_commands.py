"""backup, restore, erase and secret: what an owner does beside a running server."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.transcript import Transcript, TurnRecord
from tests.corpus import FOLDER
from tests.web.processes import clean_environment, running
from web.audit import Audit
from web.command.options import opened
from web.commands import main
from web.settings import load
from web.tokens import Signer, read_secret_file

DONE, UNUSABLE = 0, 2


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("FAQTUAL_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Published, and to change."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "docs"))
    assert main(["publish", str(folder)]) == DONE
    return folder


def kept(*records: TurnRecord) -> None:
    with opened(load()) as store:
        Transcript(store.engine).write(records)


def ids_kept() -> list[str]:
    with opened(load()) as store:
        return [record.id for record in Transcript(store.engine).export()]


def record(name: str, at: datetime) -> TurnRecord:
    return TurnRecord(name, at, "r1", "en", "is there a pool", "is there a pool", "no_answer")


def test_a_restored_backup_is_what_was_live_then(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "kept.backup"]) == DONE
    (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
    assert main(["publish", str(docs)]) == DONE
    assert main(["ask", "What does a lost card cost?"]) == DONE
    assert "£4.00" in capsys.readouterr().out
    assert main(["restore", "kept.backup"]) == DONE
    assert main(["ask", "What does a lost card cost?"]) == DONE
    assert "£3.50" in capsys.readouterr().out


def test_a_running_server_takes_over_what_is_restored(docs: Path, tmp_path: Path) -> None:
    assert main(["backup", "kept.backup"]) == DONE
    (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
    assert main(["publish", str(docs)]) == DONE
    with running("web.commands", "serve", "--port", "0", cwd=tmp_path) as server:
        after = server.ask("What does a lost card cost?")["release"]
        done = subprocess.run(
            [sys.executable, "-m", "web.commands", "restore", "kept.backup"], cwd=tmp_path, env=clean_environment(), check=False
        )
        assert done.returncode == DONE
        while (reply := server.ask("What does a lost card cost?"))["release"] == after:
            assert "£4.00" in reply["answer"]
        assert "£3.50" in reply["answer"]


def test_what_is_restored_on_another_machine_is_served_there(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "kept.backup"]) == DONE
    other = str(tmp_path / "other machine")
    (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
    assert main(["publish", str(docs), "--data", other]) == DONE
    with running("web.commands", "serve", "--port", "0", "--data", other, cwd=tmp_path) as server:
        after = server.ask("What does a lost card cost?")["release"]
        capsys.readouterr()
        assert main(["restore", "kept.backup", "--data", other]) == DONE
        while (reply := server.ask("What does a lost card cost?"))["release"] == after:
            assert "£4.00" in reply["answer"]
        assert "£3.50" in reply["answer"]
        assert capsys.readouterr().out == f"restored; live is {reply['release']}\n"


def test_what_is_no_backup_and_what_is_there_already_are_named(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("letter").write_text("Dear Sir or Madam")
    for arguments in (["restore", "letter"], ["restore", "nowhere"], ["backup", "letter"], ["backup", "nowhere/file"]):
        assert main(arguments) == UNUSABLE
        assert capsys.readouterr().err.splitlines()[-1].startswith(f"faqtual: {arguments[1]}")
    assert Path("letter").read_text() == "Dear Sir or Madam"
    assert main(["ask", "What does a lost card cost?"]) == DONE


def test_a_database_past_opening_is_replaced_once_it_is_out_of_the_way(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "kept.backup"]) == DONE
    database = Path("faqtual-data/faqtual.db")
    database.write_bytes(b"This is a letter. " * 300)
    assert main(["restore", "kept.backup"]) == UNUSABLE
    assert "move the files faqtual.db* out of" in capsys.readouterr().err
    for file in database.parent.glob("faqtual.db*"):
        file.unlink()
    assert main(["restore", "kept.backup"]) == DONE
    assert main(["ask", "What does a lost card cost?"]) == DONE
    assert "£3.50" in capsys.readouterr().out


def test_restoring_brings_back_no_question_that_is_too_old(docs: Path) -> None:
    now = datetime.now(UTC)
    kept(record("old", now - timedelta(days=31)), record("new", now))
    assert main(["backup", "kept.backup"]) == DONE
    assert main(["restore", "kept.backup"]) == DONE
    assert ids_kept() == ["new"]


def test_a_question_is_erased_by_the_id_of_its_row(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept(record("one", datetime.now(UTC)), record("two", datetime.now(UTC)))
    assert main(["erase", "one"]) == DONE
    assert ids_kept() == ["two"]
    assert main(["erase", "one"]) == UNUSABLE
    assert "no question is kept under this id" in capsys.readouterr().err


def test_an_audit_entry_loses_its_words_and_that_is_noted(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(load()) as store:
        Audit(store.engine).note("Alice", "add golden check", "Is Mrs Brown's loan overdue?", {"expects": "no answer"})
    assert main(["erase", "audit:1"]) == DONE
    with opened(load()) as store:
        after, before = Audit(store.engine).latest()
    assert (before.who, before.action, before.subject, before.detail) == ("Alice", "add golden check", "(erased)", {})
    assert (after.action, after.subject) == ("erase", "audit:1")
    assert not any(b"Mrs Brown" in path.read_bytes() for path in load().data.iterdir() if path.is_file())
    for unknown in ("audit:7", "audit:x", "audit:99999999999999999999", f"audit:{'9' * 5_000}"):
        assert main(["erase", unknown]) == UNUSABLE
        assert "no such entry" in capsys.readouterr().err


def test_a_question_is_erased_by_the_id_of_its_reply_however_old(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running("web.commands", "serve", "--port", "0", cwd=tmp_path, FAQTUAL_LOG_QUESTIONS="on") as server:
        replies = [server.ask("Can I bring my unicorn?")["id"] for _ in range(2)]
        server.send(signal.SIGTERM)
        assert server.wait() == 0
    assert len(ids_kept()) == 2
    later = datetime.now(UTC).timestamp() + 40 * 24 * 3600
    monkeypatch.setattr("time.time", lambda: later)
    assert main(["erase", replies[0]]) == DONE
    assert len(ids_kept()) == 1


def test_a_new_secret_signs_and_the_last_ones_verify(docs: Path) -> None:
    file = Path("faqtual-data/secret.key")
    first = read_secret_file(file)
    token = Signer(first)._conversations.dumps({"release": "r", "turns": [["hello", None, "small_talk", []]]})
    for count in (2, 3, 3):
        assert main(["secret", "rotate"]) == DONE
        assert len(read_secret_file(file)) == count
        assert file.stat().st_mode & 0o777 == 0o600
    assert Signer(read_secret_file(file)).read_conversation(str(token)).turns == ()  # four secrets ago
    assert not list(file.parent.glob("secret.key.*"))


def test_a_conversation_goes_on_after_the_secret_was_rotated(docs: Path, tmp_path: Path) -> None:
    file = tmp_path / "faqtual-data" / "secret.key"
    with running("web.commands", "serve", "--port", "0", cwd=tmp_path) as server:
        token = server.ask("What does a lost card cost?")["conversation"]
        assert main(["secret", "rotate"]) == DONE
        before = Signer(read_secret_file(file)[:1])
        server.send(signal.SIGHUP)
        while not before.read_conversation(server.ask("What does a lost card cost?")["conversation"]).turns:
            pass
        assert Signer(read_secret_file(file)).read_conversation(token).turns
    assert main(["secret", "rotate", "--forget"]) == DONE
    assert Signer(read_secret_file(file)).read_conversation(token).turns == ()


def test_a_secret_that_is_a_setting_is_not_changed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FAQTUAL_SECRET_KEY", "x" * 40)
    assert main(["secret", "rotate"]) == UNUSABLE
    assert "FAQTUAL_SECRET_KEY" in capsys.readouterr().err
