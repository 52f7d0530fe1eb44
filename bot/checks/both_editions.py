"""Questions and two editions of much the same documents go in; how each answers and what differs come out.

What both editions hold is read once, and what to ask next is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers import Answer, Conversation
from bot.assistant import Assistant
from bot.checks.answer_changes import AnswerChange, Progress, answer_changes, change
from bot.disagreement import disagreement_in
from bot.edition import Edition

Differs = Callable[[str], bool]
Shares = Callable[[Sequence[str], Differs, Progress], list[str]]  # questions in, those that differ out, in order


@dataclass(frozen=True, slots=True)
class Both:
    """Each question is asked by itself, as the first of a conversation."""

    assistant: Assistant
    before: Edition
    after: Edition

    def first(self, question: str) -> Answer:
        return self.assistant.reply(self.before, Conversation(), question).answer

    def second(self, question: str) -> Answer:
        return self.assistant.reply(self.after, Conversation(), question).answer

    def differs(self, question: str) -> bool:
        return change(self.first(question), self.second(question)) is not None


def both(assistant: Assistant, before: Edition, after: Edition) -> Both:
    """Reads all passages of both."""
    earlier, later = (disagreement_in(edition, assistant.vectors) for edition in (before, after))
    later.remember_with(earlier)
    return Both(replace(assistant, suggests=False), before, after)


def changed_answers(
    questions: Iterable[str], editions: Both, progress: Progress, shares: Shares | None = None
) -> Iterator[AnswerChange]:
    """One for every question whose answer says or cites something else, in order; each question once.

    `shares` has others find which questions those are, who hold the same editions.
    """
    asked = list(dict.fromkeys(questions))
    if shares is None:
        return answer_changes(asked, editions.first, editions.second, progress)
    return answer_changes(shares(asked, editions.differs, progress), editions.first, editions.second)
