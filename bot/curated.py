"""A question and the owner's curated answers go in; the one that was made for it comes out, with its quotes found again."""

from collections.abc import Iterable, Iterator

from bot.answers import Citation
from bot.edition import Edition
from bot.quoting import source_info
from bot.retrieval.function_words import function_words
from knowledge.releases import CuratedAnswer, Quotation
from knowledge.text import stems, words

SAME_QUESTION = 0.8  # share of common content words (Jaccard index) from which two phrasings are one question
LOOKED_THROUGH = 20  # passages among which a quotation is found again


def curated_for(question: str, curated: Iterable[CuratedAnswer], lang: str = "en") -> CuratedAnswer | None:
    """The answer with the phrasing that is nearest to the question, if any is near enough; ties go to the first."""
    asked = _content(question, lang)
    nearest: tuple[float, CuratedAnswer | None] = (0.0, None)
    for answer in curated:
        for phrasing in answer.questions:
            known = _content(phrasing, lang)
            alike = len(asked & known) / max(1, len(asked | known))
            if alike >= SAME_QUESTION and alike > nearest[0]:
                nearest = (alike, answer)
    return nearest[1]


def _content(text: str, lang: str) -> frozenset[str]:
    """The stems that carry meaning, or all where none does; what holds a digit stays as written."""
    found = words(text)
    meant = [word for word in found if word not in function_words(lang)]
    return frozenset(stems(meant or found, lang))


def find_again(quotations: Iterable[Quotation], edition: Edition) -> Iterator[Citation]:
    """Where the quotations stand in this release; those that are gone are left out."""
    for number, quotation in enumerate(quotations, 1):
        for hit in edition.retriever.search(quotation.quote, LOOKED_THROUGH):
            document, passage = edition.contents.passage(hit.position)
            start = document.text.find(quotation.quote, passage.start, passage.end)
            may_show = document.audience == "public" and passage.id not in edition.editorial.suppressed
            if document.name == quotation.document and may_show and start >= 0:
                end = start + len(quotation.quote)
                heading = passage.heading.of(document.text) if passage.heading else None
                page = document.page(start)
                yield Citation(number, source_info(document), quotation.quote, start, end, passage.id, heading, page)
                break
