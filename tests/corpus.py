"""The three documents that tests share: a town library's rules, questions and web page, which disagree here and there.

They say different things about how long a loan runs (21 days, four weeks), the fine (20p, 15p), what joining costs (nothing,
£5), dogs, and eating in the reading room; they agree on twelve items and on £8 at most.
"""

from pathlib import Path

from knowledge.documents import Block, BlockKind, Document
from knowledge.loaders import LOADERS

FOLDER = Path(__file__).parent / "corpus"


def documents() -> tuple[Document, ...]:
    """As the loaders read them, by name: house-rules.txt, questions.md, visit.html."""
    return tuple(document(path) for path in sorted(FOLDER.iterdir()))


def document(path: Path) -> Document:
    loaded = LOADERS[path.suffix](path.read_bytes())
    return Document(
        path.name,
        loaded.text,
        loaded.title or path.stem,
        loaded.blocks,
        loaded.pages,
        loaded.url,
        loaded.date,
        loaded.lang or "en",
    )


def plain(text: str, name: str = "note.txt") -> Document:
    """A document without markup."""
    return Document(name, text, "Note")


def marked(*pieces: tuple[BlockKind, str, int], name: str = "note.md") -> Document:
    """A document whose blocks are `pieces` (kind, text, level), one below the other."""
    text, blocks = "", []
    for kind, words, level in pieces:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(words), level))
        text += words
    return Document(name, text, "Note", tuple(blocks))
