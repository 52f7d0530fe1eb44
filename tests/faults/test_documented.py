"""docs/faults.md has a line for every fault, and names tests that exist."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "faults.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE))


def defined_in(file: str) -> set[str]:
    return set(re.findall(r"def (test_\w+)", (TESTS / file).read_text(encoding="utf-8")))


def test_every_test_that_is_named_exists() -> None:
    assert NAMED
    assert not [name for file, name in NAMED if name not in defined_in(file)]


def test_every_fault_is_there_once() -> None:
    numbers = [int(number) for row in re.findall(r"^\| ([\d–]+) \|", PAGE, re.MULTILINE) for number in _span(row)]
    assert numbers == list(range(1, 59))


def _span(row: str) -> list[str]:
    first, _, last = row.partition("–")
    return [str(number) for number in range(int(first), int(last or first) + 1)]
