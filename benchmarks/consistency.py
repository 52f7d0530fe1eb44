"""A pack and its documents go in; planted conflicts found and missed, false alarms, and every reported pair come out.

    python benchmarks/consistency.py PACK_DIR [DOCS_DIR] [--time FILE ...]

A planted conflict is found if a reported pair quotes two sentences of different sides. `--time` also takes the time of the
check on the passages of public question sets ({"passages": [{"text": ...}]}).
"""

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.consistency import find_conflicts
from bot.consistency.conflicts import Conflict, Side
from bot.judges import judges
from bot.resources import word_vectors
from knowledge.documents import Document
from knowledge.passages import split
from knowledge.sandbox import load_folder

NUMBERS = ("numeric", "interval", "date")


@dataclass(frozen=True)
class Planted:
    """`sides` are lists of (document, quote) that agree with one another on the value of the same place in `values`."""

    name: str
    kind: str
    sides: tuple[tuple[tuple[str, str], ...], ...]
    values: tuple[str, ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description="Scores the search for conflicts.")
    parser.add_argument("pack", type=Path)
    parser.add_argument("docs", type=Path, nargs="?")
    parser.add_argument("--time", type=Path, nargs="+", metavar="FILE")
    options = parser.parse_args()
    documents = [(document, split(document)) for document in load_folder(options.docs or options.pack / "docs").documents]
    reported = list(find_conflicts(documents, word_vectors(), judges()).conflicts)
    score(reported, planted_in(options.pack), look_alikes_in(options.pack))
    if options.time:
        measure(options.time)


def planted_in(pack: Path) -> list[Planted]:
    found = []
    for item in read(pack / "contradictions.json"):
        sides: dict[str, list[tuple[str, str]]] = {}
        for claim in item["claims"]:
            sides.setdefault(_value(claim), []).append((claim["doc"], one_line(claim["quote"])))
        found.append(Planted(item["id"], item["kind"], tuple(map(tuple, sides.values())), tuple(sides)))
    return found


def _value(claim: dict[str, Any]) -> str:
    """£1 and £1.00 are one side."""
    said = str(claim.get("value", claim["quote"])).lower()
    return said.removesuffix(".00")


def look_alikes_in(pack: Path) -> list[Planted]:
    return [
        Planted(item["id"], "", tuple(((item[side]["doc"], one_line(item[side]["quote"])),) for side in "ab"))
        for item in read(pack / "non_contradictions.json")
    ]


def read(path: Path) -> list[Any]:
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else []


def score(reported: list[Conflict], planted: list[Planted], look_alikes: list[Planted]) -> None:
    names = {conflict.id: _planted(conflict, planted) for conflict in reported}
    found = {name for name in names.values() if name}
    for group, kinds in (("numeric, interval, date", NUMBERS), ("polarity, modality", ("polarity", "modality"))):
        all_of = [one for one in planted if one.kind in kinds]
        print(f"{group}: {sum(one.name in found for one in all_of)} of {len(all_of)} found")
    false = [one.name for conflict in reported for one in look_alikes if _matches(conflict, one)]
    print(f"look-alikes reported: {len(set(false))} of {len(look_alikes)} {sorted(set(false))}")
    print(f"missed: {[one.name for one in planted if one.name not in found]}")
    print(f"reported: {len(reported)}, of them not planted: {sum(not name for name in names.values())}")
    print(dict(Counter(str(conflict.kind) for conflict in reported)))
    for conflict in reported:
        print(
            f"\n{conflict.likeness:.2f} {conflict.severity} {conflict.kind}: {conflict.attribute} [{names[conflict.id] or '-'}]"
        )
        for side in conflict.sides:
            print(f"    {side.document}: {one_line(side.quote)}")


def _planted(conflict: Conflict, planted: list[Planted]) -> str:
    return next((one.name for one in planted if _matches(conflict, one)), "")


def _matches(conflict: Conflict, planted: Planted) -> bool:
    first, second = ({k for k, side in enumerate(planted.sides) if _quotes(half, side)} for half in conflict.sides)
    return any(a != b for a in first for b in second)


def _quotes(side: Side, quotes: tuple[tuple[str, str], ...]) -> bool:
    said = one_line(side.quote)
    return any(document == side.document and (said in quote or quote in said) for document, quote in quotes)


def one_line(text: str) -> str:
    """In one line, a table's row without its bars."""
    return " ".join(text.replace("|", " ").split())


def measure(files: list[Path]) -> None:
    texts = [passage["text"] for file in files for passage in json.loads(file.read_text(encoding="utf-8"))["passages"]]
    many = [Document(f"{number}.txt", text, "") for number, text in enumerate(texts)]
    documents = [(document, split(document)) for document in many]
    began = time.process_time()
    found = find_conflicts(documents, word_vectors(), judges())
    seconds = time.process_time() - began
    print(f"\n{len(found.passages)} passages: {seconds:.1f} s of processor time, {len(found.conflicts)} conflicts")


if __name__ == "__main__":
    main()
