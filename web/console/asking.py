"""Editions and questions go in, answers as a visitor gets them come out; what takes long is found once, in the background."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

from bot import checks, publishing
from bot.answers import Answer, Conversation, Outcome
from bot.assistant import Assistant
from bot.checks.answer_changes import questions_of
from bot.checks.golden import GoldenFinding, golden_findings
from bot.checks.question_groups import Asked, asked, grouped
from bot.checks.wording_checks import WordingFinding, wording_findings
from bot.consistency import Findings
from bot.edition import Edition
from bot.publishing.publications import Preview, Terms
from bot.resources import word_vectors
from bot.transcript import DOUBTFUL
from knowledge.documents import content_hash
from knowledge.drafts import drafts
from web.console.background import PATIENCE, Job, Progress, background
from web.console.guard import me
from web.parts import parts

_read: WeakKeyDictionary[Edition, dict[str, Asked]] = WeakKeyDictionary()

MOST_HEADINGS = 400  # of the documents that are asked as questions


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question of the documents or of staff that is refused, or answered with little confidence."""

    question: str
    answer: Answer


def asking(assistant: Assistant, edition: Edition) -> Callable[[str], Answer]:
    """Each question by itself, as the first of a conversation."""
    return lambda question: assistant.reply(edition, Conversation(), question).answer


def findings(edition: Edition, patience: float = PATIENCE) -> Job[Findings]:
    """The conflicts of an edition's documents. Editions that differ in editorial words only have them in common."""
    name = ("conflicts", edition.contents.release)
    return background().job(name, lambda advance: checks.find(edition, word_vectors(), advance), patience)


def golden(edition: Edition, patience: float = PATIENCE) -> Job[list[GoldenFinding]]:
    assistant = parts().assistant
    return background().job(("golden", edition.release), lambda _: list(golden_findings(assistant, edition)), patience)


def wordings(edition: Edition) -> Job[list[WordingFinding]]:
    ask = asking(parts().assistant, edition)
    name = ("wordings", edition.release)
    return background().job(name, lambda _: list(wording_findings(edition.editorial.wordings, ask)))


def drafted() -> Job[Preview]:
    """What publishing the drafts would make live, opened."""
    here, usual = parts(), Terms(who=me().name, encoder=parts().encoder)
    name = ("draft", here.editions.current().release, drafts(here.store.engine))
    return background().job(name, lambda _: publishing.preview_drafts(here.store, here.settings.data, usual))


def groups(edition: Edition, questions: Sequence[str], patience: float = PATIENCE) -> Job[list[list[int]]]:
    """Positions in `questions`; those that ask the same are together."""
    name = ("groups", edition.release, content_hash(list(questions)))
    return background().job(name, partial(_groups, parts().assistant, edition, tuple(questions)), patience)


def _groups(assistant: Assistant, edition: Edition, questions: Sequence[str], advance: Progress) -> list[list[int]]:
    """What was read once is read no more; by a hash, so that no visitor's words stay here."""
    known = _read.setdefault(edition, {})
    for done, question in enumerate(questions, 1):
        key = content_hash(question)
        if key not in known:
            known[key] = asked(question, assistant, edition)
        advance(done, len(questions))
    return grouped([known[content_hash(question)] for question in questions])


def doubts(edition: Edition) -> Job[list[Doubt]]:
    """What to look at where no visitor's question is kept."""
    ask = asking(parts().assistant, edition)
    return background().job(("doubts", edition.release), lambda advance: _doubts(edition, ask, advance))


def _doubts(edition: Edition, ask: Callable[[str], Answer], advance: Progress) -> list[Doubt]:
    questions = list(dict.fromkeys(questions_of(edition.editorial, edition.contents)))[:MOST_HEADINGS]
    found = []
    for done, question in enumerate(questions, 1):
        answer = ask(question)
        if answer.outcome is Outcome.NO_ANSWER or (answer.confidence is not None and answer.confidence < DOUBTFUL):
            found.append(Doubt(question, answer))
        advance(done, len(questions))
    return found
