"""The widget's real files with canned replies behind them, for states that documents hardly provoke: busy, slow, broken."""

import time
from collections.abc import Callable

from flask import Flask, Response, jsonify, request

from tests.browser.replies import REPLIES, reply
from web.settings import Settings
from web.widget import blueprint, widget

LANGUAGES = ("en", "de", "es", "fr", "ar")
SETTINGS = Settings(
    name="Riverside Library",
    languages=LANGUAGES,
    starters=("How long may I keep a book?", "What if I am late?"),
    log_questions=True,
)
SLOW = 1.2  # seconds: long enough for the status that comes after 0.4


def app(settings: Settings = SETTINGS) -> Flask:
    """`asked` and `votes` of its config collect what the widget sent; `sulks` is how many questions are refused first."""
    made = Flask("web")  # with web/static as its static folder
    made.register_blueprint(blueprint(widget(settings)))
    made.config.update(asked=[], votes=[], sulks=0)

    @made.post("/api/v1/ask")
    def ask() -> Response:
        made.config["asked"].append(request.get_json())
        question = request.get_json()["question"]
        return TROUBLES[question]() if question in TROUBLES else jsonify(REPLIES.get(question) or reply("answered"))

    @made.post("/api/v1/feedback")
    def feedback() -> Response:
        made.config["votes"].append(request.get_json())
        return Response(status=204)

    @made.get("/sources/<document>")
    def source(document: str) -> str:
        return f"<title>{document}</title>"

    @made.after_request
    def share(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def sulk() -> Response:
        made.config["sulks"] -= 1
        return _refused(503) if made.config["sulks"] >= 0 else jsonify(REPLIES["How long may I keep a book?"])

    TROUBLES["sulk"] = sulk
    return made


def _refused(status: int, **headers: str) -> Response:
    return Response("{}", status, headers, content_type="application/problem+json")


def _slow() -> Response:
    time.sleep(SLOW)
    return jsonify(REPLIES["How long may I keep a book?"])


TROUBLES: dict[str, Callable[[], Response]] = {
    "busy": lambda: _refused(429, **{"Retry-After": "7"}),
    "broken": lambda: _refused(500),
    "not json": lambda: Response("<html>"),
    "slow": _slow,
}
