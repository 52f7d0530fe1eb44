"""Settings in, the whole web application out: all the wiring on one screen."""

from contextlib import ExitStack

from flask import Flask

from bot.publishing.editions import Editions
from bot.transcript import Transcript
from bot.turn_log import TurnLog
from web import access, api, chat, console, errors, health, parts, sources, tokens, widget
from web.retention import Retention
from web.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Opens the live release and follows it until `parts.of(app).close()`.

    Raises SettingsError, naming the key, where the settings do not go together, and DatabaseUnavailable.
    """
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    secrets, encoder = tokens.load_secrets(settings), parts.encoder_for(settings)
    store = parts.open_store(settings)
    assistant, signer = parts.assistant_for(settings), tokens.Signer(secrets)
    editions = Editions(store, settings.data, encoder=encoder, prepare=assistant.prepare)
    transcript = Transcript(store.engine)
    retention = Retention(transcript, settings.retention_days)
    log = TurnLog(transcript.write) if settings.log_questions else None
    made = parts.Parts(settings, store, editions, assistant, transcript, signer, retention, log, encoder=encoder)
    with ExitStack() as unless_ready:
        unless_ready.callback(made.close)
        parts.install(app, made)
        _wire(app, settings, secrets)
        editions.start()
        retention.start()
        unless_ready.pop_all()
    return app


def _wire(app: Flask, settings: Settings, secrets: tuple[str, ...]) -> None:
    errors.install(app)
    access.install(app, settings)
    files = widget.widget(settings)
    for blueprint in (
        api.blueprint,
        sources.blueprint,
        health.blueprint,
        widget.blueprint(files),
        chat.blueprint(settings, files),
    ):
        app.register_blueprint(blueprint)
    console.install(app, secrets)
    app.context_processor(lambda: {"name": settings.name})
