"""The turns of a conversation go in; what a follow-up has to be searched with comes out."""

from collections.abc import Iterator, Sequence

from bot.answers import PastTurn
from bot.questions import analyse, subject
from knowledge.text import words


def context_for(utterance: str, turns: Sequence[PastTurn]) -> str:
    """What an utterance that leans on the last of `turns` is about: the question at the root of the thread and the last one,
    but of a new question's own kind ("how long ...?") only their subject, not what they asked of it."""
    last = turns[-1]
    if not _leant_on(last) and last.utterance not in last.query:
        return last.query  # what was said about an answer, "are you sure?", is no subject
    root = _root(turns)
    told = last.utterance if words(root) == words(last.utterance) else f"{root} {last.utterance}"
    return (subject(told) or told) if analyse(utterance).kinds else told


def last_question(turns: Sequence[PastTurn]) -> str:
    """The last utterance that asked something by itself, where "and the first?" does not; the last of all where none does."""
    return next((turn.utterance for turn in _asked(turns) if analyse(turn.utterance).kinds), turns[-1].utterance)


def _root(turns: Sequence[PastTurn]) -> str:
    """The question that the last of `turns` goes back to."""
    root = turns[-1].utterance
    for turn in _asked(turns):
        context = _leant_on(turn)
        if not context:
            return turn.utterance
        root = context
    return root


def _asked(turns: Sequence[PastTurn]) -> Iterator[PastTurn]:
    """The last first; without small talk and what was said about an answer."""
    return (turn for turn in reversed(turns) if turn.query and turn.utterance in turn.query)


def _leant_on(turn: PastTurn) -> str:
    """What a turn was searched with beside its own words; empty where it stood alone."""
    before, found, after = turn.query.rpartition(turn.utterance)
    return before.strip() if found and not after.strip() else ""
