"""A sentence where it stands goes in, with what it claims it comes out."""

from dataclasses import dataclass, field

from bot.claims import Claim, claims
from knowledge.documents import Document, Passage, Sentence, SentenceKind

LISTED = frozenset({SentenceKind.TABLE_ROW, SentenceKind.LIST_ITEM, SentenceKind.LINE})


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence where it stands, with what it claims."""

    document: Document
    passage: Passage
    sentence: Sentence
    claims: tuple[Claim, ...] = field(default=())

    @property
    def text(self) -> str:
        return self.sentence.of(self.document.text)


def statement(document: Document, passage: Passage, sentence: Sentence) -> Statement:
    return Statement(document, passage, sentence, claims(document, passage, sentence))


def belong_together(first: Statement, second: Statement) -> bool:
    """Sentences of one passage, and rows or items of one list, are made to differ."""
    if first.document.name != second.document.name:
        return False
    if first.passage.id == second.passage.id:
        return True
    kind = first.sentence.kind
    return kind in LISTED and kind is second.sentence.kind and first.passage.heading == second.passage.heading
