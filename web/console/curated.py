"""Curated answers: quotes that staff pinned to a question and its phrasings, with own words and a date to verify by."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.answers import Citation
from bot.curated import find_again
from bot.edition import Edition
from knowledge.documents import content_hash
from knowledge.releases import CuratedAnswer, Editorial, Quotation
from web.console import fields, quoting
from web.console.changing import Deed, change
from web.console.guard import for_viewers
from web.errors import Problem
from web.parts import parts

page = Blueprint("curated", __name__)
QUOTES = 3  # rows of the form
MOST_QUOTES = 6


@dataclass(frozen=True, slots=True)
class Pinned:
    """`gone` are the quotes that the live documents no longer hold."""

    answer: CuratedAnswer
    found: tuple[Citation, ...]
    gone: tuple[Quotation, ...]
    overdue: bool


@page.get("/curated")
def show() -> str:
    edition = parts().editions.current()
    authors = {author.key: author for author in parts().store.authorship("curated")}
    listed = [_pinned(answer, edition) for answer in edition.editorial.curated]
    return render_template("console/curated.html", listed=listed, authors=authors)


@page.post("/curated/form")
@for_viewers
def form() -> str:
    """The form for a new answer or, with `id`, an old one; nothing is changed."""
    name = fields.text("id", 64)
    answer = next((one for one in parts().editions.current().editorial.curated if one.id == name), None)
    if answer is None:
        questions = fields.lines("questions")
        answer = CuratedAnswer("", questions, tuple(_offered()), "", None)
    rows = [*answer.quotations, *[Quotation("", "")] * max(1, QUOTES - len(answer.quotations))]
    return render_template("console/curate.html", answer=answer, rows=rows, names=quoting.names())


@page.post("/curated/save")
def save() -> ResponseReturnValue:
    """Also what "pin this answer" sends: the question and the quotes that were shown."""
    questions = fields.lines("questions")
    quotations = tuple(quoting.quotation(one.document, one.quote) for one in _offered())
    if not questions or not quotations:
        raise Problem(422, "Write at least one question, and quote at least one document.")
    name = fields.text("id", 64) or content_hash(["curated", questions[0]])[:16]
    answer = CuratedAnswer(name, questions, quotations, fields.text("lead"), _verify_by())

    def edit(editorial: Editorial) -> Editorial:
        known = [one.id for one in editorial.curated]
        kept = tuple(answer if one.id == name else one for one in editorial.curated)
        return replace(editorial, curated=kept if name in known else (*kept, answer))

    detail = {"quotes": [one.quote[:300] for one in quotations], "lead": answer.lead[:300], "verify by": answer.verify_by}
    return change(Deed("curate", questions[0], "This is the answer from now on.", url_for("staff.curated.show"), detail), edit)


@page.post("/curated/remove")
def remove() -> ResponseReturnValue:
    name = fields.needed("id", 64)

    def edit(editorial: Editorial) -> Editorial:
        return replace(editorial, curated=tuple(one for one in editorial.curated if one.id != name))

    done = "The documents answer that question by themselves again."
    return change(Deed("remove curated answer", fields.text("question"), done, url_for("staff.curated.show")), edit)


def is_overdue(answer: CuratedAnswer) -> bool:
    return answer.verify_by is not None and answer.verify_by < datetime.now(UTC).date().isoformat()


def _pinned(answer: CuratedAnswer, edition: Edition) -> Pinned:
    found = tuple(find_again(answer.quotations, edition))
    there = {(citation.document.name, citation.quote) for citation in found}
    gone = tuple(one for one in answer.quotations if (one.document, one.quote) not in there)
    return Pinned(answer, found, gone, is_overdue(answer))


def _offered() -> list[Quotation]:
    """The rows of the form that are filled in. Raises Problem 422."""
    pairs = zip(request.form.getlist("document"), request.form.getlist("quote"), strict=False)
    found = [Quotation(name.strip()[:200], quote.strip()) for name, quote in pairs if quote.strip()]
    if len(found) > MOST_QUOTES or any(len(one.quote) > 5_000 for one in found):
        raise Problem(422, f"Quote at most {MOST_QUOTES} passages.")
    return found


def _verify_by() -> str | None:
    """Raises Problem 422."""
    found = fields.text("verify_by", 10)
    try:
        return date.fromisoformat(found).isoformat() if found else None
    except ValueError as error:
        raise Problem(422, "“verify by” is no date such as 2026-12-31.") from error
