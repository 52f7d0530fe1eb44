"""Evaluation packs are read, or refused with the file's name."""

import json
from pathlib import Path

import pytest

from bot.evaluation.packs import Gold, PackError, read_pack

GOLD = [{"doc": "house-rules.txt", "quote": "A loan runs for 21 days."}]


def write_pack(folder: Path) -> Path:
    files = {
        "questions": [{"id": "q1", "q": "How long is a loan?", "type": "direct", "gold": GOLD}],
        "unanswerable": [{"id": "u1", "q": "Is there a pool?", "kind": "near"}],
        "conversations": [
            {"id": "c1", "turns": [{"q": "Hi", "gold": [], "needs_context": False, "kind": "smalltalk"}]},
        ],
        "paraphrase_groups": [{"id": "g1", "questions": ["How long?", "For how long?"], "gold": GOLD}],
    }
    for name, value in files.items():
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    return folder


def test_a_pack_without_contradictions_is_whole(tmp_path: Path) -> None:
    pack = read_pack(write_pack(tmp_path))
    assert pack.questions[0].gold == (Gold("house-rules.txt", "A loan runs for 21 days."),)
    assert pack.unanswerable[0].gold == ()
    assert pack.dialogues[0].turns[0].small_talk
    assert [q.id for q in pack.groups[0].questions] == ["g1.1", "g1.2"]
    assert pack.contradictions == ()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write_pack(tmp_path) / "questions.json").unlink()
    with pytest.raises(PackError, match=r"questions\.json: cannot be read"):
        read_pack(tmp_path)


def test_a_file_in_another_format_is_named(tmp_path: Path) -> None:
    (write_pack(tmp_path) / "unanswerable.json").write_text('[{"id": 1}]', encoding="utf-8")
    with pytest.raises(PackError, match=r"unanswerable\.json: not in the pack format \(KeyError"):
        read_pack(tmp_path)
