"""Questions and two ways of answering go in; the questions that would be answered differently come out, with both answers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.answers import Answer, Citation, Outcome
from knowledge.releases import Contents, Editorial
from knowledge.text import words

Ask = Callable[[str], Answer]
Progress = Callable[[int, int], None]

FEWEST_WORDS = 2  # of a heading that asks something by itself
_ANSWERS = frozenset({Outcome.ANSWERED, Outcome.CONFLICT, Outcome.ADVICE, Outcome.CLARIFY, Outcome.URGENT})


class ChangeKind(StrEnum):
    GAINED = "answer gained"
    LOST = "answer lost"
    REWORDED = "reworded"
    SOURCE_CHANGED = "source changed"
    IN_CONFLICT = "newly in conflict"
    AGREED = "no longer in conflict"


@dataclass(frozen=True, slots=True)
class AnswerChange:
    question: str
    kind: ChangeKind
    before: Answer
    after: Answer


def answer_changes(
    questions: Iterable[str], before: Ask, after: Ask, progress: Progress | None = None
) -> Iterator[AnswerChange]:
    """One for every question whose answer says or cites something else, in order; each question is asked once."""
    asked = list(dict.fromkeys(questions))
    for done, question in enumerate(asked, 1):
        first, second = before(question), after(question)
        kind = change(first, second)
        if kind is not None:
            yield AnswerChange(question, kind, first, second)
        if progress:
            progress(done, len(asked))


def change(before: Answer, after: Answer) -> ChangeKind | None:
    """How two answers to one question differ; None where they say the same from the same document."""
    had, has = before.outcome in _ANSWERS, after.outcome in _ANSWERS
    if had != has:
        return ChangeKind.GAINED if has else ChangeKind.LOST
    in_conflict = before.outcome is Outcome.CONFLICT, after.outcome is Outcome.CONFLICT
    if in_conflict[0] != in_conflict[1]:
        return ChangeKind.IN_CONFLICT if in_conflict[1] else ChangeKind.AGREED
    if not has:
        return None
    if _said(before) != _said(after):
        return ChangeKind.REWORDED
    return ChangeKind.SOURCE_CHANGED if _sources(before) != _sources(after) else None


def _said(answer: Answer) -> tuple[object, ...]:
    """What a reader would call the words of an answer: where lines break and how a template puts it does not count."""
    quotes = tuple(" ".join(citation.quote.split()) for citation in answer.citations)
    return (quotes or " ".join(answer.text.split()), answer.owner_words, tuple(choice.label for choice in answer.choices))


def _sources(answer: Answer) -> tuple[str, ...]:
    return tuple(_named(citation) for citation in answer.citations)


def _named(citation: Citation) -> str:
    return citation.document.name


def questions_of(editorial: Editorial, contents: Contents) -> Iterator[str]:
    """What a release is asked by itself: golden checks, curated answers, wordings, and the documents' own headings."""
    for check in editorial.golden:
        yield check.question
    for curated in editorial.curated:
        yield from curated.questions
    for wording in editorial.wordings:
        yield from wording.questions
    for document, passages in contents.documents():
        for passage in passages:
            heading = passage.heading.of(document.text).strip() if passage.heading else ""
            if sum(word.isalpha() for word in words(heading)) >= FEWEST_WORDS:
                yield " ".join(heading.split())
