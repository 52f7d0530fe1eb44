"""A change to the editorial layer goes in; it is published, noted in the audit log and told, or stopped by golden checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot import publishing
from bot.checks.golden import golden_gate
from bot.publishing.publications import GateClosed, Publication, Terms
from knowledge.releases import Editorial
from web.audit import Audit
from web.console.guard import me
from web.parts import parts


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does, for the audit log; `done` is what they are told, `back` the page that comes next."""

    action: str
    subject: str
    done: str
    back: str
    detail: Mapping[str, Any] = field(default_factory=dict)


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
    return publish(deed, lambda: publishing.edit(here.store, here.settings.data, edit, terms()))


def publish(deed: Deed, go: Callable[[], Publication]) -> ResponseReturnValue:
    """Does what `go` does. A golden check that breaks stops it, with a way to do it all the same."""
    try:
        publication = go()
    except GateClosed as closed:
        kept = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "override")]
        return render_template("console/stopped.html", broken=closed.broken, fields=kept, deed=deed), 409
    parts().editions.refresh()
    note(deed, release=publication.release, overrode=list(publication.broken))
    flash(deed.done if publication.switched else "That is how it was already: nothing has changed.")
    return redirect(deed.back, 303)


def note(deed: Deed, **more: Any) -> None:
    detail = {**deed.detail, **{name: value for name, value in more.items() if value}}
    Audit(parts().store.engine).note(me().name, deed.action, deed.subject, detail)
