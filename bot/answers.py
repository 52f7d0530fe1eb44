"""What a visitor gets: an answer with its citations, or an honest refusal. Plain data, no behaviour."""

from dataclasses import dataclass
from enum import StrEnum

from bot.retrieval import Correction


class Outcome(StrEnum):
    ANSWERED = "answered"
    CONFLICT = "conflict"
    CLARIFY = "clarify"
    NO_ANSWER = "no_answer"
    SMALL_TALK = "small_talk"
    ADVICE = "advice"
    URGENT = "urgent"


class Reason(StrEnum):
    """Why there is no answer, or why the visitor has to choose."""

    UNKNOWN_WORDS = "unknown_words"
    NO_SUCH_KIND = "no_such_kind"
    WEAK_MATCH = "weak_match"
    AMBIGUOUS = "ambiguous"
    OTHER_LANGUAGE = "other_language"
    NOT_A_QUESTION = "not_a_question"
    NOTHING_MORE = "nothing_more"
    NO_DOCUMENTS = "no_documents"


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """The document of a citation: `id` is its content hash, `name` its path in the published folder."""

    id: str
    name: str
    title: str
    url: str | None = None
    date: str | None = None
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Citation:
    """`document.text[start:end] == quote`. `side` numbers the sides of a conflict from 1; `also` are near-duplicates."""

    number: int
    document: SourceInfo
    quote: str
    start: int
    end: int
    passage: str  # the passage's id
    heading: str | None = None
    page: int | None = None
    side: int | None = None
    also: tuple["Citation", ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a `clarify`: what it says and the question that it asks."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` holds quoted words only; `note` is template text in the visitor's language, or the owner's own words
    (`owner_words`); `confidence` is the probability that what is shown is right, None where nothing was searched."""

    outcome: Outcome
    text: str = ""
    note: str = ""
    reason: Reason | None = None
    confidence: float | None = None
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    nearest: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    unknown: tuple[str, ...] = ()
    query: str = ""
    owner_words: str = ""


@dataclass(frozen=True, slots=True)
class PastTurn:
    """What is remembered of a turn: the visitor's own words, what was searched, and hashes of the shown passages."""

    utterance: str
    query: str
    outcome: Outcome
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last turns, oldest first; at most `dialogue.REMEMBERED` of them."""

    turns: tuple[PastTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One reply from exactly one release, and the conversation to send with the next question."""

    answer: Answer
    release: str
    conversation: Conversation
