"""The elements of a page in; its visible words out, one block at a time, into a draft."""

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from knowledge.documents import BlockKind
from knowledge.formats.boilerplate import HEADINGS, is_left_out, is_opener, text_of
from knowledge.formats.draft import Draft

CELLS = frozenset(("td", "th"))
BLOCK_TAGS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure form "  # noqa: SIM905
    "header hgroup hr html legend li main ol p pre search section summary table tbody tfoot thead tr ul".split()
)
LISTS = ("ul", "ol", "dir")
BOLD = ("b", "strong")
ROW_KINDS = (BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW)
DEEPEST_HEADING = 6
LONGEST_QUESTION = 150  # characters of a bold line that is taken for a heading

_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Frame:
    """What the words directly inside one block element are."""

    element: HtmlElement
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    is_grid: bool = False  # a table of data, not one that lays out the page


class Walk:
    """Gathers words until a block begins or ends. A row of a data table is one block, its cells joined by a space."""

    def __init__(self, draft: Draft, opened: frozenset[str]) -> None:
        self._draft = draft
        self._opened = opened
        self._gathered: list[str] = []
        self._frames: list[_Frame] = []
        self._heading_level = 0

    def through(self, body: HtmlElement) -> None:
        walker = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walker:
            if event == "start" and element is not body and is_left_out(element, self._opened):
                skipped = element
                walker.skip_subtree()
            elif event == "start":
                self._begin(element)
            else:
                if event == "end" and element is not skipped:
                    self._finish(element)
                self._gather(element.tail if element is not body else None)
        self._flush()

    def _begin(self, element: HtmlElement) -> None:
        is_block = element.tag in BLOCK_TAGS or element.tag in CELLS or self._is_opener(element)
        if is_block and self._in_row():
            self._gathered.append(" ")
        elif is_block:
            self._flush()
            self._frames.append(self._frame(element))
        elif element.tag == "br":
            self._break()
        self._gather(element.text)

    def _break(self) -> None:
        """A second line break in a row ends the paragraph."""
        last = next((piece for piece in reversed(self._gathered) if piece.strip(" ")), "")
        if self._in_row():
            self._gathered.append(" ")
        elif last.endswith("\n"):
            self._flush()
        else:
            self._gathered.append("\n")

    def _finish(self, element: HtmlElement) -> None:
        if self._frames and self._frames[-1].element is element:
            self._flush()
            self._frames.pop()
        elif element.tag in CELLS or element.tag in BLOCK_TAGS:
            self._gathered.append(" ")

    def _gather(self, text: str | None) -> None:
        if text:
            is_preformatted = bool(self._frames) and self._frames[-1].element.tag == "pre"
            self._gathered.append(text if is_preformatted else _SPACE.sub(" ", text))

    def _flush(self) -> None:
        if self._frames:
            self._draft.add(self._frames[-1].kind, "".join(self._gathered), self._frames[-1].level)
        self._gathered.clear()

    def _frame(self, element: HtmlElement) -> _Frame:
        tag = element.tag
        if tag in HEADINGS:
            self._heading_level = int(tag[1])
            return self._heading(element, self._heading_level)
        if tag in ("dt", "summary") or self._is_opener(element) or _is_bold_question(element):
            return self._heading(element, min(DEEPEST_HEADING, self._heading_level + 1))
        if tag == "li":
            return _Frame(element, BlockKind.LIST_ITEM, max(1, sum(frame.element.tag in LISTS for frame in self._frames)))
        if tag == "table":
            return _Frame(element, is_grid=_is_grid(element))
        if tag == "tr" and self._in_grid():
            return _Frame(element, _row_kind(element))
        return self._inherited(element)

    def _heading(self, element: HtmlElement, level: int) -> _Frame:
        for frame in self._frames:
            if frame.kind is BlockKind.LIST_ITEM:  # a list of cards, each with a heading, is no list of items
                frame.kind, frame.level = BlockKind.PARAGRAPH, 0
        return _Frame(element, BlockKind.HEADING, level)

    def _inherited(self, element: HtmlElement) -> _Frame:
        outer = self._frames[-1] if self._frames else None
        if outer is None or element.tag in ("dd", "table", *LISTS) or outer.kind in ROW_KINDS:
            return _Frame(element)
        return _Frame(element, outer.kind, outer.level)

    def _in_row(self) -> bool:
        return bool(self._frames) and self._frames[-1].kind in ROW_KINDS

    def _in_grid(self) -> bool:
        tables = [frame for frame in self._frames if frame.element.tag == "table"]
        return bool(tables) and tables[-1].is_grid

    def _is_opener(self, element: HtmlElement) -> bool:
        is_inside_heading = bool(self._frames) and self._frames[-1].kind is BlockKind.HEADING
        return not is_inside_heading and is_opener(element, self._opened)


def _is_grid(table: HtmlElement) -> bool:
    is_layout = table.get("role", "").lower() in ("presentation", "none")
    return not is_layout and next(table.iterdescendants("table", *HEADINGS), None) is None


def _row_kind(row: HtmlElement) -> BlockKind:
    cells = [cell for cell in row if cell.tag in CELLS]
    parent = row.getparent()
    is_head = (parent is not None and parent.tag == "thead") or (bool(cells) and all(cell.tag == "th" for cell in cells))
    return BlockKind.TABLE_HEAD if is_head else BlockKind.TABLE_ROW


def _is_bold_question(element: HtmlElement) -> bool:
    if element.tag != "p" or not [child for child in element if child.tag in BOLD]:
        return False
    text = text_of(element)
    bold = " ".join(text_of(child) for child in element if child.tag in BOLD)
    return text == bold and text.endswith("?") and len(text) <= LONGEST_QUESTION
