"""`faqtual serve`: publishes what it was given, prints where it serves, and serves until it is told to stop."""

import logging
import threading
from argparse import ArgumentParser, Namespace
from importlib.resources import files
from pathlib import Path

from flask import Flask

from bot import publishing
from bot.checks.golden import golden_gate
from bot.publishing.publications import FolderRefused, GateClosed, Publication, Terms
from knowledge.records import PublishInProgress, ReleaseOutdated
from knowledge.store import Store
from web import console, create_app, parts
from web.command.options import add_data, opened, report, settings_from
from web.command.publish import publish_if_changed
from web.server import DRAINING, Server
from web.settings import Settings
from web.terminal import note, progress, say
from web.tokens import load_secrets

HELP = "serve the live release: a demo page, the chat, the widget, the API and the sources"
SAMPLE = Path(str(files("knowledge"))) / "sample"


log = logging.getLogger("faqtual")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--docs", metavar="DIR", help="publish this folder first if it has changed")
    parser.add_argument("--host", metavar="H", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", metavar="N", help="port to listen on (default 8000)")
    add_data(parser)


def run(options: Namespace) -> int:
    settings = _settings(options)
    logging.getLogger("faqtual").setLevel(logging.INFO)
    load_secrets(settings)  # a start that is going to fail publishes nothing
    parts.encoder_for(settings)
    _publish_first(settings)
    app = create_app(settings)
    served = _Served(app)

    def rebuild() -> Flask:
        return served.replace(create_app(_settings(options)))

    server = Server(app, settings, rebuild)
    served.watch(server)
    _print_addresses(server)
    status = server.run()
    served.close()
    return status


class _Served:
    """The app that serves now, and those before it, which are closed once nobody can be waiting for them any more."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._server: Server | None = None
        self._retired: list[Flask] = []

    def watch(self, server: Server) -> None:
        self._server = server
        server.share(parts.of(self.app).settings.sites)
        parts.of(self.app).metrics.watch(waiting=lambda: server.waiting)

    def replace(self, app: Flask) -> Flask:
        """Requests that began with the app before finish with it, and what they leave to be written is written."""
        old, self.app = self.app, app
        if self._server is not None:
            self.watch(self._server)
        self._retired.append(old)
        closing = threading.Timer(DRAINING, self._retire, [old])
        closing.daemon = True
        closing.start()
        return app

    def _retire(self, app: Flask) -> None:
        console.finish(app, DRAINING)
        parts.of(app).close()
        self._retired.remove(app)

    def close(self) -> None:
        """Changes that staff have begun may use what is left of the time that requests had."""
        for app in (*self._retired, self.app):
            if not console.finish(app, self._server.time_left if self._server else 0.0):
                log.warning("stopped while a release was being made; the one before stays live")
            parts.of(app).close()


def _settings(options: Namespace) -> Settings:
    return settings_from(options, "docs", "host", "port")


def _publish_first(settings: Settings) -> None:
    """The folder of --docs, or the sample where there is nothing at all. A refusal leaves what is live as it is."""
    try:
        with opened(settings) as store, progress() as advance:
            gate = golden_gate(parts.assistant_for(settings))
            encoder = parts.encoder_for(settings)
            terms = Terms(who="serve", gate=gate, keep=settings.keep_releases, progress=advance, encoder=encoder)
            publication = _first(store, settings, terms)
        if publication is not None:
            report(publication)
    except (GateClosed, FolderRefused, PublishInProgress, ReleaseOutdated) as error:
        note(f"not published: {error}")


def _first(store: Store, settings: Settings, terms: Terms) -> Publication | None:
    if settings.docs is not None:
        return publish_if_changed(store, settings, terms)
    if store.live() is not None:
        return None
    note("No documents yet: serving the sample. Publish your own with: faqtual publish DIR")
    return publishing.publish(store, SAMPLE, settings.data, terms)


def _print_addresses(server: Server) -> None:
    for address in server.addresses:
        say(f"Demo page      {address}/")
        say(f"Chat           {address}/chat")
        say(f"Widget         {address}/widget.js")
        say(f"API            {address}/api/v1/ask")
        say(f"Staff console  {address}/staff/")
