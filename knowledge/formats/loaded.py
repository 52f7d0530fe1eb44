"""What a loader makes of one file: text, blocks and the properties that the file states about itself."""

from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from knowledge.documents import Audience, Block, BlockKind
from knowledge.metadata import checked

# Not every database stores NUL, and half of a surrogate pair cannot be encoded. One character for one keeps the offsets.
_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


class Unreadable(Exception):
    """This file cannot be read; the message is the reason in words that the owner understands."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """`blocks` and `pages` as in `Document`; a property is None where the file does not state it."""

    text: str
    blocks: tuple[Block, ...] = ()
    pages: tuple[int, ...] = ()
    title: str | None = None
    url: str | None = None
    date: str | None = None
    lang: str | None = None
    audience: Audience | None = None


def to_json(loaded: Loaded) -> dict[str, Any]:
    fields = asdict(loaded)
    fields["text"] = loaded.text.translate(_UNSTORABLE)
    fields["title"] = loaded.title and loaded.title.translate(_UNSTORABLE)
    return fields


def from_json(value: Any) -> Loaded:
    """Trusts nothing: the process that wrote `value` had read a stranger's file.

    Raises KeyError, TypeError or ValueError where types or properties do not fit, or where blocks and pages do not lie in the
    text in order.
    """
    blocks = tuple(Block(BlockKind(b["kind"]), int(b["start"]), int(b["end"]), int(b["level"])) for b in value["blocks"])
    pages = tuple(int(start) for start in value["pages"])
    strings = {name: value[name] for name in ("title", "url", "date", "lang", "audience")}
    if not isinstance(value["text"], str) or not all(isinstance(s, str | None) for s in strings.values()):
        raise TypeError("text and properties are strings")
    checked({name: stated for name, stated in strings.items() if stated is not None and name != "title"}, "the reader")
    _check_order([offset for block in blocks for offset in (block.start, block.end)], len(value["text"]))
    _check_order(list(pages), len(value["text"]))
    return Loaded(value["text"], blocks, pages, **strings)


def _check_order(offsets: list[int], length: int) -> None:
    bounds = [0, *offsets, length]
    if any(before > after for before, after in pairwise(bounds)):
        raise ValueError("offsets out of order")
