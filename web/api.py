"""The JSON API: a question in, a reply with its citations out; votes; its own description."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from flask import Blueprint, Response
from spectree import Response as Responses
from spectree import SpecTree
from spectree.model_adapter import get_msgspec_model_adapter

from web import body
from web.contract import Feedback, ProblemDetails, Question, Reply
from web.errors import PROBLEM, Problem
from web.parts import parts

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
description = SpecTree(
    "flask",
    model_adapter=get_msgspec_model_adapter(),
    mode="strict",
    annotations=False,
    title="Faqtual",
    version="1",
    description="Answers with quoted sentences of the owner's documents, or says that they hold none.",
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
)
encode = msgspec.json.Encoder().encode


def _failures(*statuses: int) -> dict[str, type[ProblemDetails]]:
    return {f"HTTP_{status}": ProblemDetails for status in statuses}


@blueprint.post("/ask")
@description.validate(
    json=Question, resp=Responses(HTTP_200=Reply, **_failures(400, 413, 415, 422, 429, 503)), skip_validation=True
)
def ask() -> Response:
    """Ask a question

    The reply quotes documents, or says honestly that they do not hold an answer. Send its `conversation` with the next one.
    """
    return _json(parts().answer(body.read(Question)))


@blueprint.post("/feedback")
@description.validate(
    json=Feedback, resp=Responses("HTTP_204", **_failures(400, 404, 413, 415, 422, 429, 503)), skip_validation=True
)
def feedback() -> Response:
    """Say whether a reply helped

    Takes the `id` of a reply for 24 hours; the last vote wins.
    """
    vote = body.read(Feedback)
    answered = parts().signer.read_answer(vote.id)
    if answered is None:
        raise Problem(404, "There is no answer with this id, or it is older than a day.")
    here = parts()
    comment = vote.comment if here.settings.log_questions else None
    here.transcript.vote(answered.key, vote.helpful, answered.passages, datetime.now(UTC), comment)
    return Response(status=204)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return _json(_described())


def _described() -> dict[str, Any]:
    """The description with the content type that failures really have."""
    found: dict[str, Any] = msgspec.json.decode(encode(description.spec))
    for path in found["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status >= "400" and "application/json" in response.get("content", {}):
                    response["content"] = {PROBLEM: response["content"]["application/json"]}
    return found


def _json(message: Any) -> Response:
    return Response(encode(message), content_type="application/json")
