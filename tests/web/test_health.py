import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bot.publishing import publish
from tests.corpus import FOLDER
from tests.web.test_api import ask
from web import parts
from web.parts import open_store
from web.retention import Retention
from web.settings import Settings

STRANGER = {"REMOTE_ADDR": "203.0.113.9"}


def health(visitor: FlaskClient, **environ: str) -> dict[str, Any]:
    response = visitor.get("/healthz", environ_base=environ or {"REMOTE_ADDR": "127.0.0.1"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(response.data)
    return found


def test_a_stranger_learns_that_it_is_well_and_no_more(visitor: FlaskClient) -> None:
    assert health(visitor, **STRANGER) == {"status": "ok"}


def test_this_machine_learns_what_is_served(app: Flask, visitor: FlaskClient) -> None:
    found = health(visitor)
    assert found["release"] == parts.of(app).edition.release
    assert found["documents"] == 3
    assert found["passages"] > 3
    assert found["problem"] is None


def test_it_is_alive_but_not_ready_before_anything_is_published(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    visitor = make_app(data=tmp_path).test_client()
    assert health(visitor)["release"] is None
    assert visitor.get("/readyz").status_code == 503


def test_ready_says_so(visitor: FlaskClient) -> None:
    assert visitor.get("/readyz").status_code == 200


def damage(data: Path, release: str) -> None:
    """Flips a byte of the first index file of the release's folder."""
    store = open_store(Settings(data=data))
    folder = data / "releases" / store.release(release).files
    store.engine.dispose()
    file = max((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)


def test_a_damaged_release_leaves_the_last_good_one_serving_and_health_says_so(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    docs, data = tmp_path / "docs", tmp_path / "data"
    shutil.copytree(FOLDER, docs)
    store = open_store(Settings(data=data))
    good = publish(store, docs, data).release
    (docs / "house-rules.txt").write_text("A lost card is replaced for £4.00.")
    bad = publish(store, docs, data).release
    store.engine.dispose()
    damage(data, bad)

    visitor = make_app(data=data).test_client()
    assert ask(visitor, "What does a lost card cost?")["release"] == good
    found = health(visitor)
    assert found["status"] == "degraded"
    assert bad in found["problem"]
    assert health(visitor, **STRANGER) == {"status": "degraded"}
    assert "faqtual_degraded 1.0" in visitor.get("/metrics").text


def test_kept_questions_go_when_their_time_is_over(make_app: Callable[..., Flask]) -> None:
    app = make_app(log_questions=True)
    here = parts.of(app)
    ask(app.test_client(), "Can I bring my dog?")
    assert here.log is not None
    here.log.close()
    retention = Retention(here.transcript, days=30)
    retention.purge(datetime.now(UTC) + timedelta(days=29))
    assert len(list(here.transcript.export())) == 1
    retention.purge(datetime.now(UTC) + timedelta(days=31))
    assert list(here.transcript.export()) == []
