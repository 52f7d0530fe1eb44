"""Groups of phrasings and a way of answering go in; whether each group gets one answer comes out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.answers import Answer, Outcome
from knowledge.releases import WordingCheck


@dataclass(frozen=True, slots=True)
class WordingFinding:
    """`answers` belong to the check's questions, one by one; `strays` are the questions whose answer is not the usual one."""

    check: WordingCheck
    answers: tuple[Answer, ...]
    strays: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.strays


def wording_findings(checks: Iterable[WordingCheck], ask: Callable[[str], Answer]) -> Iterator[WordingFinding]:
    """One for every check, in order. Two answers are one where they cite the same quote first, or both refuse."""
    for check in checks:
        answers = tuple(map(ask, check.questions))
        gists = [_gist(answer) for answer in answers]
        usual = Counter(gists).most_common(1)[0][0] if gists else ""
        strays = tuple(question for question, gist in zip(check.questions, gists, strict=True) if gist != usual)
        yield WordingFinding(check, answers, strays)


def _gist(answer: Answer) -> str:
    if answer.citations:
        return " ".join(answer.citations[0].quote.split())
    return answer.text or str(Outcome.NO_ANSWER if answer.outcome is Outcome.CLARIFY else answer.outcome)
