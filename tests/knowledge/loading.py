"""What the tests of the loaders share: a file's content in, its blocks out."""

from knowledge.documents import BlockKind
from knowledge.formats.loaded import Loaded
from knowledge.loaders import LOADERS

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
HEAD, ROW = BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW

MARKDOWN = "# Library\n\nOpen *daily*.\n\n- Bring a card\n- Bring a bag\n\n| Day | Hours |\n|---|---|\n| Monday | 9-5 |\n"


def load(suffix: str, content: str | bytes) -> Loaded:
    return LOADERS[suffix](content.encode() if isinstance(content, str) else content)


def blocks(loaded: Loaded) -> list[tuple[BlockKind, str]]:
    return [(block.kind, loaded.text[block.start : block.end]) for block in loaded.blocks]


def body(content: str) -> list[tuple[BlockKind, str]]:
    return blocks(load(".html", f"<!DOCTYPE html><html><body>{content}</body></html>"))
