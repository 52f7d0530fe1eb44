"""What the views work with, made once by `create_app`: the current app in, its parts out."""

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import cast

from flask import Flask, current_app

from bot.answers import Turn
from bot.assistant import Assistant, shipped
from bot.edition import Edition, NothingPublished
from bot.publishing.editions import Editions
from bot.retrieval.meaning import OwnEncoder
from bot.retrieval.neural import MeaningUnavailable, encoder_of
from bot.transcript import Transcript, turn_record
from bot.turn_log import TurnLog
from knowledge.database import connect
from knowledge.private import make_folder
from knowledge.store import Store
from web import serialise
from web.contract import Question, Reply
from web.errors import Problem
from web.metrics import Metrics
from web.retention import Retention
from web.settings import Settings, SettingsError
from web.tokens import Signer

KEY = "faqtual"


@dataclass(frozen=True, slots=True)
class Parts:
    """`transcript` keeps votes; `log` is None unless the owner wants questions kept, `encoder` with the shipped vectors."""

    settings: Settings
    store: Store
    editions: Editions
    assistant: Assistant
    transcript: Transcript
    signer: Signer
    retention: Retention
    log: TurnLog | None = None
    metrics: Metrics = field(default_factory=Metrics)
    encoder: OwnEncoder | None = None
    one_turn: Lock = field(default_factory=Lock)

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
        with self.one_turn:  # arithmetic: threads that take turns at it in short slices finish all of it later
            turn = self.assistant.reply(self.edition, conversation, question.question, question.lang)
        reply = serialise.reply(turn, self.signer, self.settings.contact)
        self.metrics.turn(turn.answer, time.perf_counter() - began)
        self._keep(turn, reply.id, question.lang)
        return reply

    def _keep(self, turn: Turn, answer_id: str, lang: str) -> None:
        """Redacted, and only where the owner wants it."""
        answer = self.signer.read_answer(answer_id) if self.log else None
        if self.log and answer:
            self.log.put(turn_record(answer.key, datetime.now(UTC), lang, turn))

    def close(self) -> None:
        """Ends what works in the background; what is to be written is written."""
        self.editions.close()
        self.retention.close()
        if self.log:
            self.log.close()
        self.store.engine.dispose()


def open_store(settings: Settings) -> Store:
    """Makes the data folder where there is none. Raises OSError, DatabaseUnavailable."""
    make_folder(settings.data)
    return Store(connect(settings.database))


def assistant_for(settings: Settings) -> Assistant:
    """The shipped assistant, at the owner's operating point where there is one."""
    assistant = shipped()
    if settings.operating_point is None:
        return assistant
    return replace(assistant, weights=replace(assistant.weights, operating_point=settings.operating_point))


def encoder_for(settings: Settings) -> OwnEncoder | None:
    """The owner's sentence model, read once a process; None for the shipped word vectors. Raises SettingsError."""
    if settings.meaning is None:
        return None
    try:
        return _encoder_of(settings.meaning)
    except (MeaningUnavailable, OSError) as error:
        raise SettingsError("meaning", f"sentence-transformers:{settings.meaning}", str(error)) from error


_encoder_of = cache(encoder_of)


def install(app: Flask, made: Parts) -> None:
    app.extensions[KEY] = made
    app.after_request(made.metrics.count)


def of(app: Flask) -> Parts:
    return cast(Parts, app.extensions[KEY])


def parts() -> Parts:
    """Of the app that serves the current request."""
    return of(current_app)
