"""Is it alive, can it answer, how is it doing: a request in, a word out, and numbers for those who may see them."""

import hmac
import time

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from bot.edition import NothingPublished
from web.access import is_local
from web.parts import parts

blueprint = Blueprint("health", __name__)
STARTED = time.monotonic()


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 as long as the process answers; "degraded" where it serves an older release or cannot reach the database."""
    problem = _problem()
    facts: dict[str, object] = {"status": "degraded" if problem else "ok"}
    if _may_see_details():
        facts |= {"problem": problem, "uptime_seconds": round(time.monotonic() - STARTED), **_release()}
    return _fresh(jsonify(facts))


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 once a release is open, else 503: for a load balancer."""
    release = _release()["release"]
    response = jsonify({"status": "ready" if release else "nothing published"})
    response.status_code = 200 if release else 503
    return _fresh(response)


@blueprint.get("/metrics")
def metrics() -> Response:
    """For Prometheus."""
    if not _may_see_details():
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    here = parts()
    numbers = here.metrics.text(degraded=bool(_problem()), lost=here.log.dropped if here.log else 0)
    return _fresh(Response(numbers, content_type="text/plain; version=0.0.4"))


def _problem() -> str | None:
    here = parts()
    if here.log is not None and here.log.failing:
        return here.editions.problem or "questions are not logged"
    return here.editions.problem


def _release() -> dict[str, object]:
    try:
        edition = parts().editions.current()
    except NothingPublished:
        return {"release": None}
    contents = edition.contents
    return {"release": edition.release, "documents": contents.document_count, "passages": contents.passage_count}


def _may_see_details() -> bool:
    token = parts().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return is_local() or bool(token and hmac.compare_digest(given.encode(), token.encode()))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
