"""A text in; the metadata between the `---` (or `+++`, TOML) lines at its very top and the rest of the text out."""

import re
import tomllib

from knowledge.formats.loaded import Unreadable
from knowledge.metadata import KEYS, Metadata, MetadataError, checked

_BLOCK = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]+#.*$")


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Of YAML only `key: value` lines are read. Other programs' keys are left alone; a wrong value of ours is Unreadable."""
    block = _BLOCK.match(text)
    if block is None:
        return Metadata(), text
    try:
        values = tomllib.loads(block[2]) if block[1] == "+++" else dict(_pairs(block[2]))
        ours = {key: value for key, value in values.items() if key in KEYS and not _is_site_path(key, value)}
        return checked(ours, "the front matter"), text[block.end() :]
    except (tomllib.TOMLDecodeError, MetadataError) as error:
        raise Unreadable(str(error)) from error


def _pairs(block: str) -> list[tuple[str, str]]:
    pairs = [(key.lower(), _unquoted(value)) for key, value in _LINE.findall(block)]
    return [(key, value) for key, value in pairs if value]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] in "\"'" and value.rstrip().endswith(value[0]):
        return value[1:-1]
    return _COMMENT.sub("", value)


def _is_site_path(key: str, value: object) -> bool:
    """Site generators write `url: /about/`; that is a place on their site, not an address."""
    return key == "url" and isinstance(value, str) and value.startswith("/")
