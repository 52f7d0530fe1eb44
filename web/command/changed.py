"""What is live and what is to be live go in; the answers that differ come out, and as lines for a reader."""

from collections.abc import Iterator, Sequence
from time import monotonic

from bot.answers import Answer
from bot.checks.answer_changes import AnswerChange, Progress, questions_of
from bot.checks.both_editions import Differs, both, changed_answers
from bot.edition import Edition
from web.command.shares import shared_out
from web.parts import assistant_for
from web.settings import Settings
from web.terminal import progress


def changed(
    live: Edition, proposed: Edition, settings: Settings, seconds: float = float("inf")
) -> tuple[list[AnswerChange], bool]:
    """Whose answers differ, and whether all was asked: a question that `seconds` leave no time for is passed over."""
    until = monotonic() + seconds

    def shares(questions: Sequence[str], differs: Differs, progress: Progress) -> list[str]:
        return shared_out(questions, lambda question: monotonic() < until and differs(question), progress)

    questions = (*questions_of(live.editorial, live.contents), *questions_of(proposed.editorial, proposed.contents))
    editions = both(assistant_for(settings), live, proposed)
    with progress() as advance:
        found = list(changed_answers(questions, editions, lambda done, total: advance("asking", done, total), shares))
    return found, monotonic() < until


def lines(changes: Sequence[AnswerChange]) -> Iterator[str]:
    for change in changes:
        yield f"{change.kind}: {change.question}"
        yield f"  - {_in_line(change.before)}"
        yield f"  + {_in_line(change.after)}"


def _in_line(answer: Answer) -> str:
    if not answer.citations:
        return answer.text or str(answer.outcome)
    return " / ".join(f"“{' '.join(one.quote.split())}” ({one.document.name})" for one in answer.citations)
