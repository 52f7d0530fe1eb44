"""The body of a request in, a plain dict or a typed message out. Strict: what a parser would guess at is refused.

JSON with duplicate keys, NaN, lone surrogates, NUL characters or many levels raises Problem, never anything else.
"""

import json
import re
from typing import Any, TypeVar

import msgspec
from flask import request

from web.errors import Problem

Message = TypeVar("Message", bound=msgspec.Struct)

LEVELS = 32  # how deep the interpreter would go depends on its version and on who calls
_FAULTS = (  # what msgspec says of a message -> what we say
    (re.compile(r"missing required field `(?P<name>\w+)`"), "“{name}” is missing."),
    (re.compile(r"of length <= (?P<most>\d+) - at `\$\.(?P<name>\w+)`"), "“{name}” has more than {most} characters."),
    (re.compile(r"at `\$\.(?P<name>\w+)`"), "“{name}” is not what /api/v1/openapi.json describes."),
)
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{\]}]', re.DOTALL)


def read(kind: type[Message]) -> Message:
    """The JSON body of the request that is being served, as `kind`. Raises Problem 400, 413, 415 or 422."""
    if request.mimetype != "application/json":
        raise Problem(415)
    return typed(parse(request.get_data(cache=False)), kind)


def parse(data: bytes) -> Any:
    """Raises Problem 400."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(400, "The body is not valid UTF-8.") from error
    if _levels(text) > LEVELS:
        raise Problem(400, "The JSON has too many levels.")
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except ValueError as error:
        raise Problem(400, "The body is not valid JSON.") from error


def typed(found: Any, kind: type[Message]) -> Message:
    """Raises Problem 422, naming the field."""
    try:
        message = msgspec.convert(found, kind)
    except msgspec.ValidationError as error:
        raise _not_described(str(error)) from error
    for name in kind.__struct_fields__:
        value = getattr(message, name)
        if isinstance(value, str) and not is_clean(value):
            raise Problem(422, f"{name} holds a character that is not allowed (NUL or half of a surrogate pair).", field=name)
    return message


def _not_described(problem: str) -> Problem:
    """In words for a person; a member `field` names the field where it is one."""
    for pattern, sentence in _FAULTS:
        if found := pattern.search(problem):
            return Problem(422, sentence.format(**found.groupdict()), field=found["name"])
    return Problem(422, "The body has to be a JSON object.")


def is_clean(text: str) -> bool:
    """Whether every database and every client can hold the text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _levels(text: str) -> int:
    level = deepest = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        deepest = max(deepest, level)
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Without the keys that cannot be encoded: no field of ours has such a name, and unknown ones are ignored."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate key")
    return {key: value for key, value in found.items() if is_clean(key)}


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
