"""`faqtual check` and `faqtual diff` on real folders."""

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bot.publishing import edit
from knowledge.triage import Triage, TriageStatus, decided
from tests.corpus import FOLDER
from tests.web.processes import clean_environment
from web.command.check import read_wordings
from web.command.options import DONE, UNRESOLVED, UNUSABLE, WrongInput, opened
from web.commands import main
from web.settings import load


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in clean_environment() if name.startswith("FAQTUAL_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def agreeing(tmp_path: Path) -> Path:
    """A folder without a contradiction."""
    folder = tmp_path / "agreeing"
    folder.mkdir()
    (folder / "a.txt").write_text("A locker key costs £4.\n\nYou must return the key before you leave.\n", encoding="utf-8")
    (folder / "b.txt").write_text("The swimming pool opens at 7 am.\n", encoding="utf-8")
    return folder


def found(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(capsys.readouterr().out)
    return parsed


def test_contradictions_leave_with_status_1_and_show_both_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", str(FOLDER)]) == UNRESOLVED
    shown = capsys.readouterr().out
    assert "house-rules.txt: “Dogs are not admitted, except assistance dogs.”" in shown
    assert "questions.md, 2025-09-14: “Yes, well-behaved dogs are welcome" in shown


def test_documents_that_agree_leave_with_status_0(agreeing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", str(agreeing)]) == DONE
    assert "Conflicts: 0" in capsys.readouterr().out


def test_json_has_the_fields_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", str(FOLDER), "--json"]) == UNRESOLVED
    report = found(capsys)
    assert {"conflicts", "duplicates", "golden", "wordings", "text"} <= set(report)
    for conflict in report["conflicts"]:
        assert {"id", "kind", "severity", "attribute", "status", "claims"} <= set(conflict)
        assert conflict["status"] == "open"
        for claim in conflict["claims"]:
            assert {"document", "quote", "start", "end", "value"} <= set(claim)
            assert claim["value"] in claim["quote"]
    assert report["unresolved"] is True


def test_what_staff_settled_is_remembered_for_the_same_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--docs", str(FOLDER), "--json"])
    conflicts = found(capsys)["conflicts"]
    triage = Triage(TriageStatus.NO_CONFLICT, "Alice", "two different rooms")
    assert main(["publish", str(FOLDER)]) == DONE
    capsys.readouterr()
    with opened(load({})) as store:
        for conflict in conflicts:
            edit(store, load({}).data, partial(decided, fingerprint=conflict["id"], triage=triage))
    assert main(["check", "--docs", str(FOLDER), "--json"]) == DONE
    assert {conflict["status"] for conflict in found(capsys)["conflicts"]} == {"not a conflict"}


def test_junit_names_every_finding(agreeing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.xml"
    assert main(["check", "--docs", str(FOLDER), "--junit", str(report), "--json"]) == UNRESOLVED
    conflicts = found(capsys)["conflicts"]
    suites = ElementTree.parse(report).getroot()
    failures = suites.findall("./testsuite[@name='conflicts']/testcase/failure")
    assert len(failures) == len(conflicts) > 0
    assert "house-rules.txt: " in (failures[0].text or "")
    assert main(["check", "--docs", str(agreeing), "--junit", str(report)]) == DONE
    assert ElementTree.parse(report).getroot().findall(".//failure") == []


def test_a_text_is_checked_sentence_by_sentence(agreeing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "reply.txt"
    text.write_text("A locker key costs £4. The sauna is made of cedar.", encoding="utf-8")
    assert main(["check", "--docs", str(agreeing), "--text", str(text), "--json"]) == DONE
    assert [sentence["verdict"] for sentence in found(capsys)["text"]] == ["supported", "not found"]
    text.write_text("A locker key costs £6.", encoding="utf-8")
    assert main(["check", "--docs", str(agreeing), "--text", str(text)]) == UNRESOLVED
    assert "x contradicted: A locker key costs £6." in capsys.readouterr().out


def test_wordings_from_a_file_must_get_one_answer(agreeing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wordings = tmp_path / "wordings.txt"
    wordings.write_text("What does a locker key cost?\nlocker key price\n", encoding="utf-8")
    assert main(["check", "--docs", str(agreeing), "--wordings", str(wordings), "--json"]) == DONE
    (group,) = found(capsys)["wordings"]
    assert group["holds"]
    wordings.write_text("What does a locker key cost?\nWhen does the swimming pool open?\n", encoding="utf-8")
    assert main(["check", "--docs", str(agreeing), "--wordings", str(wordings)]) == UNRESOLVED
    assert "wordings differ: group 1" in capsys.readouterr().out


def test_wordings_are_read_as_lines_and_as_json() -> None:
    lines = read_wordings("One?\nTwo?\n\n\nThree?\n", "w.txt")
    assert [check.questions for check in lines] == [("One?", "Two?"), ("Three?",)]
    listed = read_wordings('[["One?"], {"id": "b", "questions": ["Two?"]}]', "w.json")
    assert [(check.id, check.questions) for check in listed] == [("group 1", ("One?",)), ("b", ("Two?",))]
    for broken in ('[["One?", 2]]', '[{"id": "a"}]', "[1]", "[["):
        with pytest.raises(WrongInput, match=r"w\.json"):
            read_wordings(broken, "w.json")


def test_a_foreign_and_an_unreadable_document_are_flagged(agreeing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (agreeing / "c.txt").write_text("Der Schlüssel für den Schrank ist nicht in der Halle zu haben.\n", encoding="utf-8")
    (agreeing / "d.pdf").write_bytes(b"%PDF-1.4 torn")
    assert main(["check", "--docs", str(agreeing), "--json"]) == UNRESOLVED
    report = found(capsys)
    assert [(one["document"], one["lang"]) for one in report["languages"]] == [("c.txt", "de")]
    assert [one["document"] for one in report["unread"]] == ["d.pdf"]


@pytest.mark.parametrize("arguments", [["--text", "gone.txt"], ["--wordings", "gone.txt"], ["--docs", "gone"]])
def test_a_missing_file_is_named(arguments: list[str], agreeing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", str(agreeing), *arguments]) == UNUSABLE
    assert "gone" in capsys.readouterr().err


def test_diff_lists_the_answers_that_a_folder_would_change(
    agreeing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = agreeing / "q.md"
    questions.write_text("# Pool\n\n## What does a towel cost?\n\nA towel costs £2.\n", encoding="utf-8")
    assert main(["publish", str(agreeing)]) == DONE
    proposed = Path(shutil.copytree(agreeing, tmp_path / "proposed"))
    (proposed / "q.md").write_text("# Pool\n\n## What does a towel cost?\n\nA towel costs £3.\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["diff", str(proposed), "--json"]) == DONE
    report = found(capsys)
    (change,) = [one for one in report["changes"] if one["question"] == "What does a towel cost?"]
    assert change["kind"] == "reworded"
    assert "£2" in change["before"]["answer"]
    assert "£3" in change["after"]["answer"]
    assert main(["diff", str(agreeing), "--json"]) == DONE
    assert found(capsys)["changes"] == []
