"""What is said of a document, beside its text: hashes or a form in; title, date, address, language and audience out."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from bot.publishing import drafting
from bot.publishing.drafting import LONGEST_NAME
from knowledge.documents import Document
from knowledge.metadata import KEYS, LONGEST_URL, Metadata, MetadataError, checked
from web.console import fields
from web.console.changing import Deed, note
from web.console.guard import me
from web.errors import Problem
from web.parts import parts

page = Blueprint("said", __name__)
MOST_KNOWN = 50_000  # documents
FOR = {"public": "for visitors", "staff": "for staff only"}

_known: dict[str, Metadata] = {}  # by content hash, so nothing in it is ever out of date


def said(hashes: Iterable[str]) -> dict[str, Metadata]:
    """Of stored documents. One that was asked for before is not read again."""
    wanted = set(hashes)
    found = {name: _known[name] for name in wanted & _known.keys()}
    missing = sorted(wanted - found.keys())
    for name, (document, _) in zip(missing, parts().store.parsed(missing), strict=True):
        found[name] = of(document)
    if len(_known) + len(missing) > MOST_KNOWN:
        _known.clear()
    _known.update(found)
    return found


def of(document: Document) -> Metadata:
    return Metadata(document.title, document.url, document.date, document.lang, document.audience)


def stated() -> Metadata:
    """What the form says; a field left empty says nothing. Raises Problem 422."""
    given = {key: text for key in KEYS if (text := fields.text(key, LONGEST_URL))}
    try:
        return checked(given, "What is said of it")
    except MetadataError as error:
        raise Problem(422, f"{error}.") from error


def told(document: Document) -> str:
    return f"Its title is “{document.title}”, and it is {FOR[document.audience]}."


@page.post("/documents/describe")
def describe() -> ResponseReturnValue:
    """Puts up the document with its text as it is and with what the form says of it."""
    name = fields.needed("name", LONGEST_NAME)
    document = drafting.standing(parts().store, name)
    if document is None:
        raise Problem(404, "There is no such document.")
    if document.id != fields.needed("document"):
        raise Problem(409, f"Somebody has changed {name} meanwhile. Look at it again.")
    new = drafting.describe(parts().store, document, stated(), me().name)
    done = f"{name} is put up; it is not live yet. {told(new)}"
    note(Deed("describe", name, done, ""), **of(new).stated())
    flash(done)
    return redirect(url_for("staff.documents.show"), 303)
