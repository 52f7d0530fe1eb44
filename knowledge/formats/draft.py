"""Collects pieces in reading order; gives the text they make and their spans as blocks."""

import re

from knowledge.documents import Block, BlockKind

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x2060, 0xFEFF]
)  # soft hyphen, zero-width spaces: where a line may break, not what it says
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_TIGHT = {BlockKind.LIST_ITEM, BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW}


def tidy(text: str) -> str:
    """Runs of spaces become one, lines are trimmed and empty lines dropped, invisible characters removed."""
    return _LINES.sub("\n", _SPACES.sub(" ", text.translate(_INVISIBLE))).strip()


class Draft:
    """A text under construction. List items and table rows follow each other line by line, all else after an empty line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks)

    @property
    def title(self) -> str | None:
        """The first heading of the highest level that occurs."""
        headings = [block for block in self._blocks if block.kind is BlockKind.HEADING]
        if not headings:
            return None
        first = min(headings, key=lambda block: (block.level, block.start))
        return self.text[first.start : first.end]

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Appends one block; a text without visible characters is left out."""
        words = tidy(text)
        if not words:
            return
        if self._blocks:
            tight = kind in _TIGHT and self._blocks[-1].kind in _TIGHT
            self._append("\n" if tight else "\n\n")
        start = self._length
        self._append(words)
        self._blocks.append(Block(kind, start, self._length, level))

    def _append(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)
