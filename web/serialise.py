"""A turn in, the reply of the API out; and a citation's address."""

from urllib.parse import quote

from bot.answers import Citation, SourceInfo, Turn
from web.contract import Cited, Corrected, Link, Offer, Reply, Source
from web.options import Contact
from web.tokens import Signer


def reply(turn: Turn, signer: Signer, contact: Contact | None) -> Reply:
    answer = turn.answer
    return Reply(
        outcome=answer.outcome.value,
        reason=answer.reason and answer.reason.value,
        answer=answer.text,
        note=answer.note,
        owner_words=answer.owner_words,
        confidence=None if answer.confidence is None else round(answer.confidence, 4),
        citations=tuple(map(cited, answer.citations)),
        choices=tuple(Offer(choice.label, choice.question) for choice in answer.choices),
        nearest=tuple(map(cited, answer.nearest)),
        suggestions=answer.suggestions,
        contact=link(contact),
        corrections=tuple(Corrected(correction.typed, correction.used) for correction in answer.corrections),
        unknown=answer.unknown,
        query=answer.query,
        release=turn.release,
        id=signer.answer(turn),
        conversation=signer.conversation(turn),
    )


def cited(citation: Citation) -> Cited:
    return Cited(
        number=citation.number,
        side=citation.side,
        document=_source(citation.document),
        heading=citation.heading,
        page=citation.page,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        href=href(citation),
        also=tuple(map(cited, citation.also)),
    )


def href(citation: Citation) -> str:
    """Where the source viewer shows the quote, marked."""
    return f"/sources/{quote(citation.document.id, safe='')}?start={citation.start}&end={citation.end}#quote"


def link(contact: Contact | None) -> Link | None:
    return None if contact is None else Link(contact.text, contact.href)


def _source(info: SourceInfo) -> Source:
    return Source(info.id, info.name, info.title, info.url, info.date, info.lang)
