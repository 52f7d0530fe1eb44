"""The only reader of the environment and of faqtual.toml: where settings stand in, one frozen Settings out.

A flag of the command line wins over `FAQTUAL_<NAME>` in the environment, which wins over `faqtual.toml` (in the working
directory, or named by `FAQTUAL_CONFIG`), which wins over the default. Anything unknown or of the wrong kind is an error.
"""

# ruff: noqa: RUF009 - `option` makes a dataclass field, which is no shared default

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from knowledge.database import sqlite_url
from web import options
from web.options import Colours, Contact

PREFIX = "FAQTUAL_"
CONFIG = PREFIX + "CONFIG"
TESTS = PREFIX + "TEST_"  # read by the test suite, never by the product
FILE = "faqtual.toml"
MEGABYTE = 1_000_000


class SettingsError(Exception):
    """A setting cannot be used. `key` is its name, `where` says where it stands, `problem` what to write there."""

    def __init__(self, key: str, where: str, problem: str) -> None:
        super().__init__(f"{key} ({where}): {problem}")
        self.key = key
        self.where = where
        self.problem = problem


def option(read: Callable[[Any], Any], default: Any, doc: str, *, secret: bool = False) -> Any:
    """A dataclass field with its reader and its line of documentation; a secret one is left out of the repr."""
    metadata = {"read": read, "doc": doc, "secret": secret}
    if isinstance(default, dict):
        return field(default_factory=default.copy, metadata=metadata)
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that an owner can set. Paths are relative to the settings file, else to the working directory."""

    host: str = option(options.text, "127.0.0.1", "Address to listen on.")
    port: int = option(options.whole(0, 65535), 8000, "Port to listen on; 0 takes a free one.")
    data: Path = option(options.path, Path("faqtual-data"), "Folder for the database, the index files and the secret.")
    docs: Path | None = option(options.path, None, "Folder of documents that `serve` publishes first where it has changed.")
    database_url: str = option(options.database, "", "PostgreSQL instead of SQLite in the data folder.", secret=True)
    redis_url: str = option(options.link("redis", "rediss"), "", "Redis that several servers share limits in.", secret=True)
    secret_key: tuple[str, ...] = option(
        options.secrets, (), "Secrets that sign tokens: the first signs, all verify.", secret=True
    )
    metrics_token: str = option(options.text, "", "Bearer token that opens /metrics and the details of health.", secret=True)

    name: str = option(options.text, "Questions and answers", "What the bot is called.")
    greeting: str = option(options.text, "", "First words of the chat; empty for the interface's own.")
    colours: Colours = option(options.colours, Colours(), "Table of hex colours: accent, accent_text, background, text.")
    logo: str = option(options.link("https", "http"), "", "Address of a logo.")
    contact: Contact | None = option(options.contact, None, "Table {text, href}: whom to ask where the documents do not say.")
    starters: tuple[str, ...] = option(options.listing, (), "Questions offered before the first one is typed.")
    languages: tuple[str, ...] = option(options.languages, ("en",), "Languages of the interface, the default first.")
    strings: dict[str, dict[str, str]] = option(options.strings, {}, "Own words for the interface, by language and name.")

    sites: tuple[str, ...] = option(options.origins, (), "Sites whose pages may use the chat.")
    rate_limit: str = option(options.rate, "300/minute", 'Most requests per client address, or "off".')
    proxies: int = option(options.whole(0, 10), 0, "Trusted proxies in front, each adding one X-Forwarded-For.")
    threads: int = option(options.whole(1, 256), 4, "Worker threads.")
    queue_limit: int = option(options.whole(1, 100_000), 100, "Waiting requests above which the server answers 503.")
    upload_limit: int = option(options.size, 20 * MEGABYTE, "Largest file that staff can upload.")

    meaning: Path | None = option(options.meaning, None, "Folder of an own sentence model, or the shipped word vectors.")
    log_questions: bool = option(options.switch, False, "Keep visitors' questions, redacted.")
    retention_days: int = option(options.whole(1, 3650), 30, "Days that kept questions stay.")
    keep_releases: int = option(options.whole(1, 10_000), 20, "Releases to roll back to, and as many besides edits.")
    operating_point: float | None = option(options.share, None, "Least confidence that is answered; empty for the shipped one.")

    @property
    def database(self) -> str:
        """The database's URL: the owner's, or SQLite in the data folder."""
        return self.database_url or sqlite_url(self.data)

    @property
    def shares_database(self) -> bool:
        """Whether several machines may work on the same data."""
        return self.database.startswith("postgres")


NAMES = {known.name: known for known in fields(Settings)}


def load(flags: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings from all the places that they can stand in. Raises SettingsError."""
    environ = os.environ if environ is None else environ
    values = {**_from_file(environ), **_from_environment(environ), **_from_flags(flags or {})}
    return Settings(**values)


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:
    named = environ.get(CONFIG)
    file = Path(named or FILE)
    if not named and not file.is_file():
        return {}
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(CONFIG, str(file), f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(FILE, str(file), f"is not valid TOML: {error}") from error
    found = {key: _read(key, value, str(file)) for key, value in table.items()}
    return {key: file.parent / value if isinstance(value, Path) else value for key, value in found.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    ours = {
        key: value for key, value in environ.items() if key.startswith(PREFIX) and key != CONFIG and not key.startswith(TESTS)
    }
    return {
        key.removeprefix(PREFIX).lower(): _read(key.removeprefix(PREFIX).lower(), value, key) for key, value in ours.items()
    }


def _from_flags(flags: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _read(key, value, f"--{key.replace('_', '-')}") for key, value in flags.items() if value is not None}


def _read(key: str, value: Any, where: str) -> Any:
    known: Field[Any] | None = NAMES.get(key)
    if known is None:
        near = difflib.get_close_matches(key, NAMES, n=1)
        raise SettingsError(
            key, where, f"no such setting; did you mean {near[0]}?" if near else "no such setting; see docs/settings.md"
        )
    try:
        return known.metadata["read"](value)
    except ValueError as error:
        raise SettingsError(key, where, str(error)) from error
