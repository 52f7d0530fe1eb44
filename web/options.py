"""Readers of settings: what stands in a TOML file or an environment variable in, a typed value out.

Every reader takes a TOML value (str, int, bool, list or table) or the text of an environment variable, and raises
ValueError saying what it expects.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from limits import parse_many

SWITCH = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
PORTS = {"http": 80, "https": 443}
SIZES = {"": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
SHIPPED, MODEL = "shipped", "sentence-transformers:"  # what `meaning` may say; the second is followed by a folder
OFF = ""  # what `rate` gives for "off"


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a visitor turns to: the owner's words, and an http(s), mailto: or tel: link or an empty string."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Colours:
    """CSS hexadecimal colours; an empty one is left to the style sheet."""

    accent: str = ""
    accent_text: str = ""
    background: str = ""
    text: str = ""


def text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("expected text")
    return value.strip()


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(value: Any) -> int:
        digits = isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value.strip())
        number = int(value) if digits or (isinstance(value, int) and not isinstance(value, bool)) else None
        if number is None or not least <= number <= most:
            raise ValueError(f"expected a whole number from {least} to {most}")
        return number

    return read


def share(value: Any) -> float | None:
    """A number from 0 to 1, or None for an empty text."""
    if value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, bool) or not 0 <= number <= 1:
        raise ValueError("expected a number from 0 to 1")
    return number


def switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    found = SWITCH.get(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('expected "on" or "off"')
    return found


def size(value: Any) -> int:
    """Bytes, from 20000000 or "20 MB"."""
    match = re.fullmatch(r"(\d{1,15})\s*([kmg]?b?)", str(value).strip().lower())
    if isinstance(value, bool) or not match or match[2] not in SIZES:
        raise ValueError('expected a size such as "20 MB"')
    return int(match[1]) * SIZES[match[2]]


def path(value: Any) -> Path | None:
    return Path(text(value)).expanduser() if value else None


def meaning(value: Any) -> Path | None:
    """The folder of a model; None for the shipped word vectors."""
    found = text(value)
    folder = found.removeprefix(MODEL)
    if found != SHIPPED and (folder == found or not folder):
        raise ValueError(f'expected "{SHIPPED}", or "{MODEL}FOLDER" with the folder of a model')
    return None if found == SHIPPED else Path(folder).expanduser()


def listing(value: Any) -> tuple[str, ...]:
    """Texts: a TOML or JSON list, or one text with commas."""
    if isinstance(value, str):
        value = _json(value) if value.lstrip().startswith("[") else value.split(",")
    if not isinstance(value, list):
        raise ValueError("expected a list of texts")
    return tuple(filter(None, map(text, value)))


def secrets(value: Any) -> tuple[str, ...]:
    found = listing(value)
    if any(len(secret) < 32 for secret in found):
        raise ValueError("expected secrets of at least 32 characters, the one that signs first")
    return found


def languages(value: Any) -> tuple[str, ...]:
    found = listing(value)
    if not found or not all(re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) for tag in found):
        raise ValueError('expected language tags such as ["en", "de"]')
    return found


def origins(value: Any) -> tuple[str, ...]:
    """Sites as a browser names them: scheme, host and port, lower case."""
    return tuple(_origin(site) for site in listing(value))


def _origin(site: str) -> str:
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query or "@" in site:
        raise ValueError(f'expected sites such as "https://www.example.org", without a path, not "{site}"')
    if not re.fullmatch(
        r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", parts.netloc.rsplit(":", 1)[0].lower() if parts.port else parts.netloc.lower()
    ):
        raise ValueError(f'expected sites such as "https://www.example.org", not "{site}"')
    usual = f":{PORTS[parts.scheme]}"  # a browser leaves it out
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual)}"


def link(*schemes: str) -> Callable[[Any], str]:
    """A reader of addresses with one of `schemes`, or of an empty text."""

    def read(value: Any) -> str:
        found = text(value)
        if found and (urlsplit(found).scheme not in schemes or re.search(r"[\s\"'<>\\;]", found)):
            raise ValueError("expected an address that starts with " + " or ".join(f"{scheme}:" for scheme in schemes))
        return found

    return read


def contact(value: Any) -> Contact | None:
    """A table {text, href}, its JSON, or the text alone."""
    if not value:
        return None
    found = _table(value, ("text", "href")) if not isinstance(value, str) or value.lstrip().startswith("{") else {"text": value}
    if not found.get("text"):
        raise ValueError("expected contact.text, the words to show")
    return Contact(text(found["text"]), link("https", "http", "mailto", "tel")(found.get("href", "")))


def colours(value: Any) -> Colours:
    """A table of hexadecimal colours; refuses an accent that its text cannot be read on (WCAG 2.2, contrast 4.5)."""
    found = {key: text(colour) for key, colour in _table(value, Colours.__slots__).items()} if value else {}
    for key, colour in found.items():
        if colour and not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", colour):
            raise ValueError(f'expected colours.{key} such as "#0b57d0"')
    chosen = Colours(**found)
    for front, back in (("accent_text", "accent"), ("text", "background")):
        a, b = getattr(chosen, front), getattr(chosen, back)
        if a and b and contrast(a, b) < 4.5:
            raise ValueError(
                f"colours.{front} on colours.{back} has a contrast of {contrast(a, b):.1f}, it needs 4.5 to be read"
            )
    return chosen


def contrast(a: str, b: str) -> float:
    """WCAG 2.2's contrast ratio of two hexadecimal colours, from 1 to 21."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def strings(value: Any) -> dict[str, dict[str, str]]:
    """The owner's words for the interface: language -> name of the string -> text."""
    found = _table(value, None) if value else {}
    return {lang: {key: text(words) for key, words in _table(table, None).items()} for lang, table in found.items()}


def rate(value: Any) -> str:
    """A rate such as "300/minute" or "5/second; 1000/hour", or OFF."""
    found = text(value)
    if found.lower() == "off":
        return OFF
    try:
        parse_many(found)
    except ValueError as error:
        raise ValueError('expected a rate such as "300/minute", or "off"') from error
    return found


def database(value: Any) -> str:
    found = text(value)
    if found and not found.startswith(("postgresql://", "postgres://", "postgresql+psycopg://", "sqlite:///")):
        raise ValueError("expected postgresql+psycopg://user:password@host/name")
    return found


def _table(value: Any, keys: tuple[str, ...] | None) -> dict[str, Any]:
    found = _json(value) if isinstance(value, str) else value
    if not isinstance(found, dict):
        raise ValueError("expected a table" + (f" with {', '.join(keys)}" if keys else ""))
    unknown = sorted(set(found) - set(keys)) if keys else []
    if keys and unknown:
        raise ValueError(f"knows {', '.join(keys)}, not {unknown[0]}")
    return found


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError('expected JSON in the environment, such as \'["a", "b"]\'') from error
