"""The shared corpus published, and the real app on it."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.publishing import publish
from tests.corpus import FOLDER
from web import create_app, parts
from web.parts import open_store
from web.settings import Settings

CONTACT = {"text": "Ring the desk", "href": "tel:+441234567"}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose live release is the shared corpus. Tests that publish make their own."""
    data = tmp_path_factory.mktemp("published")
    store = open_store(Settings(data=data))
    publish(store, FOLDER, data)
    store.engine.dispose()
    return data


@pytest.fixture
def make_app(published: Path) -> Iterator[Callable[..., Flask]]:
    """Makes an app with these settings, on the shared corpus unless `data` says otherwise; closes it after the test."""
    made = []

    def make(**settings: Any) -> Flask:
        app = create_app(Settings(**{"data": published, "rate_limit": "", **settings}))
        made.append(app)
        return app

    yield make
    for app in made:
        parts.of(app).close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def free_port() -> int:
    """Nobody listens there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
