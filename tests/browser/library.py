"""The library of the shared corpus as a website, or other documents: a data folder in, the real application out."""

from pathlib import Path
from typing import Any

from flask import Flask

from bot.publishing import publish
from knowledge.database import connect
from knowledge.store import Store
from tests.corpus import FOLDER
from web import create_app
from web.options import Contact
from web.settings import Settings

CONTACT = Contact("Ask at the desk", "mailto:desk@library.example")


def library_settings(data: Path, **more: Any) -> Settings:
    name = "Thornbeck Town Library"
    return Settings(**{"data": data, "rate_limit": "", "name": name, "languages": ("en", "de"), "contact": CONTACT, **more})


def library_app(data: Path, documents: Path = FOLDER, **more: Any) -> Flask:
    """Published and live. Whoever makes it calls `web.parts.of(app).close()` at the end."""
    settings = library_settings(data, **more)
    store = Store(connect(settings.database))
    publish(store, documents, data)
    store.engine.dispose()
    return create_app(settings)
