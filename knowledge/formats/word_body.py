"""The body element of a Word document in; its words, block by block, into a draft."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from knowledge.documents import BlockKind
from knowledge.formats.draft import Draft

DEEPEST_HEADING = 6
LONGEST_QUESTION = 150  # characters of a bold paragraph that is taken for a heading
NO_OUTLINE = 9  # Word's outline level of body text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted text, a second copy of a text box for old programs, and text boxes, which are read after their paragraph.
_NOT_IN_LINE = {f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr"}
_WRITTEN = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list(?: bullet| number)?(?: (\d))?", re.IGNORECASE)


class WordBody:
    """Reads paragraphs and tables in document order. `styles` are the style elements by their id."""

    def __init__(self, draft: Draft, styles: dict[str, _Element]) -> None:
        self._draft = draft
        self._styles = styles
        self._heading_level = 0

    def read(self, parent: _Element) -> None:
        for element in parent:
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._table(element)
            elif isinstance(element.tag, str) and element.tag not in _NOT_IN_LINE and not _is_contents(element):
                self.read(element)  # content controls, insertions and the like

    def _paragraph(self, paragraph: _Element) -> None:
        kind, level = self._kind(paragraph)
        if kind is not None:
            self._draft.add(kind, "".join(_written(paragraph)), level)
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(ancestor.tag in (_FALLBACK, f"{_W}txbxContent") for ancestor in box.iterancestors()):
                self.read(box)

    def _kind(self, paragraph: _Element) -> tuple[BlockKind | None, int]:
        """None for a line of the table of contents."""
        name = self._style_name(paragraph)
        if name.casefold().startswith("toc "):
            return None, 0
        heading = self._outline_level(paragraph, name)
        if heading:
            self._heading_level = heading
            return BlockKind.HEADING, heading
        depth = self._list_depth(paragraph, name)
        if depth:
            return BlockKind.LIST_ITEM, depth
        if _is_bold_question(paragraph):
            return BlockKind.HEADING, min(DEEPEST_HEADING, self._heading_level + 1)
        return BlockKind.PARAGRAPH, 0

    def _outline_level(self, paragraph: _Element, name: str) -> int:
        """1-6, or 0 for what is no heading."""
        named = _HEADING.match(name)
        if named:
            return min(DEEPEST_HEADING, int(named[1]))
        if name.casefold() == "title":
            return 1
        level = int(self._property(paragraph, "outlineLvl") or NO_OUTLINE)
        return 0 if level >= NO_OUTLINE else min(DEEPEST_HEADING, level + 1)

    def _list_depth(self, paragraph: _Element, name: str) -> int:
        """From 1, or 0 for what is no list item."""
        named = _LIST.fullmatch(name)
        depth = int(named[1] or 1) if named else 0
        number = self._property(paragraph, "numPr/{W}numId")
        if number and number != "0":
            return max(depth, int(self._property(paragraph, "numPr/{W}ilvl") or 0) + 1)
        return depth

    def _property(self, paragraph: _Element, path: str) -> str | None:
        """The value of a paragraph property, of the paragraph itself or of the styles that it inherits from."""
        for element in (paragraph, *self._style_chain(paragraph)):
            found = element.find(f"{_W}pPr/{_W}{path.replace('{W}', _W)}")
            if found is not None:
                return found.get(f"{_W}val")
        return None

    def _style_name(self, paragraph: _Element) -> str:
        """The name of the nearest style that tells something: "My heading", based on "heading 2", is a heading."""
        names = [_value(style.find(f"{_W}name")) for style in self._style_chain(paragraph)]
        return next((name for name in names if _HEADING.match(name)), names[0] if names else "")

    def _style_chain(self, paragraph: _Element) -> Iterator[_Element]:
        name = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name].find(f"{_W}basedOn"))

    def _table(self, table: _Element) -> None:
        rows = [list(row.iterchildren(f"{_W}tc")) for row in table.iterchildren(f"{_W}tr")]
        if all(len(cells) == 1 for cells in rows):  # a frame around text, not a table of data
            for (cell,) in rows:
                self.read(cell)
            return
        heads = _head_rows(table, rows)
        for position, cells in enumerate(rows):
            kind = BlockKind.TABLE_HEAD if position < heads else BlockKind.TABLE_ROW
            self._draft.add(kind, " ".join(filter(None, map(_cell_text, cells))))


def _written(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif child.tag not in _NOT_IN_LINE and not (child.tag == f"{_W}r" and _has(child, "vanish")):
            yield from _written(child)


def _cell_text(cell: _Element) -> str:
    return " ".join(" ".join("".join(_written(paragraph)).split()) for paragraph in cell.iter(f"{_W}p")).strip()


def _head_rows(table: _Element, rows: list[list[_Element]]) -> int:
    """How many rows at the top are column heads: as marked, or the first one where it looks like them.

    Word marks the first row of nearly every table as special; with two columns that may just be a name and its value.
    """
    marked = [row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in table.iterchildren(f"{_W}tr")]
    if marked[0] or len(rows) < 2:
        return marked.index(False) if False in marked else 0
    texts = [_cell_text(cell) for cell in rows[0]]
    are_names = all(texts) and not any(character.isdigit() for text in texts for character in text)
    are_bold = all(_is_bold(paragraph) for cell in rows[0] for paragraph in cell.iterchildren(f"{_W}p"))
    return int(are_names and (are_bold or (len(texts) > 2 and _is_first_row_special(table))))


def _is_first_row_special(table: _Element) -> bool:
    look = table.find(f"{_W}tblPr/{_W}tblLook")
    if look is None:
        return False
    return look.get(f"{_W}firstRow") in ("1", "true") or bool(int(look.get(f"{_W}val") or "0", 16) & 0x20)


def _is_bold_question(paragraph: _Element) -> bool:
    text = "".join(_written(paragraph)).strip()
    return text.endswith("?") and len(text) <= LONGEST_QUESTION and _is_bold(paragraph)


def _is_bold(paragraph: _Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(_written(run)).strip()]
    return bool(runs) and all(_has(run, "b") for run in runs)


def _has(run: _Element, switch: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{switch}")
    return found is not None and found.get(f"{_W}val", "1") not in ("0", "false", "none")


def _is_contents(element: _Element) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return _value(gallery) == "Table of Contents"


def _value(element: _Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""
