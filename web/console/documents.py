"""The documents: what is live, what is put up, its passages as the retriever sees them, what publishing would change."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import publishing
from bot.checks.answer_changes import AnswerChange, questions_of
from bot.checks.both_editions import both, changed_answers
from bot.publishing import drafting
from bot.publishing.drafting import LONGEST_NAME, UploadRefused
from bot.publishing.publications import Preview, Publication, Terms
from knowledge.child import Limits
from knowledge.documents import Document, Passage
from knowledge.drafts import draft, drafts, fingerprint
from knowledge.drafts import withdraw as take_back
from knowledge.loaders import LOADERS
from knowledge.records import DraftDocument, DraftsOutdated
from web.console import fields
from web.console.background import Job, Progress, background
from web.console.changing import Deed, note, publish, terms
from web.console.guard import me
from web.console.quoting import listed
from web.console.said import of, said, stated, told
from web.errors import Problem
from web.parts import parts

page = Blueprint("documents", __name__)
MOST_FILES = 20  # in one upload
MOST_QUESTIONS = 1_000  # that are answered before and after
KINDS = tuple(sorted(LOADERS))


@dataclass(frozen=True, slots=True)
class Before:
    """What publishing would do."""

    preview: Preview
    answers: tuple[AnswerChange, ...]
    asked: int


@page.get("/documents")
def show() -> str:
    here = parts()
    live = here.store.live()
    now = here.store.release(live.release) if live else None
    waiting, live_now = drafts(here.store.engine), now.listed if now else ()
    return render_template(
        "console/documents.html",
        listed=live_now,
        unread=now.unread if now else (),
        drafts=waiting,
        said=said([*(item.hash for item in waiting if item.hash), *(item.hash for item in live_now)]),
        kinds=KINDS,
        limit=here.settings.upload_limit // 1_000_000,
    )


@page.get("/documents/view")
def view() -> str:
    """A document's passages, of the live release or of its draft."""
    name = request.args.get("name", "")[:LONGEST_NAME]
    drafted = request.args.get("draft") == "yes"
    document, passages = _found(name, draft_wanted=drafted)
    suppressed = parts().store.editorial().suppressed
    waits = not drafted and name in [item.name for item in drafts(parts().store.engine)]

    def under(passage: Passage) -> list[str]:
        spans = {span.start: span for span in (*passage.context, *([passage.heading] if passage.heading else []))}
        return [spans[start].of(document.text) for start in sorted(spans)]

    return render_template(
        "console/document.html",
        document=document,
        passages=passages,
        suppressed=suppressed,
        under=under,
        said=of(document),
        waits=waits,
    )


@page.post("/documents/upload")
def upload() -> ResponseReturnValue:
    """Each file is read in the child process with limits; one that cannot be read does not keep the others out."""
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files or len(files) > MOST_FILES:
        raise Problem(422, f"Choose 1 to {MOST_FILES} files.")
    here, says = parts(), stated()
    limits = Limits(file=here.settings.upload_limit)
    if len(files) > 1 and (says.title or says.url):
        raise Problem(422, "A title and an address belong to one file: put it up by itself.")
    for file in files:
        try:
            read = drafting.read(file.filename or "", file.read(limits.file + 1), limits)
            document = drafting.put_up(here.store, read, says, me().name)
        except UploadRefused as refused:
            flash(f"Not put up: {refused}.", "problem")
        else:
            done = f"{document.name} is put up; it is not live yet. {told(document)}"
            _note("upload", document.name, done, document=document.id, audience=document.audience)
    return redirect(url_for("staff.documents.show"), 303)


@page.post("/documents/remove")
def remove() -> ResponseReturnValue:
    """Proposes to remove a live document; the next publication does."""
    name = fields.needed("name", LONGEST_NAME)
    if name not in [item.name for item in listed()]:
        raise Problem(404, "There is no such live document.")
    draft(parts().store.engine, name, None, me().name)
    _note("propose removal", name, f"{name} goes with the next publication.")
    return redirect(url_for("staff.documents.show"), 303)


@page.post("/documents/withdraw")
def withdraw() -> ResponseReturnValue:
    name = fields.needed("name", LONGEST_NAME)
    if not take_back(parts().store.engine, name):
        raise Problem(404, "There is no such draft any more.")
    _note("withdraw draft", name, f"{name} stays as it is.")
    return redirect(url_for("staff.documents.show"), 303)


@page.get("/documents/before")
def before() -> str:
    """What would change, document by document and answer by answer, before anything does."""
    waiting = drafts(parts().store.engine)
    if not waiting:
        return render_template("console/before.html", drafts=(), job=None)
    return render_template("console/before.html", drafts=waiting, seen=fingerprint(waiting), job=_before(waiting))


@page.post("/documents/publish")
def publish_drafts() -> ResponseReturnValue:
    """What the page showed that the form is from, or nothing."""
    here, seen = parts(), fields.text("seen")
    waiting = drafts(here.store.engine)

    def go(usual: Terms) -> Publication:
        if not waiting:  # asked here, where a second click of the same form does not come
            raise Problem(409, "There is nothing to publish.")
        if fingerprint(waiting) != seen:
            raise DraftsOutdated
        return publishing.publish_drafts(here.store, here.settings.data, usual, waiting)

    names = ", ".join(item.name for item in waiting)
    return publish(Deed("publish", names[:500], "The new release is live.", url_for("staff.releases.show")), go)


def _before(waiting: tuple[DraftDocument, ...]) -> Job[Before]:
    here = parts()
    live, assistant, usual = (
        here.editions.current(),
        here.assistant,
        Terms(who=me().name, gate=terms().gate, encoder=here.encoder),
    )

    def work(advance: Progress) -> Before:
        found = publishing.preview_drafts(here.store, here.settings.data, usual)
        proposed = found.edition
        asked = [*questions_of(live.editorial, live.contents), *questions_of(proposed.editorial, proposed.contents)]
        asked = [*here.transcript.questions(), *asked] if here.settings.log_questions else asked
        asked = list(dict.fromkeys(asked))[:MOST_QUESTIONS]
        changes = changed_answers(asked, both(assistant, live, proposed), advance)
        return Before(found, tuple(changes), len(asked))

    return background().job(("before", live.release, waiting), work)


def _found(name: str, *, draft_wanted: bool) -> tuple[Document, tuple[Passage, ...]]:
    store = parts().store
    items = drafts(store.engine) if draft_wanted else listed()
    wanted = next((item.hash for item in items if item.name == name and item.hash), None)
    if wanted is None:
        raise Problem(404, "There is no such document.")
    return next(store.parsed([wanted]))


def _note(action: str, name: str, done: str, **detail: str) -> None:
    note(Deed(action, name, done, ""), **detail)
    flash(done)
