"""The messages of the JSON API, as types: what stands here is what goes over the wire and into the OpenAPI description."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

LONGEST_QUESTION = 500  # characters
PLAIN = r"^[^\u0000]*$"

Probability = Annotated[float, Meta(ge=0, le=1)]
OutcomeName = Literal["answered", "conflict", "clarify", "no_answer", "small_talk", "advice", "urgent"]
LONGEST_TAG = 35  # characters of a language tag (RFC 5646, 4.4.1); the database holds no more
_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$"
Language = Annotated[str, Meta(pattern=_TAG, max_length=LONGEST_TAG, description="A BCP 47 tag.")]


class Question(Struct, frozen=True):
    """What a visitor typed, and the conversation token of the reply before."""

    question: Annotated[str, Meta(max_length=LONGEST_QUESTION, pattern=PLAIN)]
    conversation: Annotated[str, Meta(pattern=PLAIN)] | None = None
    lang: Language = "en"


class Feedback(Struct, frozen=True):
    """Whether the reply with this id helped. A comment is kept only where the owner keeps questions."""

    id: Annotated[str, Meta(pattern=PLAIN)]
    helpful: bool
    comment: Annotated[str, Meta(max_length=LONGEST_QUESTION, pattern=PLAIN)] | None = None


class Source(Struct, frozen=True):
    """A document: `id` is the hash of its text, `name` its path in the published folder."""

    id: str
    name: str
    title: str
    url: str | None
    date: str | None
    lang: str


class Cited(Struct, frozen=True):
    """Words of a document: `quote` is its text from `start` to `end` (characters), `href` opens it there."""

    number: int
    side: Annotated[int | None, Meta(description="The side of a conflict, from 1.")]
    document: Source
    heading: str | None
    page: int | None
    quote: str
    start: int
    end: int
    href: str
    also: Annotated[tuple["Cited", ...], Meta(description="Other places that say the same.")]


class Offer(Struct, frozen=True):
    """A button: what it says and the question that it asks."""

    label: str
    question: str


class Corrected(Struct, frozen=True):
    """A word as it was typed and as it was searched."""

    typed: str = field(name="from")
    used: str = field(name="to")


class Link(Struct, frozen=True):
    """The owner's contact line."""

    text: str
    href: str


class Reply(Struct, frozen=True):
    """One turn. `answer` holds quoted words only, `note` our own or the owner's."""

    outcome: OutcomeName
    reason: str | None
    answer: str
    note: str
    owner_words: str
    confidence: Probability | None
    citations: tuple[Cited, ...]
    choices: tuple[Offer, ...]
    nearest: tuple[Cited, ...]
    suggestions: tuple[str, ...]
    contact: Link | None
    corrections: tuple[Corrected, ...]
    unknown: tuple[str, ...]
    query: str
    release: str
    id: str
    conversation: str


class ProblemDetails(Struct, frozen=True):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
