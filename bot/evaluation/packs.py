"""An evaluation pack: a folder of JSON files goes in, questions with their gold quotes come out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class PackError(Exception):
    """A pack that cannot be read: names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Gold:
    document: str  # the document's name, or the first three digits of it
    quote: str


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """`kind` is the question's type; `gold` is empty where the documents hold no answer."""

    id: str
    text: str
    kind: str
    gold: tuple[Gold, ...] = ()


@dataclass(frozen=True, slots=True)
class PackTurn:
    question: PackQuestion
    needs_context: bool
    small_talk: bool


@dataclass(frozen=True, slots=True)
class Dialogue:
    id: str
    turns: tuple[PackTurn, ...]


@dataclass(frozen=True, slots=True)
class PhrasingGroup:
    id: str
    questions: tuple[PackQuestion, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that cannot all hold; equal values are on the same side."""

    id: str
    kind: str
    claims: tuple[tuple[Gold, str], ...]


@dataclass(frozen=True, slots=True)
class Pack:
    name: str
    questions: tuple[PackQuestion, ...]
    unanswerable: tuple[PackQuestion, ...]
    dialogues: tuple[Dialogue, ...]
    groups: tuple[PhrasingGroup, ...]
    contradictions: tuple[Contradiction, ...] = ()
    look_alikes: tuple[tuple[Gold, Gold], ...] = ()  # pairs that do not contradict each other


def read_pack(folder: Path) -> Pack:
    """Reads the files of a pack; `contradictions.json` and `non_contradictions.json` may be missing.

    Raises PackError naming the file.
    """
    return Pack(
        name=folder.resolve().name,
        questions=_each(folder, "questions.json", lambda x: _question(x, x["type"])),
        unanswerable=_each(folder, "unanswerable.json", lambda x: _question(x, x["kind"])),
        dialogues=_each(folder, "conversations.json", _dialogue),
        groups=_each(folder, "paraphrase_groups.json", _group),
        contradictions=_each(folder, "contradictions.json", _contradiction, optional=True),
        look_alikes=_each(folder, "non_contradictions.json", lambda x: (_gold(x["a"]), _gold(x["b"])), optional=True),
    )


def _each(folder: Path, name: str, make: Any, optional: bool = False) -> tuple[Any, ...]:
    path = folder / name
    if optional and not path.exists():
        return ()
    try:
        return tuple(make(item) for item in json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise PackError(f"{path}: cannot be read ({error.strerror}); a pack is a folder with {name} in it") from error
    except (ValueError, KeyError, TypeError) as error:
        raise PackError(f"{path}: not in the pack format ({type(error).__name__}: {error})") from error


def _gold(item: dict[str, str]) -> Gold:
    return Gold(item["doc"], item["quote"])


def _golds(items: list[dict[str, str]]) -> tuple[Gold, ...]:
    return tuple(_gold(item) for item in items)


def _question(item: dict[str, Any], kind: str) -> PackQuestion:
    return PackQuestion(item["id"], item["q"], kind, _golds(item.get("gold", [])))


def _dialogue(item: dict[str, Any]) -> Dialogue:
    return Dialogue(item["id"], tuple(_turn(item["id"], n, turn) for n, turn in enumerate(item["turns"], 1)))


def _turn(dialogue: str, number: int, item: dict[str, Any]) -> PackTurn:
    question = PackQuestion(f"{dialogue}.{number}", item["q"], item["kind"], _golds(item["gold"]))
    return PackTurn(question, item["needs_context"], item["kind"] == "smalltalk")


def _group(item: dict[str, Any]) -> PhrasingGroup:
    gold = _golds(item["gold"])
    questions = (PackQuestion(f"{item['id']}.{n}", text, "group", gold) for n, text in enumerate(item["questions"], 1))
    return PhrasingGroup(item["id"], tuple(questions))


def _contradiction(item: dict[str, Any]) -> Contradiction:
    return Contradiction(item["id"], item["kind"], tuple((_gold(claim), claim["value"]) for claim in item["claims"]))
