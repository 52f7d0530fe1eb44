"""Every request to the console goes in; it comes through only for whom it is: nobody, a viewer or an editor.

Closed unless said otherwise: a page needs somebody who is signed in, a form needs an editor, and every form its token.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import current_app, g, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.wrappers import Response
from wtforms import ValidationError

from web.accounts import Person
from web.console import cookies
from web.errors import Problem
from web.parts import parts
from web.sessions import ABSOLUTE, Sessions

LARGEST_FORM = 400_000  # bytes of a form that somebody who is signed in sends
ENVELOPE = 64 * 1024  # bytes that an upload needs around its file
KEY = "key"  # of the session in the cookie
STALE = "This form is no longer valid, or cookies are off. Go back, load the page again and send it once more."

View = TypeVar("View", bound=Callable[..., Any])
_for_anybody: set[Callable[..., Any]] = set()
_for_viewers: set[Callable[..., Any]] = set()


def for_anybody(view: View) -> View:
    """Marks a view that needs no session."""
    _for_anybody.add(view)
    return view


def for_viewers(view: View) -> View:
    """Marks a form that changes nothing."""
    _for_viewers.add(view)
    return view


def me() -> Person:
    """Who is signed in, in a view that needs somebody."""
    person: Person = g.person
    return person


def sessions() -> Sessions:
    return Sessions(parts().store.engine)


class SignedOut(Exception):
    """The page needs somebody who is signed in."""


def check() -> None:
    """Before every request. Raises SignedOut, Problem 403."""
    view = current_app.view_functions[request.endpoint or ""]
    g.person = _person()
    if g.person is None and view not in _for_anybody:
        raise SignedOut
    sends = request.method not in ("GET", "HEAD", "OPTIONS")
    if g.person is not None:
        if sends and view not in _for_viewers | _for_anybody and not g.person.may_edit:
            raise Problem(403, "Only an editor may do that.")
        _allow_larger_forms()
    if sends:
        _check_token()


def _person() -> Person | None:
    key = session.get(KEY)
    return sessions().person(key, datetime.now(UTC)) if isinstance(key, str) else None


def _allow_larger_forms() -> None:
    upload = request.endpoint == "staff.documents.upload"
    limit = parts().settings.upload_limit + ENVELOPE if upload else LARGEST_FORM
    request.max_content_length = limit
    request.max_form_memory_size = LARGEST_FORM


def _check_token() -> None:
    try:
        validate_csrf(request.form.get("csrf_token"), cookies.keys(), int(ABSOLUTE.total_seconds()))
    except ValidationError as error:
        raise Problem(403, STALE) from error


def token() -> str:
    """What every form carries."""
    made: str = generate_csrf()
    return made


def private(response: Response) -> Response:
    """After every request: nothing of the console stays in a cache, nothing names its pages to other sites."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
