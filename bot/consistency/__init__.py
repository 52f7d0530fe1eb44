"""Documents with their passages go in; where they contradict one another, and where they repeat one another, comes out.

Core: no I/O. The word vectors and the judges are arguments (`bot.resources.word_vectors`, `bot.judges`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.claims.wording import content_stems
from bot.consistency.clashes import Clash, ConflictKind, clash, clashes_among
from bot.consistency.conflicts import Conflict, Severity, Side, conflict
from bot.consistency.judging import Judges
from bot.consistency.likeness import Likeness, Vocabulary
from bot.consistency.near_duplicates import Duplicate, near_duplicates
from bot.consistency.neighbours import Progress
from bot.consistency.statements import Statement, statement
from knowledge.documents import Document, Passage

__all__ = [
    "Clash",
    "Conflict",
    "ConflictKind",
    "Duplicate",
    "Findings",
    "Likeness",
    "Severity",
    "Side",
    "Statement",
    "clash",
    "find_conflicts",
    "likeness_in",
    "statement",
    "statements_of",
]

Documents = Sequence[tuple[Document, Sequence[Passage]]]


@dataclass(frozen=True, slots=True)
class Findings:
    """`duplicates` are positions in `passages`."""

    conflicts: tuple[Conflict, ...]
    duplicates: tuple[Duplicate, ...]
    passages: tuple[tuple[Document, Passage], ...]


def find_conflicts(
    documents: Documents,
    vocabulary: Vocabulary,
    judges: Judges,
    progress: Progress | None = None,
) -> Findings:
    """All conflicts, the surest first, and near-duplicate passages. The same for the same documents in any order.

    `judges` tell what is of one attribute (`bot.judges`); `progress` is told how many of how many claims have been compared.
    """
    ordered = sorted(documents, key=lambda pair: pair[0].name)
    likeness = likeness_in(ordered, vocabulary)
    found: dict[str, Conflict] = {}
    for first, second, met in clashes_among(statements_of(ordered), vocabulary, likeness, judges, progress):
        report = conflict(first, second, met, likeness)
        found.setdefault(report.id, report)
    passages = tuple((document, passage) for document, split in ordered for passage in split)
    surest = sorted(found.values(), key=lambda one: (-one.likeness, one.id))
    return Findings(tuple(surest), tuple(near_duplicates(passages)), passages)


def statements_of(documents: Documents) -> list[Statement]:
    """Every sentence that claims something."""
    made = (
        statement(document, passage, sentence)
        for document, passages in documents
        for passage in passages
        for sentence in passage.sentences
    )
    return [one for one in made if one.claims]


def likeness_in(documents: Iterable[tuple[Document, Sequence[Passage]]], vocabulary: Vocabulary) -> Likeness:
    """What words weigh among these documents: one that stands in every passage tells nothing apart."""
    counts: Counter[str] = Counter()
    total = 0
    for document, passages in documents:
        for passage in passages:
            counts.update(content_stems(passage.of(document.text)))
            total += 1
    return Likeness(vocabulary, counts, total)
