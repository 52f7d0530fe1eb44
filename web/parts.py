"""What the views work with, made once by `create_app`: the current app in, its parts out."""

import time
from dataclasses import dataclass, field, replace
from typing import cast

from flask import Flask, current_app

from bot.assistant import Assistant, shipped
from bot.edition import Edition, NothingPublished
from bot.editions import Editions
from bot.transcript import Transcript
from knowledge.store import Store
from web import serialise
from web.contract import Question, Reply
from web.errors import Problem
from web.metrics import Metrics
from web.settings import Settings
from web.tokens import Signer

KEY = "faqtual"


@dataclass(frozen=True, slots=True)
class Parts:
    """`transcript` keeps votes, and questions where the owner wants them kept."""

    settings: Settings
    store: Store
    editions: Editions
    assistant: Assistant
    transcript: Transcript
    signer: Signer
    metrics: Metrics = field(default_factory=Metrics)

    @property
    def edition(self) -> Edition:
        """What a turn answers from, to its end. Raises Problem 503 where nothing is published yet."""
        try:
            return self.editions.current()
        except NothingPublished as error:
            raise Problem(503, "No documents are published yet.", retry_after=5) from error

    def answer(self, question: Question) -> Reply:
        """One turn, from exactly one release. Raises Problem 503 where nothing is published."""
        began = time.perf_counter()
        conversation = self.signer.read_conversation(question.conversation)
        turn = self.assistant.reply(self.edition, conversation, question.question, question.lang)
        reply = serialise.reply(turn, self.signer, self.settings.contact)
        self.metrics.turn(turn.answer, time.perf_counter() - began)
        return reply

    def close(self) -> None:
        """Ends what works in the background."""
        self.editions.close()
        self.store.engine.dispose()


def assistant_for(settings: Settings) -> Assistant:
    """The shipped assistant, at the owner's operating point where there is one."""
    assistant = shipped()
    if settings.operating_point is None:
        return assistant
    return replace(assistant, weights=replace(assistant.weights, operating_point=settings.operating_point))


def install(app: Flask, made: Parts) -> None:
    app.extensions[KEY] = made


def of(app: Flask) -> Parts:
    return cast(Parts, app.extensions[KEY])


def parts() -> Parts:
    """Of the app that serves the current request."""
    return of(current_app)
