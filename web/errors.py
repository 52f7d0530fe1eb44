"""What went wrong in, one shape out: problem details (RFC 9457) under /api, a readable page elsewhere.

Nothing that a visitor typed is in an error or in the log: of an unexpected exception its kind and place are logged,
not its words.
"""

import json
import logging
import traceback
from typing import Any

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as BaseResponse

from knowledge.transactions import DatabaseUnavailable

PROBLEM = "application/problem+json"
WORDS = {  # status -> what to tell a person
    400: "The request could not be read.",
    401: "This needs a token.",
    403: "This is not allowed.",
    404: "There is nothing here.",
    405: "This address does not take this method.",
    410: "This text is no longer part of the documents.",
    413: "The request is too large.",
    415: "The content type has to be application/json.",
    422: "A field of the request is missing or not valid.",
    429: "Too many requests. Please wait a moment.",
    500: "Something went wrong here. It has been noted.",
    503: "Not available right now. Please try again in a moment.",
}
log = logging.getLogger("faqtual")


class Problem(HTTPException):
    """An expected failure: `status` is the HTTP status, `detail` a sentence for a person, `members` more facts as JSON."""

    def __init__(self, status: int, detail: str = "", *, retry_after: int | None = None, **members: Any) -> None:
        super().__init__(detail or WORDS[status])
        self.code = status
        self.members = members
        self.retry_after = retry_after


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, respond)
    app.register_error_handler(DatabaseUnavailable, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def respond(error: HTTPException) -> BaseResponse:
    """The response to the request that is being served."""
    if error.code is None or error.code < 400:  # a redirect
        return error.get_response()
    response = _problem(error) if request.path.startswith("/api/") else _page(error)
    _keep_headers(error, response)
    return response


def _unavailable(error: DatabaseUnavailable) -> BaseResponse:
    log.error("%s: %s", request.url_rule, error)
    return respond(Problem(503, retry_after=2))


def _unexpected(error: Exception) -> BaseResponse:
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("%s at %s: %s", type(error).__name__, request.url_rule or "an unknown route", where)
    return respond(InternalServerError())


def words(error: HTTPException) -> str:
    """Our sentence for the status; the error's own only where we wrote it."""
    own = error.description if isinstance(error, Problem) else None
    return own or WORDS.get(error.code or 500, error.name)


def _problem(error: HTTPException) -> Response:
    members = error.members if isinstance(error, Problem) else {}
    body = {"type": "about:blank", "title": error.name, "status": error.code, "detail": words(error), **members}
    return Response(json.dumps(body), error.code, content_type=PROBLEM)


def _page(error: HTTPException) -> Response:
    members = error.members if isinstance(error, Problem) else {}
    return Response(render_template("error.html", title=error.name, words=words(error), **members), error.code)


def _keep_headers(error: HTTPException, response: Response) -> None:
    """Those that tell the client what to do: Allow, Retry-After, WWW-Authenticate."""
    for name, value in error.get_headers(request.environ):
        if name.lower() in ("allow", "www-authenticate"):
            response.headers[name] = value
    if isinstance(error, Problem) and error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
