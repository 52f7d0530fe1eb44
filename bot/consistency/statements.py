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
