"""The door: a name and a password in, a session out; signing out; a new password of one's own."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from web.access import client_address
from web.accounts import AccountRefused, Accounts, Person
from web.audit import Audit
from web.console import cookies
from web.console.guard import KEY, for_anybody, for_viewers, me, sessions
from web.parts import parts
from web.throttle import Attempt, Throttle

page = Blueprint("signing", __name__)
EXTENSION = "faqtual accounts"
WRONG = "The name or the password is not right."


def accounts() -> Accounts:
    """Of the app that serves the current request; one, so that its decoy is made once."""
    if EXTENSION not in current_app.extensions:
        current_app.extensions[EXTENSION] = Accounts(parts().store.engine)
    made: Accounts = current_app.extensions[EXTENSION]
    return made


def door(problem: str = "", status: int = 401, wait: int = 0) -> ResponseReturnValue:
    """The sign-in form. What was asked for without a session is asked for again after it."""
    crossed = request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method == "GET"
    wanted = request.form.get("next") or (request.full_path.rstrip("?") if request.method == "GET" else "")
    shown = render_template("console/door.html", problem=problem, wanted=_inside(wanted), crossed=crossed)
    return shown, status, {"Retry-After": str(wait)} if wait else {}


@page.get("/in")
@for_anybody
def form() -> ResponseReturnValue:
    return door(status=200)


@page.post("/in")
@for_anybody
def sign_in() -> ResponseReturnValue:
    name, password = request.form.get("name", "")[:200], request.form.get("password", "")
    attempt = Attempt(name, client_address(), cookies.known_browser(name))
    throttle = Throttle(parts().store.engine)
    wait = throttle.admit(attempt, datetime.now(UTC))
    if wait:
        return door(f"Too many attempts. Please wait {wait} seconds.", 429, wait)
    person = accounts().check(name, password)
    if person is None:
        return door(WRONG, 403)
    throttle.forget(attempt)
    return _begun(person)


def _begun(person: Person) -> Response:
    """Nothing of what the cookie held before the password was given is good any more."""
    old = session.get(KEY)
    if isinstance(old, str):
        sessions().end(old)
    session.clear()
    session[KEY] = sessions().begin(person, datetime.now(UTC))
    Audit(parts().store.engine).note(person.name, "sign in")
    response = redirect(_inside(request.form.get("next", "")) or url_for("staff.overview.show"), 303)
    cookies.remember_browser(response, person.name)
    return response


@page.post("/out")
@for_viewers
def sign_out() -> Response:
    sessions().end(session[KEY])
    session.clear()
    return redirect(url_for("staff.signing.form"), 303)


@page.get("/account")
def account() -> str:
    return render_template("console/account.html")


@page.post("/account")
@for_viewers
def change_password() -> ResponseReturnValue:
    """Ends every session of the account but this one, which gets a new key."""
    problem = _changed()
    if problem:
        return render_template("console/account.html", problem=problem), 422
    session.clear()
    session[KEY] = sessions().begin(me(), datetime.now(UTC))
    flash("Your password is changed; everywhere else you are signed out.")
    return redirect(url_for("staff.signing.account"), 303)


def _changed() -> str:
    """Why the password was not changed, nothing where it was."""
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    attempt = Attempt(me().name, client_address(), f"in:{me().id}")
    throttle = Throttle(parts().store.engine)
    wait = throttle.admit(attempt, datetime.now(UTC))
    if wait:
        return f"Too many attempts. Please wait {wait} seconds."
    if accounts().check(me().name, old) is None:
        return "Your present password is not right."
    throttle.forget(attempt)
    if new != again:
        return "The two new passwords differ."
    try:
        accounts().set_password(me().name, new)
    except AccountRefused as refused:
        return f"Not changed: {refused}"
    Audit(parts().store.engine).note(me().name, "change password", me().name)
    return ""


def _inside(address: str) -> str:
    """An address of the console, or nothing."""
    try:
        found = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    inside = not found.scheme and not found.netloc and found.path.startswith("/staff/") and "\\" not in address
    return address if inside and address.isprintable() else ""
