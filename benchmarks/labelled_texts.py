"""The name of a pack, or of a company's file, goes in; its documents as an edition and its labelled sentences come out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.attribute_texts import company
from benchmarks.editions import edition, folder_edition
from bot.edition import Edition

NAMED = "PACK_DIR[:DOCS_DIR] | COMPANY.md"


@dataclass(frozen=True)
class Labelled:
    """`items` are {"text", "label": "supported" | "contradicted" | "not_found", "quotes": [{"doc", "quote"}]}."""

    name: str
    edition: Edition
    items: list[dict[str, Any]]


def labelled(named: str, scratch: Path) -> Labelled:
    """A company's sentences are beside it, as COMPANY.textcheck.json; a pack's are its textcheck.json, and its documents are
    its `docs` where no other folder is named."""
    pack, _, docs = named.partition(":")
    path = Path(pack)
    if path.suffix == ".md":
        items = _read(path.with_suffix(".textcheck.json"))
        return Labelled(path.stem, edition(company(path).documents, scratch / "edition"), items)
    built = folder_edition(Path(docs) if docs else path / "docs", scratch / "edition")
    return Labelled(path.name, built, _read(path / "textcheck.json"))


def _read(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8")))
