"""A change to what is live goes in; it is made in the background, noted in the audit log and told, or stopped by golden checks.

The request that asks for it waits a little; what takes longer has a page of its own that says how far it is.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import publishing
from bot.checks.golden import golden_gate
from bot.publishing.publications import GateClosed, Publication, Terms
from knowledge.documents import content_hash
from knowledge.releases import Editorial
from knowledge.transactions import writing
from web import audit
from web.console.background import Job, Tell, undertakings
from web.console.guard import me
from web.errors import Problem
from web.parts import parts

page = Blueprint("changing", __name__)
NOT_OF_THE_DEED = ("csrf_token", "override", "once")  # fields of a form
UNKNOWN = (
    "Nothing is known of this here any more: the server was started anew since, or another one does it. "
    "The page “Releases” says what is live."
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does, for the audit log; `done` is what they are told, `back` the page that comes next."""

    action: str
    subject: str
    done: str
    back: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a deed: live, or stopped by the golden checks in `broken`. `address` and `fields` ask for it again."""

    deed: Deed
    address: str
    fields: tuple[tuple[str, str], ...]
    publication: Publication | None = None
    broken: tuple[str, ...] = ()


def terms() -> Terms:
    """On whose behalf is published. The golden checks stop it unless the form says "override"."""
    here = parts()
    return Terms(
        who=me().name,
        gate=golden_gate(here.assistant),
        override=request.form.get("override") == "yes",
        keep=here.settings.keep_releases,
        encoder=here.encoder,
    )


def change(deed: Deed, edit: Callable[[Editorial], Editorial]) -> ResponseReturnValue:
    """Makes a release of the changed layer and puts it live."""
    here = parts()
    return publish(deed, lambda usual: publishing.edit(here.store, here.settings.data, edit, usual))


def publish(deed: Deed, go: Callable[[Terms], Publication]) -> ResponseReturnValue:
    """Does what `go` does, once for a form however often it is sent. `go` runs after the request and may not look at it."""
    here, usual = parts(), terms()
    kept = tuple((name, value) for name, value in request.form.items(multi=True) if name not in NOT_OF_THE_DEED)
    done = Done(deed, request.path, kept)

    def note_too(connection: Connection, publication: Publication) -> None:
        write(connection, usual.who, deed, {"release": publication.release, "overrode": list(publication.broken)})

    def work(tell: Tell) -> Done:
        try:
            publication = go(replace(usual, progress=tell, beside=note_too))
        except GateClosed as closed:
            return replace(done, broken=closed.broken)
        here.editions.refresh()
        return replace(done, publication=publication)

    name = _name(kept)
    job = undertakings().once((me().id, name), work)
    return _told(job) if job.future.done() else redirect(url_for("staff.changing.show", name=name), 303)


def _name(kept: tuple[tuple[str, str], ...]) -> str:
    """The same for a form that is sent twice as it is, another for one that was changed in between."""
    once = request.form.get("once") or secrets.token_hex(16)
    return content_hash([once, request.path, kept, request.form.get("override")])


@page.get("/work/<name>")
def show(name: str) -> ResponseReturnValue:
    """How far a change is that this person asked for, and what became of it."""
    job = undertakings().known((me().id, name))
    if job is None:
        raise Problem(404, UNKNOWN)
    return _told(job) if job.future.done() else render_template("console/work.html", job=job)


def _told(job: Job[Done]) -> ResponseReturnValue:
    """A golden check that breaks stopped it: with a way to do it all the same. Raises what the work raised."""
    done = job.future.result()
    if done.publication is None:
        return render_template("console/stopped.html", done=done), 409
    flash(done.deed.done if done.publication.switched else "That is how it was already: nothing has changed.")
    return redirect(done.deed.back, 303)


def note(deed: Deed, **more: Any) -> None:
    with writing(parts().store.engine) as connection:
        write(connection, me().name, deed, more)


def write(connection: Connection, who: str, deed: Deed, more: Mapping[str, Any]) -> None:
    """Notes the deed in its own transaction."""
    detail = {**deed.detail, **{name: value for name, value in more.items() if value}}
    audit.write(connection, who, deed.action, deed.subject, detail)
