"""Public question sets in, entries to index and questions with their right passages out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.retrieval import Entry
from knowledge.sentences import split_sentences

# The passages of intent sets bear their label as title: to read it would be to read the answer.
SETS = {"squad": True, "covidqa": True, "banking77": False, "hint3_curekart": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the positions of the passages that answer it."""

    text: str
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """`misspelled` are the same questions with errors, in the same order."""

    name: str
    entries: tuple[Entry, ...]
    clean: tuple[Asked, ...]
    misspelled: tuple[Asked, ...]


def read_sets(folder: Path) -> list[QuestionSet]:
    """Raises OSError or KeyError where `folder` does not hold the sets in their common format."""
    return [read_set(folder, name) for name in SETS]


def read_set(folder: Path, name: str) -> QuestionSet:
    """Raises OSError or KeyError where `folder` does not hold the set in the common format."""
    path, titled = folder / f"{name}.json", SETS[name]
    value = json.loads(path.read_text(encoding="utf-8"))
    positions = {passage["id"]: position for position, passage in enumerate(value["passages"])}
    clean, misspelled = (_asked(value[key], positions) for key in ("queries", "queries_typo"))
    return QuestionSet(path.stem, tuple(_entry(p, titled) for p in value["passages"]), clean, misspelled)


def _asked(queries: list[dict[str, Any]], positions: dict[str, int]) -> tuple[Asked, ...]:
    return tuple(Asked(query["text"], frozenset(positions[name] for name in query["gold"])) for query in queries)


def _entry(passage: dict[str, Any], titled: bool) -> Entry:
    text, question = passage["text"], passage.get("question") or ""
    heading = " ".join(part for part in (passage["title"] if titled else "", question) if part)
    return Entry(text, heading, tuple(sentence.of(text) for sentence in split_sentences(text)), question)
