"""A question and an edition go in; what each document says to it, by itself, comes out, the surest document first."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers import Citation
from bot.assistant import Assistant
from bot.candidates import search_of
from bot.confidence import confidence
from bot.edition import Edition
from bot.features import gather, rank
from bot.questions import analyse
from bot.quoting import citation
from bot.retrieval import Hit, Query

LOOKED_AT = 2_000  # passages of the whole edition, best first
OF_EACH = 6  # passages of one document
MOST = 40  # documents that are asked
LEAST = 0.25  # confidence; a document below it says nothing to the question


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What would be quoted if `citation.document` were the only one, and the probability that it answers."""

    citation: Citation
    confidence: float


@dataclass(frozen=True, slots=True)
class SideBySide:
    """`silent` names the documents that say nothing to the question, `staff` those that visitors are not told of."""

    answers: tuple[OwnAnswer, ...]
    silent: tuple[str, ...]
    staff: frozenset[str] = frozenset()


def side_by_side(assistant: Assistant, edition: Edition, question: str) -> SideBySide:
    """Staff documents included. One question, every document's answer."""
    hits: dict[str, list[Hit]] = {}
    asked = edition.retriever.understand(question, staff=True)
    for hit in edition.retriever.search(asked, max(1, min(LOOKED_AT, edition.contents.passage_count))):
        document, passage = edition.contents.passage(hit.position)
        if passage.id not in edition.editorial.suppressed:
            hits.setdefault(document.name, []).append(hit)
    heard_out = list(hits.values())[:MOST]
    answers = [found for own in heard_out if (found := _answer(assistant, edition, asked, own[:OF_EACH]))]
    sure = sorted((one for one in answers if one.confidence >= LEAST), key=lambda one: -one.confidence)
    heard = {one.citation.document.name for one in sure}
    audiences = {document.name: document.audience for document, _ in edition.contents.documents()}
    silent = tuple(name for name in audiences if name not in heard)
    return SideBySide(tuple(sure), silent, frozenset(name for name, audience in audiences.items() if audience == "staff"))


def _answer(assistant: Assistant, edition: Edition, asked: Query, hits: Sequence[Hit]) -> OwnAnswer | None:
    search = search_of(asked, analyse(asked.text), tuple(hits))
    ranked = rank(gather([search], edition.contents), assistant.weights.ranking)
    if not ranked:
        return None
    return OwnAnswer(citation(ranked[0]), confidence([search], ranked, assistant.vectors, assistant.weights))
