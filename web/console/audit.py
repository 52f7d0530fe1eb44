"""The audit log as a page: who did what, the latest first."""

from flask import Blueprint, render_template, request

from web.audit import AT_ONCE, Audit, number_of
from web.parts import parts

page = Blueprint("audit", __name__)


@page.get("/audit")
def show() -> str:
    entries = Audit(parts().store.engine).latest(request.args.get("before", None, number_of))
    return render_template("console/audit.html", entries=entries, more=len(entries) == AT_ONCE)
