"""A question and the owner's curated answers go in; the one that was made for it comes out, with its quotes found again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from bot.answers import Citation
from bot.edition import Edition
from bot.questions import AnswerKind, analyse
from bot.quoting import source_info
from bot.retrieval.function_words import NEGATIONS, function_words
from knowledge.documents import Document, Passage
from knowledge.releases import CuratedAnswer, Quotation
from knowledge.text import stems, words

SAME_QUESTION = 0.8  # share of common content words (Jaccard index) from which two phrasings are one question
# Shapes of a question that say nothing of what is asked for: "What is the fine?" asks what "the fine?" asks.
_SHAPES = frozenset({AnswerKind.DEFINITION, AnswerKind.LIST})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What has to agree for two phrasings to be one question."""

    content: frozenset[str]
    figures: frozenset[str]
    negated: bool
    kinds: frozenset[AnswerKind]

    def likeness(self, other: "_Asked") -> float:
        """The Jaccard index of the content words; 0 where a figure, a negation or what is asked for differs. Keywords ask for
        whatever the other asks for."""
        differs = self.figures != other.figures or self.negated != other.negated
        if differs or (self.kinds and other.kinds and self.kinds != other.kinds):
            return 0.0
        return len(self.content & other.content) / max(1, len(self.content | other.content))


def curated_for(question: str, curated: Iterable[CuratedAnswer], lang: str = "en") -> CuratedAnswer | None:
    """The answer with the phrasing that is nearest to the question, if any is near enough; ties go to the first."""
    asked = _asked(question, lang)
    nearest: tuple[float, CuratedAnswer | None] = (0.0, None)
    for answer in curated:
        alike = max((asked.likeness(_asked(phrasing, lang)) for phrasing in answer.questions), default=0.0)
        if alike >= SAME_QUESTION and alike > nearest[0]:
            nearest = (alike, answer)
    return nearest[1]


def _asked(text: str, lang: str) -> _Asked:
    """The content is the stems that carry meaning, or all where none does."""
    found = words(text)
    meant = [word for word in found if word not in function_words(lang)]
    return _Asked(
        content=frozenset(stems(meant or found, lang)),
        figures=frozenset(word for word in found if any(character.isdigit() for character in word)),
        negated=not NEGATIONS.isdisjoint(found),
        kinds=analyse(text).kinds - _SHAPES,
    )


def find_again(quotations: Iterable[Quotation], edition: Edition) -> Iterator[Citation]:
    """Where the quotations stand in this release, numbered from 1; those that are gone are left out."""
    numbers = count(1)
    for quotation in quotations:
        held = edition.contents.named(quotation.document)
        if held is None or held[0].audience != "public":
            continue
        document, passages = held
        allowed = (passage for passage in passages if passage.id not in edition.editorial.suppressed)
        places = ((passage, document.text.find(quotation.quote, passage.start, passage.end)) for passage in allowed)
        first = next(((passage, start) for passage, start in places if start >= 0), None)
        if first is not None:
            yield _cited(next(numbers), quotation.quote, document, *first)


def _cited(number: int, quote: str, document: Document, passage: Passage, start: int) -> Citation:
    heading = passage.heading.of(document.text) if passage.heading else None
    end = start + len(quote)
    return Citation(number, source_info(document), quote, start, end, passage.id, heading, document.page(start))
