"""An edition and the assistant that answers from it go in, what its golden checks found comes out."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers import Answer, Conversation, Outcome
from bot.assistant import Assistant
from bot.edition import Edition
from bot.publishing.publications import Gate
from knowledge.releases import GoldenCheck, Quotation

REFUSALS = {Outcome.NO_ANSWER}


@dataclass(frozen=True, slots=True)
class GoldenFinding:
    """What a check's question was answered with, and whether that is what it has to be."""

    check: GoldenCheck
    answer: Answer
    holds: bool


def golden_findings(assistant: Assistant, edition: Edition) -> Iterator[GoldenFinding]:
    """One for every golden check of the edition, in order."""
    for check in edition.editorial.golden:
        answer = assistant.reply(edition, Conversation(), check.question).answer
        yield GoldenFinding(check, answer, _holds(answer, check.expected))


def golden_gate(assistant: Assistant) -> Gate:
    """What stops a publication: the golden checks that break, in words."""

    def broken(edition: Edition) -> list[str]:
        return [in_words(finding) for finding in golden_findings(assistant, edition) if not finding.holds]

    return broken


def in_words(finding: GoldenFinding) -> str:
    expected = finding.check.expected
    wanted = "no answer" if expected is None else f"“{expected.quote}” ({expected.document})"
    return f"“{finding.check.question}” has to give {wanted} and gives {_shown(finding.answer)}"


def _shown(answer: Answer) -> str:
    if not answer.citations:
        return answer.outcome.value.replace("_", " ")
    first = answer.citations[0]
    return f"“{first.quote}” ({first.document.name})"


def _holds(answer: Answer, expected: Quotation | None) -> bool:
    """A longer quote holds a shorter one; where a line breaks does not count."""
    if expected is None:
        return answer.outcome in REFUSALS
    wanted = " ".join(expected.quote.split())
    quotes = (" ".join(c.quote.split()) for c in answer.citations if c.document.name == expected.document)
    return any(wanted in quote or (quote and quote in wanted) for quote in quotes)
