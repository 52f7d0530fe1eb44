"""A question and an edition go in; what each document says to it, by itself, comes out, the nearest document first."""

from dataclasses import dataclass

from bot.edition import Edition
from bot.retrieval import Hit
from knowledge.documents import Document, Passage, Span

LEAST_COVERAGE = 0.25  # of the question's words; a document with less says nothing to it
MOST = 2_000  # passages that are looked at


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The sentence of `document` that fits best: `document.text[span.start:span.end]`. `coverage` is the share of the
    question's words, by weight, that its passage holds."""

    document: Document
    passage: Passage
    span: Span
    score: float
    coverage: float

    @property
    def quote(self) -> str:
        return self.span.of(self.document.text)


def side_by_side(edition: Edition, question: str) -> tuple[list[OwnAnswer], list[str]]:
    """One answer for each document that has one, and the names of those that say nothing."""
    hits = edition.retriever.search(question, min(MOST, max(1, edition.contents.passage_count)))
    best: dict[str, OwnAnswer] = {}
    for hit in hits:
        answer = _answer(edition, hit)
        if answer is not None:
            best.setdefault(answer.document.name, answer)
    silent = [document.name for document, _ in edition.contents.documents() if document.name not in best]
    return list(best.values()), silent


def _answer(edition: Edition, hit: Hit) -> OwnAnswer | None:
    document, passage = edition.contents.passage(hit.position)
    scored = [(score, -i) for i, score in enumerate(hit.sentences) if passage.sentences[i].quotable]
    if hit.coverage < LEAST_COVERAGE or not scored or passage.id in edition.editorial.suppressed:
        return None
    sentence = passage.sentences[-max(scored)[1]]
    return OwnAnswer(document, passage, Span(sentence.start, sentence.end), hit.score, hit.coverage)
