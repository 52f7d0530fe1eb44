import json
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.publishing import edit, publish_drafts
from bot.publishing.drafting import upload
from knowledge.releases import GoldenCheck
from tests.corpus import FOLDER
from tests.web.processes import PATIENCE, clean_environment, running
from web.command.options import opened
from web.commands import COMMANDS, main, parser
from web.settings import load

DONE, UNRESOLVED, UNUSABLE, SOME_FAILED, TRY_AGAIN = 0, 1, 2, 3, 4


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in clean_environment() if name.startswith("FAQTUAL_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The shared corpus, to change."""
    return Path(shutil.copytree(FOLDER, tmp_path / "docs"))


def output(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.strip().splitlines()[-1]


def test_every_command_says_what_it_does_and_takes_help(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        with pytest.raises(SystemExit) as left:
            parser().parse_args([name, "--help"])
        assert left.value.code == DONE
        assert COMMANDS[name].HELP.split()[0] in output(capsys)


def test_ask_answers_from_a_folder_and_publishes_nothing(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What does a lost card cost?", "--docs", str(docs)]) == DONE
    answer = output(capsys)
    assert "answered" in answer
    assert "£3.50" in answer
    assert "[1] house-rules.txt" in answer
    assert main(["releases"]) == DONE
    assert "nothing is published yet" in output(capsys)


def test_ask_says_whom_to_ask_where_sources_differ_and_before_what_may_be_meant(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "faqtual.toml").write_text('contact = { text = "Ring the desk", href = "tel:+441234567890" }\n')
    assert main(["ask", "What is the fine for a late book?", "--docs", str(docs)]) == DONE
    assert re.search(r"^conflict.*Ring the desk", output(capsys), re.DOTALL)
    assert main(["ask", "Is there a swimming pool?", "--docs", str(docs)]) == DONE
    assert re.search(r"^no answer.*Ring the desk.*you may mean", output(capsys), re.DOTALL)


def test_ask_as_json_is_the_reply_of_the_api(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What does a lost card cost?", "--docs", str(docs), "--json"]) == DONE
    reply = json.loads(output(capsys))
    assert reply["outcome"] == "answered"
    assert "£3.50" in reply["citations"][0]["quote"]
    assert main(["ask", "Which volcano erupted in Iceland?", "--docs", str(docs), "--json"]) == DONE
    assert json.loads(output(capsys))["outcome"] == "no_answer"


def test_ask_explains_what_was_found(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What does a lost card cost?", "--docs", str(docs), "--json", "--explain"]) == DONE
    [best, *_] = json.loads(output(capsys))["explain"]
    assert best["signals"]
    assert main(["ask", "What does a lost card cost?", "--docs", str(docs), "--explain"]) == DONE
    assert "coverage" in output(capsys)


def test_an_explanation_says_what_was_met_as_it_is_corrected_and_by_meaning(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["ask", "Is there a fien for an overdue book?", "--docs", str(docs), "--explain"]
    assert main(asked) == DONE
    lines = output(capsys).splitlines()
    assert [line for line in lines if re.fullmatch(r"   same word: .*\bbook \d+%.*", line)]
    assert [line for line in lines if re.fullmatch(r"   corrected: fien → fine \d+%", line)]
    assert [line for line in lines if re.fullmatch(r"   by meaning: .*overdue → late \d+%.*", line)]
    assert main([*asked, "--json"]) == DONE
    matches = [match for found in json.loads(output(capsys))["explain"] for match in found["matches"]]
    assert {(m["word"], m["to"]) for m in matches if m["kind"] == "correction"} == {("fien", "fine")}


def run(*arguments: str, cwd: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "web.commands", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=clean_environment(), input=given, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_several_lines_are_a_conversation(docs: Path, tmp_path: Path) -> None:
    typed = "Can I bring my dog?\n\nare you sure?\n"
    done = run("ask", "--docs", str(docs), "--json", cwd=tmp_path, given=typed)
    assert done.returncode == DONE
    assert done.stderr == ""
    _, second = (json.loads(line) for line in done.stdout.splitlines())
    assert any("dog" in citation["quote"].lower() for citation in second["citations"])


def test_publish_says_what_changed_and_releases_lists_it(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(docs), "--dry-run"]) == DONE
    assert "would publish release" in output(capsys)
    assert main(["releases"]) == DONE
    assert "nothing is published yet" in output(capsys)

    assert main(["publish", str(docs)]) == DONE
    said = capsys.readouterr()
    assert "+ house-rules.txt" in said.err
    assert "is live" in said.out

    assert main(["publish", str(docs)]) == DONE
    assert "nothing has changed" in output(capsys)
    assert main(["releases", "--json"]) == DONE
    [release] = json.loads(output(capsys))
    assert release["live"] is True


def test_rollback_makes_an_earlier_release_live(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["publish", str(docs)])
    (docs / "visit.html").unlink()
    main(["publish", str(docs)])
    said = capsys.readouterr()
    assert "- visit.html" in said.err
    first = re.findall(r"release (\w+) is live", said.out)[0]

    assert main(["rollback", first[:8]]) == DONE
    capsys.readouterr()
    main(["releases", "--json"])
    assert [row["id"] for row in json.loads(output(capsys)) if row["live"]] == [first]
    assert main(["rollback", "nothing"]) == UNUSABLE
    assert "faqtual releases" in last_line(capsys)


def test_files_that_cannot_be_read_are_named_and_the_status_says_so(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (docs / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert main(["publish", str(docs)]) == SOME_FAILED
    said = capsys.readouterr()
    assert "not read: broken.pdf" in said.err
    assert "is live" in said.out


@pytest.mark.parametrize(
    ("arguments", "environment", "named"),
    [
        (["publish", "no-such-folder"], {}, "no-such-folder"),
        (["ask", "Why?", "--docs", "no-such-folder"], {}, "no-such-folder"),
        (["ask", "Why?", "--lang", "zz-bad-!!"], {}, "give one like en or pt-BR"),
        (["ask", "Why?"], {}, "faqtual publish"),
        (["eval", "no-such-pack"], {}, "no-such-pack"),
        (["serve"], {"FAQTUAL_RATE_LIMIT": "lots"}, "rate_limit (FAQTUAL_RATE_LIMIT)"),
        (["serve", "--port", "eighty"], {}, "port (--port)"),
        (["serve"], {"FAQTUAL_TYPO": "1"}, "typo (FAQTUAL_TYPO)"),
        (["serve", "--docs", "no-such-folder"], {}, "no-such-folder"),
        (["releases"], {"FAQTUAL_CONFIG": "missing.toml"}, "missing.toml"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(
    arguments: list[str],
    environment: dict[str, str],
    named: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(arguments) == UNUSABLE
    said = capsys.readouterr().err.strip()
    assert named in said
    assert len(said.splitlines()) == 1
    assert said.startswith("faqtual: ")


def test_wrong_usage_is_a_wrong_input_too() -> None:
    for arguments in ([], ["nothing"], ["publish"], ["ask", "--nothing"]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == UNUSABLE


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["releases", "--data", str(tmp_path / "file" / "data")]) == UNUSABLE
    assert "file" in last_line(capsys)


def test_publish_first_lists_the_answers_that_change(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(docs)]) == DONE
    assert "answers that change" not in capsys.readouterr().err  # nothing was live
    (docs / "questions.md").write_text("# Questions\n\n### Can I bring my dog?\n\nOnly on Tuesdays, on a short lead.\n")
    for options in (["--dry-run"], []):
        assert main(["publish", str(docs), *options]) == DONE
        said = capsys.readouterr().err
        assert re.search(r"answers that change: \d+:\n", said)
        assert "reworded: Can I bring my dog?\n" in said or "no longer in conflict: Can I bring my dog?\n" in said
        assert "  + “Only on Tuesdays, on a short lead.” (questions.md)" in said
        assert said.index("answers that change") < said.index("~ questions.md")
    assert main(["publish", str(docs)]) == DONE
    assert "answers that change" not in capsys.readouterr().err


def test_publish_looks_for_changing_answers_no_longer_than_it_is_told(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(docs)]) == DONE
    (docs / "questions.md").write_text("# Questions\n\n### Can I bring my dog?\n\nOnly on Tuesdays, on a short lead.\n")
    assert main(["publish", str(docs), "--dry-run", "--answers", "0"]) == DONE
    assert "answers that change" not in capsys.readouterr().err
    assert main(["publish", str(docs), "--answers", "0.000001"]) == DONE
    said = capsys.readouterr().err
    assert "answers that change: 0\n" in said
    assert f"not all questions were asked within 1e-06 s; before publishing, faqtual diff {docs} lists them all" in said


def test_publish_refuses_an_empty_folder_and_says_how_it_would_do_it(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(docs)]) == DONE
    (tmp_path / "mistyped").mkdir()
    assert main(["publish", str(tmp_path / "mistyped")]) == UNUSABLE
    assert last_line(capsys).endswith("is it the right folder? --empty publishes it all the same")
    assert main(["publish", str(tmp_path / "mistyped"), "--empty"]) == DONE


def test_publish_says_what_staff_changed_before_the_folder_undoes_it(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(docs)]) == DONE
    with opened(load()) as store:
        upload(store, "house-rules.txt", b"A lost card is replaced for 4 pounds.", "bob")
        publish_drafts(store, load().data)
    assert main(["publish", str(docs), "--dry-run"]) == UNRESOLVED
    assert "changed in the console: house-rules.txt (stops the publication unless" in capsys.readouterr().err
    assert main(["publish", str(docs)]) == UNRESOLVED
    assert "would undo what staff changed in the console: house-rules.txt; bring it into" in last_line(capsys)
    assert main(["publish", str(docs), "--overwrite"]) == DONE
    assert "changed in the console: house-rules.txt (replaced by the folder)" in capsys.readouterr().err


def test_a_dry_run_overrides_no_golden_check(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(docs)]) == DONE
    refused = GoldenCheck("g1", "What does a lost card cost?", None)
    with opened(load()) as store:
        edit(store, load().data, lambda now: replace(now, golden=(refused,)))
    (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
    capsys.readouterr()
    assert main(["publish", str(docs), "--dry-run", "--replace"]) == UNRESOLVED
    told = capsys.readouterr().err
    assert "golden check breaks:" in told
    assert "overridden" not in told


def test_who_publishes_while_somebody_else_does_is_told_to_try_again(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(load()) as store, store.publishing("Alice"):
        assert main(["publish", str(docs)]) == TRY_AGAIN
    assert "publish in progress, started by Alice" in last_line(capsys)


def test_a_reader_that_leaves_early_does_no_harm(docs: Path, tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m web.commands ask 'Can I bring my dog?' --docs '{docs}' --json | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (DONE, "")


def pack(folder: Path) -> Path:
    folder.mkdir()
    gold = [{"doc": "house-rules.txt", "quote": "A lost card is replaced for £3.50."}]
    contents: dict[str, list[dict[str, Any]]] = {
        "questions.json": [{"id": "q1", "type": "price", "q": "What does a lost card cost?", "gold": gold}],
        "unanswerable.json": [{"id": "u1", "kind": "off topic", "q": "Which volcano erupted in Iceland?"}],
        "conversations.json": [],
        "paraphrase_groups.json": [],
    }
    for name, content in contents.items():
        (folder / name).write_text(json.dumps(content))
    return folder


def test_eval_scores_a_pack(docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["eval", str(pack(tmp_path / "pack")), "--docs", str(docs)]
    assert main([*arguments, "--json"]) == DONE
    table = json.loads(output(capsys))
    rows = {row["name"]: row for row in table["rows"]}
    assert (rows["questions"]["count"], rows["questions"]["first"]) == (1, 1.0)
    assert (rows["unanswerable"]["count"], rows["unanswerable"]["first"]) == (1, 1.0)
    assert main(arguments) == DONE
    assert re.search(r"questions +1 +1\.000", output(capsys))


def test_serve_with_an_empty_store_serves_the_sample_and_says_so(tmp_path: Path) -> None:
    with running("web.commands", "serve", "--port", "0", cwd=tmp_path) as server:
        assert server.get("/readyz")[0] == 200
        assert server.get("/chat")[0] == 200
        server.send(signal.SIGTERM)
        assert server.wait() == DONE
        assert server.process.stderr is not None
        assert "serving the sample" in server.process.stderr.read()


def test_serve_publishes_a_folder_once_and_answers_from_it(docs: Path, tmp_path: Path) -> None:
    for changed in (False, True):
        if changed:
            (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
        with running("web.commands", "serve", "--port", "0", "--docs", str(docs), cwd=tmp_path) as server:
            [quote, *_] = [citation["quote"] for citation in server.ask("What does a lost card cost?")["citations"]]
            assert ("£4.00" if changed else "£3.50") in quote


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with running("web.commands", "serve", "--port", "0", cwd=tmp_path) as server:
        done = run("serve", "--port", str(server.port), cwd=tmp_path)
        assert done.returncode == UNUSABLE
        assert re.search(rf"faqtual: port \(127\.0\.0\.1:{server.port}\): cannot listen there", done.stderr)


def test_a_running_server_follows_what_is_published_beside_it(docs: Path, tmp_path: Path) -> None:
    with running("web.commands", "serve", "--port", "0", "--docs", str(docs), cwd=tmp_path, FAQTUAL_RATE_LIMIT="off") as server:
        before = server.ask("What does a lost card cost?")["release"]
        (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
        assert run("publish", str(docs), cwd=tmp_path).returncode == DONE
        seen = {before}
        while len(seen) < 2:
            reply = server.ask("What does a lost card cost?")
            seen.add(reply["release"])
            assert ("£3.50" if reply["release"] == before else "£4.00") in reply["answer"]
