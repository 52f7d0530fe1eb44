"""An answer and its edition go in; the conflicts that it tells come out, each under the fingerprint that settles it."""

from collections.abc import Iterator
from itertools import combinations

from bot.answers import Answer, Citation, Outcome
from bot.consistency import Conflict, Statement, clash, statement
from bot.consistency.conflicts import conflict
from bot.disagreement import disagreement_in
from bot.edition import Edition
from bot.retrieval.meaning import WordVectors


def told_conflicts(answer: Answer, edition: Edition, vectors: WordVectors) -> list[Conflict]:
    """Those between what is quoted of two sides, the surest first; none where the answer is no conflict."""
    if answer.outcome is not Outcome.CONFLICT:
        return []
    likeness = disagreement_in(edition, vectors).likeness
    quoted = [list(_statements(citation, edition)) for citation in answer.citations]
    found = {}
    for first, second in combinations(quoted, 2):
        for a, b in (sorted((a, b), key=_place) for a in first for b in second):  # as `find_conflicts` compares them
            met = clash(a, b, likeness)
            if met is not None:
                one = conflict(a, b, met, likeness)
                found[one.id] = one
    settled = {one.conflict for one in edition.editorial.settled if one.preferred is None}
    return sorted((one for one in found.values() if one.id not in settled), key=lambda one: (-one.likeness, one.id))


def _place(statement: Statement) -> tuple[str, int]:
    return statement.document.name, statement.sentence.start


def _statements(citation: Citation, edition: Edition) -> Iterator[Statement]:
    """Of the sentences that it shows."""
    held = edition.contents.document(citation.document.id)
    if held is None:
        return
    document, passages = held
    for passage in (one for one in passages if one.id == citation.passage):
        for sentence in passage.sentences:
            if sentence.start < citation.end and citation.start < sentence.end:
                yield statement(document, passage, sentence)
