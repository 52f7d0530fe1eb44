"""An edition and the assistant that answers from it go in, what its golden checks found comes out."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers import Answer, Conversation, Outcome
from bot.assistant import Assistant
from bot.edition import Edition
from bot.publishing.publications import Gate
from knowledge.releases import GoldenCheck, Quotation
from knowledge.sentences import split_sentences

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
        yield GoldenFinding(check, answer, holds(answer, check.expected))


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


def holds(answer: Answer, expected: Quotation | None) -> bool:
    """Each sentence that is expected has to be shown, in one quote or another; where a line breaks does not count."""
    if expected is None:
        return answer.outcome in REFUSALS
    quotes = [_evened(citation.quote) for citation in answer.citations if citation.document.name == expected.document]
    wanted = [_evened(span.of(expected.quote)) for span in split_sentences(expected.quote)]
    return bool(wanted) and all(any(sentence in quote for quote in quotes) for sentence in wanted)


def _evened(text: str) -> str:
    return " ".join(text.split())
