"""The widget's files as they are sent: small, cached, and made of nothing that a strict policy forbids."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.settings import Settings
from web.widget import FOLDER, Widget, blueprint, widget

LANGUAGES = ("en", "de", "es", "fr", "ar")
ALL = Settings(languages=LANGUAGES)
LAUNCHER_BUDGET = 3_000  # bytes, packed
BUDGET = 15_000  # bytes, packed: the launcher and all that the first opening fetches
PAGES_ONLY = {"page.css", "demo.js", "owner.css"}
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.style\b|[\"']style[\"']"
)
MODULES = sorted(FOLDER.glob("*.js"))


def top_level(path: Path) -> list[str]:
    names = r"^(?:export )?(?:async )?(?:class|function|const|let) (\w+)"
    return re.findall(names, path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def made() -> Widget:
    return widget(ALL)


@pytest.fixture(scope="module")
def client(made: Widget) -> FlaskClient:
    app = Flask("web")
    app.register_blueprint(blueprint(made))
    return app.test_client()


def test_the_launcher_is_within_its_budget(made: Widget) -> None:
    assert len(made.launcher.packed) <= LAUNCHER_BUDGET


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_launcher_and_the_panel_are_within_their_budget(made: Widget, lang: str) -> None:
    fetched = {"define.js", "chat.css", f"look/{lang}.json"}
    others = {name for name in made.files if name.startswith("look/")} | PAGES_ONLY
    assert set(made.files) == fetched | others  # nothing is sent that is not counted here
    assert len(made.launcher.packed) + sum(len(made.files[name].packed) for name in fetched) <= BUDGET


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_module_does_what_a_strict_policy_forbids(path: Path) -> None:
    assert FORBIDDEN.search(path.read_text(encoding="utf-8")) is None


def test_the_launcher_imports_nothing_before_it_is_used() -> None:
    assert not re.search(r"^import\b", (FOLDER / "launcher.js").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_modules_are_joined_whole_and_once(made: Widget) -> None:
    joined = made.files["define.js"].body.decode()
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)
    for path in MODULES:
        if path.name not in ("launcher.js", "demo.js"):
            for name in top_level(path):
                assert len(re.findall(rf"^(?:async )?(?:class|function|const|let) {name}\b", joined, re.MULTILINE)) >= 1
    assert joined.count("customElements.define(") == 1


def test_the_modules_share_no_name() -> None:
    """They are joined into one scope."""
    names = [name for path in MODULES if path.name not in ("launcher.js", "demo.js") for name in top_level(path)]
    assert len(names) == len(set(names))
    assert "FaqChat" in names


def test_comments_stay_at_home(made: Widget) -> None:
    for name in ("define.js", "chat.css"):
        assert not re.search(rb"^\s*(//|/\*)|^\s", made.files[name].body, re.MULTILINE)


def test_the_launcher_is_kept_for_minutes_and_asked_for_again_cheaply(client: FlaskClient, made: Widget) -> None:
    answer = client.get("/widget.js")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert client.get("/widget.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert b"__SITE__" not in answer.data
    assert f"static/chat/{made.version}/".encode() in answer.data


def test_the_rest_is_kept_for_ever_under_an_address_of_its_own(client: FlaskClient, made: Widget) -> None:
    for name in made.files:
        answer = client.get(f"/static/chat/{made.version}/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    assert widget(replace(ALL, name="Another")).version != made.version


def test_another_server_s_version_is_served_but_not_kept(client: FlaskClient) -> None:
    answer = client.get("/static/chat/0123456789abcdef/define.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_files_are_packed_for_who_takes_them_packed(client: FlaskClient, made: Widget) -> None:
    address = f"/static/chat/{made.version}/chat.css"
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == client.get(address).data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_only_the_widget_s_files_are_there(client: FlaskClient, made: Widget) -> None:
    for name in ("launcher.js", "README.md", "../settings.py", "%2e%2e/settings.py", "look/../define.js", "strings/en.json"):
        assert client.get(f"/static/chat/{made.version}/{name}").status_code == 404


def test_a_language_that_is_not_offered_gets_the_default(client: FlaskClient, made: Widget) -> None:
    answer = client.get(f"/static/chat/{made.version}/look/nl.json")
    assert json.loads(answer.data)["lang"] == "en"
