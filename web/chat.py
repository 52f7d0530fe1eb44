"""The visitor's pages: the demo page, and the chat as forms for browsers without JavaScript.

A form carries what was shown so far, signed, so that the server keeps nothing and nobody else can put words in its mouth.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from flask import Blueprint, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from bot.edition import Edition
from web import body
from web.contract import LONGEST_QUESTION, Question, Reply
from web.errors import Problem
from web.fragments import on_site
from web.look import Look, looks, nearest
from web.parts import parts
from web.settings import Settings
from web.tokens import GOOD_FOR, load_secrets
from web.widget import Widget

KEPT = 6  # turns that a form carries
LONGEST_SHOWN = 40_000  # characters of the signed turns
LARGEST_FORM = 60_000  # bytes
STARTERS = 4
LOOKED_AT = 300  # passages that are looked at for starters
LONGEST_STARTER = 60  # characters


class Exchange(msgspec.Struct, frozen=True):
    """A question as it was typed, and the reply."""

    question: str
    reply: Reply


class Shown:
    """Signs the turns of a form and reads them back."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        arguments = {"digest_method": hashlib.sha256}
        self._serializer = URLSafeTimedSerializer(list(reversed(keys)), salt="chat page", signer_kwargs=arguments)

    def sign(self, exchanges: list[Exchange]) -> str:
        """The latest turns that fit; their ids and tokens are left out, because the last reply's count."""
        kept = [Exchange(e.question, msgspec.structs.replace(e.reply, id="", conversation="")) for e in exchanges[-KEPT:]]
        while len(signed := str(self._serializer.dumps(msgspec.to_builtins(kept)))) > LONGEST_SHOWN:
            kept = kept[1:]
        return signed

    def read(self, signed: str) -> list[Exchange]:
        """Nothing where it is not ours, older than a day or empty."""
        try:
            return msgspec.convert(self._serializer.loads(signed, max_age=GOOD_FOR), list[Exchange])
        except (BadData, msgspec.ValidationError):
            return []


def blueprint(settings: Settings, widget: Widget) -> Blueprint:
    """Raises SettingsError where there is no secret to sign with or the owner's strings do not fit."""
    chat = Blueprint("chat", __name__)
    found, shown = looks(settings), Shown(load_secrets(settings))

    @chat.get("/")
    def demo() -> str:
        return _render("demo.html", _look(found), widget, starters=_starters(settings))

    @chat.get("/chat")
    def begin() -> str:
        return _render("chat.html", _look(found), widget, starters=_starters(settings), exchanges=[])

    @chat.post("/chat")
    def talk() -> tuple[str, int]:
        request.max_content_length = request.max_form_memory_size = LARGEST_FORM
        look = _look(found)
        before, text = shown.read(request.form.get("shown", "")), _text()
        too_long = len(text) > LONGEST_QUESTION
        asked = [] if too_long else list(_asked(text, look.lang))
        carried = {"signed": shown.sign([*before, *asked]), "conversation": _conversation(asked), "voted": _vote()}
        kept = {"kept": text, "over": len(text) - LONGEST_QUESTION} if too_long else {}
        page = _render("chat.html", look, widget, starters=_starters(settings), exchanges=[*before, *asked], **carried, **kept)
        return page, 422 if too_long else 200

    return chat


def _text() -> str:
    """What the form asks, possibly nothing."""
    return (request.form.get("offer") or request.form.get("question", "")).replace("\r\n", "\n").strip()


def _asked(text: str, lang: str) -> Iterator[Exchange]:
    """The question of the form with its reply; nothing where the box was empty. Raises Problem 422 where it cannot be read."""
    if text:
        fields = {"question": text, "conversation": request.form.get("conversation") or None, "lang": lang}
        yield Exchange(text, parts().answer(body.typed(fields, Question)))


def _conversation(asked: list[Exchange]) -> str:
    """The token to send with the next question: the new reply's, else the one that came."""
    return asked[-1].reply.conversation if asked else request.form.get("conversation", "")


def _vote() -> bool:
    """Whether the form was a vote on the last answer that counts."""
    helpful = request.form.get("helpful")
    answered = parts().signer.read_answer(request.form.get("id", "")) if helpful else None
    if answered is None:
        return False
    parts().transcript.vote(answered.key, helpful == "yes", answered.passages, datetime.now(UTC))
    return True


def _look(found: dict[str, Look]) -> Look:
    """The language that the form or the address names, else the best that the browser takes."""
    wanted = request.values.get("lang") or request.accept_languages.best_match(list(found)) or ""
    return nearest(found, wanted)


def _render(template: str, look: Look, widget: Widget, **more: Any) -> str:
    def file(name: str) -> str:
        return url_for("widget.file", version=widget.version, name=name)

    fixed = {"say": look.say, "lang": look.lang, "file": file, "on_site": on_site}
    return render_template(template, look=look, home=request.url_root, **fixed, **more)


def _starters(settings: Settings) -> tuple[str, ...]:
    """The owner's, else questions that the documents themselves have as headings."""
    if settings.starters:
        return settings.starters
    try:
        edition = parts().edition
    except Problem:  # nothing is published yet
        return ()
    return tuple(dict.fromkeys(_headings(edition)))[:STARTERS]


def _headings(edition: Edition) -> Iterator[str]:
    for position in range(min(edition.contents.passage_count, LOOKED_AT)):
        document, passage = edition.contents.passage(position)
        heading = passage.heading.of(document.text).strip() if passage.heading else ""
        if document.audience == "public" and heading.endswith(("?", "؟")) and len(heading) <= LONGEST_STARTER:
            yield heading
