"""A release: the documents and the editorial layer that answers are made from, frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from knowledge.documents import Document, Passage


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document, found again by their text after a re-publish."""

    document: str  # the document's name
    quote: str


@dataclass(frozen=True, slots=True)
class CuratedAnswer:
    """An answer that staff pinned to a question and its phrasings; `lead` is the owner's own words and marked so."""

    id: str
    questions: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    lead: str = ""
    verify_by: str | None = None  # ISO date


@dataclass(frozen=True, slots=True)
class GoldenCheck:
    """A question whose answer must cite `expected`, or must be refused where `expected` is None."""

    id: str
    question: str
    expected: Quotation | None


@dataclass(frozen=True, slots=True)
class WordingCheck:
    """Phrasings that must get one answer."""

    id: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UrgentRule:
    """Any of `words` in what was typed shows `text` and searches nothing."""

    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SettledConflict:
    """A conflict, by its fingerprint, that is none; or, with `preferred`, one where that document comes before `over`."""

    conflict: str
    preferred: str | None = None  # a document's name
    over: str | None = None
    note: str = ""
    about: str = ""  # the attribute in words, for the time when the conflict is found no more


@dataclass(frozen=True, slots=True)
class Editorial:
    """What staff say beside the documents. `preferred` names documents whose side is shown first in a conflict; it follows
    from what is `settled`, which is in the order of the decisions."""

    curated: tuple[CuratedAnswer, ...] = ()
    golden: tuple[GoldenCheck, ...] = ()
    wordings: tuple[WordingCheck, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    suppressed: frozenset[str] = frozenset()  # passage ids
    settled: tuple[SettledConflict, ...] = ()
    preferred: tuple[str, ...] = ()  # document names
    urgent: tuple[UrgentRule, ...] = ()
    operating_point: float | None = None  # least confidence that is answered, 0 to 1; None: the shipped one


class Contents(Protocol):
    """The documents of one release, in order; passages are numbered from 0 through all of them."""

    @property
    def release(self) -> str: ...

    @property
    def document_count(self) -> int: ...

    @property
    def passage_count(self) -> int: ...

    def passage(self, position: int) -> tuple[Document, Passage]:
        """Raises IndexError outside `range(passage_count)`."""

    def documents(self) -> Iterator[tuple[Document, tuple[Passage, ...]]]: ...

    def document(self, document_id: str) -> tuple[Document, tuple[Passage, ...]] | None: ...

    def named(self, name: str) -> tuple[Document, tuple[Passage, ...]] | None:
        """The document of this name, which no two of a release have."""

    def text(self, document_id: str) -> str | None:
        """The stored text, None where there is no such document."""
