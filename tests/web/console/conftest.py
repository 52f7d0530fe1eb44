"""The console of the shared corpus and its cast: Alice owns it, Bob edits, Dora looks, Charlie is a stranger."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from knowledge.drafts import drafts, fingerprint
from web import parts
from web.accounts import Accounts, Role
from web.parts import open_store
from web.settings import Settings

PASSWORDS = {"alice": "alice's long password", "bob": "bob's long password", "dora": "dora's long password"}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Staff:
    """A browser at the console. `post` takes the token from the last page that had one."""

    client: FlaskClient

    def get(self, path: str, **more: Any) -> TestResponse:
        """Looks again, as a person would, while the page says that the work is still under way."""
        for _ in range(20):
            page = self.client.get(f"/staff/{path}", **more)
            if "Look again" not in page.text:
                break
        return page

    def token(self) -> str:
        found = TOKEN.search(self.get("account").text) or TOKEN.search(self.get("in").text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        return self.client.post(f"/staff/{path}", data={"csrf_token": self.token(), **(data or {})}, **more)

    def publish(self, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """What is put up, as somebody does who has looked at it."""
        return self.post("documents/publish", {"seen": self.seen(), **(data or {})}, **more)

    def seen(self) -> str:
        return fingerprint(drafts(parts.of(self.client.application).store.engine))

    def sign_in(self, name: str, password: str | None = None, **more: Any) -> TestResponse:
        return self.post("in", {"name": name, "password": PASSWORDS.get(name, "") if password is None else password}, **more)


@pytest.fixture(scope="session")
def staffed(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published corpus with accounts. Tests copy it."""
    data = tmp_path_factory.mktemp("staffed") / "data"
    shutil.copytree(published, data)
    store = open_store(Settings(data=data))
    with closing(store.engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name, role in (("alice", Role.EDITOR), ("bob", Role.EDITOR), ("dora", Role.VIEWER)):
        Accounts(store.engine).add(name, PASSWORDS[name], role)
    store.engine.dispose()
    return data


@pytest.fixture
def console(staffed: Path, tmp_path: Path, make_app: Callable[..., Flask]) -> Flask:
    return make_app(data=Path(shutil.copytree(staffed, tmp_path / "data")))


@pytest.fixture
def logging_console(staffed: Path, tmp_path: Path, make_app: Callable[..., Flask]) -> Flask:
    return make_app(data=Path(shutil.copytree(staffed, tmp_path / "data")), log_questions=True)


@pytest.fixture
def stranger(console: Flask) -> Staff:
    return Staff(console.test_client())


@pytest.fixture
def enter(console: Flask) -> Callable[[str], Staff]:
    """Signs somebody in, in a browser of their own."""

    def make(name: str) -> Staff:
        staff = Staff(console.test_client())
        assert staff.sign_in(name).status_code == 303
        return staff

    return make


@pytest.fixture
def alice(enter: Callable[[str], Staff]) -> Staff:
    return enter("alice")


@pytest.fixture
def dora(enter: Callable[[str], Staff]) -> Staff:
    return enter("dora")


@pytest.fixture
def engine(console: Flask) -> Iterator[Any]:
    yield parts.of(console).store.engine
