"""The releases that are kept, which went live when and by whom, and the way back to an earlier one."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from bot import publishing
from web.console.changing import Deed, publish
from web.parts import parts

page = Blueprint("releases", __name__)


@page.get("/releases")
def show() -> str:
    store = parts().store
    return render_template("console/releases.html", releases=store.releases(), publications=store.publications(50))


@page.post("/releases/<release>/back")
def back(release: str) -> ResponseReturnValue:
    """The documents and the editorial layer of that release are live again; golden checks do not stop the way back."""
    here = parts()
    deed = Deed("roll back", release, f"Release {release[:8]} is live again.", url_for("staff.releases.show"))
    return publish(deed, lambda usual: publishing.rollback(here.store, here.settings.data, release, usual))
