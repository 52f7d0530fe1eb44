"""An edition, its assistant's answers and what staff decided go in; everything that `faqtual check` reports comes out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Answer
from bot.checks.golden import GoldenFinding
from bot.checks.text_check import CheckedSentence, Search, Verdict, check_text
from bot.checks.wording_checks import WordingFinding
from bot.consistency import Findings, find_conflicts, likeness_in
from bot.consistency.conflicts import Conflict
from bot.consistency.likeness import Vocabulary
from bot.edition import Edition
from bot.judges import judges
from bot.language import guess
from knowledge.documents import Document, Passage
from knowledge.records import Unread

OPEN = "open"
PASSAGES_SEARCHED = 12  # for each sentence of a text that is checked

Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A document in another language than most of them say that they are in."""

    document: str
    lang: str
    site: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`statuses` are staff's decisions by the conflict's id, and `settled` the ids that need none any more."""

    findings: Findings
    statuses: Mapping[str, str]
    settled: frozenset[str]
    golden: tuple[GoldenFinding, ...] = ()
    wordings: tuple[WordingFinding, ...] = ()
    text: tuple[CheckedSentence, ...] = ()
    foreign: tuple[ForeignDocument, ...] = ()
    unread: tuple[Unread, ...] = ()

    def status(self, conflict: Conflict) -> str:
        return self.statuses.get(conflict.id, OPEN)

    @property
    def unresolved(self) -> bool:
        """Near-duplicates, and sentences that the documents say nothing of, are told and trouble nobody."""
        return (
            any(conflict.id not in self.settled for conflict in self.findings.conflicts)
            or not all(golden.holds for golden in self.golden)
            or not all(wording.holds for wording in self.wordings)
            or any(sentence.verdict is Verdict.CONTRADICTED for sentence in self.text)
            or bool(self.foreign or self.unread)
        )


def documents_of(edition: Edition) -> list[tuple[Document, tuple[Passage, ...]]]:
    return list(edition.contents.documents())


def find(edition: Edition, vocabulary: Vocabulary, progress: Callable[[int, int], None] | None = None) -> Findings:
    return find_conflicts(documents_of(edition), vocabulary, judges(), progress)


def checked(text: str, edition: Edition, vocabulary: Vocabulary) -> tuple[CheckedSentence, ...]:
    """Each sentence of `text` against the documents of an edition, staff documents included."""
    return tuple(check_text(text, searching(edition), likeness_in(edition.contents.documents(), vocabulary)))


def searching(edition: Edition) -> Search:
    """What finds the passages of an edition that are nearest to a sentence."""

    def search(sentence: str) -> list[tuple[Document, Passage]]:
        return [edition.contents.passage(hit.position) for hit in edition.retriever.search(sentence, PASSAGES_SEARCHED)]

    return search


def foreign_documents(documents: Sequence[tuple[Document, Sequence[Passage]]]) -> tuple[ForeignDocument, ...]:
    """Those whose words are clearly of another language than the site's, which is the one that most documents name."""
    named = Counter(document.lang.split("-")[0].lower() for document, _ in documents)
    if not named:
        return ()
    site = max(sorted(named), key=lambda lang: named[lang])
    guessed = ((document.name, guess(document.text)) for document, _ in documents)
    return tuple(ForeignDocument(name, lang, site) for name, lang in guessed if lang and lang != site)
