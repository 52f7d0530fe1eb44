"""The staff console under /staff: an app and its signing keys in, the app with the console's pages out."""

import errno
from functools import partial
from secrets import token_hex

from flask import Blueprint, Flask, g, make_response, render_template
from werkzeug.wrappers import Response

from bot.edition import EditionUnusable, NothingPublished
from knowledge.child import ChildError
from knowledge.codec import BlobDamagedError
from knowledge.records import DraftsOutdated, PublishInProgress, ReleaseOutdated, ReleaseUnknown
from knowledge.transactions import DatabaseUnavailable
from web.console import (
    audit,
    changing,
    conflicts,
    cookies,
    curated,
    documents,
    exports,
    golden,
    guard,
    overview,
    releases,
    review,
    said,
    signing,
    synonyms,
    texts,
    trial,
    urgent,
    wordings,
)
from web.console.background import finish
from web.errors import Problem, log, respond, words

__all__ = ["finish", "install"]

STATUSES: dict[type[Exception], int] = {
    NothingPublished: 409,
    ReleaseOutdated: 409,
    DraftsOutdated: 409,
    PublishInProgress: 409,
    ReleaseUnknown: 404,
    EditionUnusable: 503,
    ChildError: 503,
    BlobDamagedError: 503,
}
FULL = (errno.ENOSPC, errno.EDQUOT)
PAGES = (
    overview,
    review,
    conflicts,
    documents,
    said,
    releases,
    trial,
    texts,
    curated,
    golden,
    wordings,
    synonyms,
    urgent,
    audit,
    exports,
    signing,
    changing,
)


def install(app: Flask, keys: tuple[str, ...]) -> None:
    cookies.install(app, keys)
    app.register_blueprint(blueprint())


def blueprint() -> Blueprint:
    console = Blueprint("staff", __name__, url_prefix="/staff")
    console.before_request(guard.check)
    console.after_request(guard.private)
    console.context_processor(lambda: {"me": g.get("person"), "csrf_token": guard.token, "once": partial(token_hex, 16)})
    for kind in STATUSES:
        console.register_error_handler(kind, _told)
    console.register_error_handler(Problem, _page)
    console.register_error_handler(DatabaseUnavailable, _not_written)
    console.register_error_handler(OSError, _no_disk)
    console.register_error_handler(guard.SignedOut, lambda _: signing.door())
    for module in PAGES:
        console.register_blueprint(module.page)
    return console


def _told(error: Exception) -> Response:
    """What a person can do about it stands in the error's own words."""
    status = next(status for kind, status in STATUSES.items() if isinstance(error, kind))
    return _page(Problem(status, str(error)))


def _page(problem: Problem) -> Response:
    """In the console's own frame for who is signed in, unless the frame needs what is not there."""
    if g.get("person") is None:
        return respond(problem)
    headers = {} if problem.retry_after is None else {"Retry-After": str(problem.retry_after)}
    return make_response(render_template("console/error.html", words=words(problem)), problem.code, headers)


def _not_written(error: DatabaseUnavailable) -> Response:
    """Staff can do something about it, so they are told what it is."""
    log.error("%s", error)
    problem = f"Nothing was changed: the database is {error.reason}; {error.hint}."
    return respond(Problem(507 if error.reason == "full" else 503, problem, retry_after=2))


def _no_disk(error: OSError) -> Response:
    """The release that was to be made is not there; the one before serves."""
    log.error("%s", error)
    if error.errno in FULL:
        return _page(Problem(507, "The disk of the server is full: free some space on it."))
    return _page(
        Problem(503, f"The server cannot write its files, or not read them: {error.strerror or type(error).__name__}.")
    )
