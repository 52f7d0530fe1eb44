"""`documents.toml` and a file's own statements in; title, url, date, lang and audience of each document out.

["*.pdf"]                   # a glob over the name relative to the folder; `*` also crosses "/"
lang = "en"

["terms.pdf"]               # a later entry wins over an earlier one, key by key
title = "Terms of hire"
url = "https://example.org/terms"
date = 2025-03-01
audience = "staff"          # or "public", the default
"""

import datetime
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any, get_args
from urllib.parse import urlsplit

from knowledge.documents import Audience, Document

FILE_NAME = "documents.toml"
DEFAULT_LANG = "en"
LONGEST_TITLE = 300  # characters
LONGEST_URL = 2000

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")


class MetadataError(ValueError):
    """The message names the place, the key and what is expected."""


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str | None = None
    url: str | None = None
    date: str | None = None
    lang: str | None = None
    audience: Audience | None = None

    def stated(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value is not None}


KEYS = tuple(field.name for field in fields(Metadata))


@dataclass(frozen=True, slots=True)
class Rules:
    """The entries of one documents.toml in the order written."""

    entries: tuple[tuple[str, Metadata], ...] = ()

    def for_name(self, name: str) -> Metadata:
        found = Metadata()
        for glob, metadata in self.entries:
            if _matches(name, glob):
                found = replace(found, **metadata.stated())
        return found

    def check_all_used(self, names: Iterable[str]) -> None:
        """Raises MetadataError for an entry that matches no name: a typing error there could publish a staff document."""
        known = list(names)
        for glob, _ in self.entries:
            if not any(_matches(name, glob) for name in known):
                raise MetadataError(
                    f'{FILE_NAME}: ["{glob}"] matches no file in the folder; correct the name or remove the entry'
                )


def read_rules(folder: Path) -> Rules:
    """No documents.toml, no rules. Raises MetadataError where it is not TOML, or a key or value is not known."""
    path = folder / FILE_NAME
    if not path.is_file():
        return Rules()
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise MetadataError(f"{FILE_NAME}: cannot be read as UTF-8 TOML: {error}") from error
    return Rules(tuple((glob, checked(_table(glob, values), f'{FILE_NAME}: ["{glob}"]')) for glob, values in tables.items()))


def _table(glob: str, values: object) -> Mapping[str, object]:
    if not isinstance(values, dict):
        raise MetadataError(f'{FILE_NAME}: "{glob}" stands outside of an entry; put it below a line like ["*.txt"]')
    for key, value in values.items():
        if isinstance(value, dict):
            raise MetadataError(f'{FILE_NAME}: [{glob}.{key}] needs quotation marks: ["{glob}.{key}"]')
    return values


def checked(values: Mapping[str, object], where: str) -> Metadata:
    """Raises MetadataError for an unknown key or a value that does not fit; `where` begins the message."""
    for key in values:
        if key not in KEYS:
            raise MetadataError(f"{where}: {key} is not known; the keys are {', '.join(KEYS)}")
    return Metadata(**{key: _CHECKS[key](value, f"{where}: {key}") for key, value in values.items()})  # type: ignore[arg-type]


def applied(document: Document, metadata: Metadata) -> Document:
    """The document with the owner's metadata over its own."""
    return replace(document, **metadata.stated())


def http_url(value: str) -> str | None:
    """The address, or None where it is not an absolute http(s) one."""
    address = value.strip()
    if len(address) > LONGEST_URL or _UNSAFE.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def iso_date(value: str) -> str | None:
    """`2025`, `2025-03` or `2025-03-01`, also where a time follows; None for anything else."""
    found = _DATE.match(value.strip())
    if found is None:
        return None
    try:
        datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    return found[0]


def language(value: str) -> str | None:
    """A BCP 47 tag such as `en` or `pt-BR`; also reads `pt_BR`. None for anything else."""
    tag = value.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def title_from(name: str) -> str:
    """A title for a document that states none, made of its name."""
    words = re.sub(r"[\s_-]+", " ", PurePosixPath(name).stem).strip()
    return words[:1].upper() + words[1:] or name


def _matches(name: str, glob: str) -> bool:
    return fnmatchcase(unicodedata.normalize("NFC", name), unicodedata.normalize("NFC", glob))


def _checked_title(value: object, where: str) -> str:
    title = " ".join(value.split()) if isinstance(value, str) else ""
    if not 0 < len(title) <= LONGEST_TITLE:
        raise MetadataError(f"{where} must be a text of 1 to {LONGEST_TITLE} characters")
    return title


def _checked_url(value: object, where: str) -> str:
    address = http_url(value) if isinstance(value, str) else None
    if address is None:
        raise MetadataError(f"{where} must be an address that begins with http:// or https://, not {value!r}")
    return address


def _checked_date(value: object, where: str) -> str:
    stated = value.isoformat() if isinstance(value, datetime.date) else value
    date = iso_date(stated) if isinstance(stated, str) else None
    if date is None:
        raise MetadataError(f"{where} must be a date like 2025-03-01, not {value!r}")
    return date


def _checked_lang(value: object, where: str) -> str:
    tag = language(value) if isinstance(value, str) else None
    if tag is None:
        raise MetadataError(f'{where} must be a language tag like "en" or "pt-BR", not {value!r}')
    return tag


def _checked_audience(value: object, where: str) -> str:
    if value not in get_args(Audience):
        raise MetadataError(f'{where} must be "public" or "staff", not {value!r}')
    return str(value)


_CHECKS = {
    "title": _checked_title,
    "url": _checked_url,
    "date": _checked_date,
    "lang": _checked_lang,
    "audience": _checked_audience,
}
