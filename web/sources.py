"""The source viewer: a document's id and a quoted span in, the text as a reader would read it out, the quotation marked."""

from urllib.parse import quote

from flask import Blueprint, render_template, request

from bot.edition import Edition
from knowledge.documents import Document, Passage, Span
from web.errors import Problem
from web.parts import parts
from web.reading import sections

blueprint = Blueprint("sources", __name__)
LONGEST_NUMBER = 12  # digits


@blueprint.get("/sources/<document_id>")
def source(document_id: str) -> str:
    """404 for what was never published or is for staff only; 410 for what is no longer live, with a link to what is."""
    edition = parts().edition
    found = edition.contents.document(document_id)
    if found is None:
        raise _gone(edition, document_id)
    document, passages = found
    if document.audience != "public":
        raise Problem(404)
    return _page(document, passages, _span(document))


def _page(document: Document, passages: tuple[Passage, ...], span: Span) -> str:
    return render_template(
        "source.html",
        document=document,
        sections=list(sections(document, passages, span)),
        quoted=span.start < span.end,
        page=document.page(span.start) if span.start < span.end else None,
    )


def _span(document: Document) -> Span:
    """What the address says to mark; nothing where it does not fit the text."""
    start, end = _number("start"), _number("end")
    return Span(start, end) if 0 <= start < end <= len(document.text) else Span(0, 0)


def _number(name: str) -> int:
    digits = request.args.get(name, "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else -1


def _gone(edition: Edition, document_id: str) -> Problem:
    old = parts().store.find(document_id)
    if old is None or old[0].audience != "public":
        return Problem(404)
    successor = _successor(edition, old[0].name)
    return Problem(410, successor=f"/sources/{quote(successor, safe='')}" if successor else None)


def _successor(edition: Edition, name: str) -> str | None:
    """The id of the live public document of the same name."""
    live = edition.contents.named(name)
    return live[0].id if live and live[0].audience == "public" else None
