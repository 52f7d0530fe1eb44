"""A connection goes in, the editorial layer comes out, and the other way round; who wrote each row, and when, is kept."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from knowledge import schema
from knowledge.codec import editorial_from_json, editorial_to_json
from knowledge.releases import Editorial


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A table and the columns that hold one row's content, in the order of the JSON form. `part` is its key there."""

    part: str
    table: Table
    columns: tuple[str, ...]


_SHELVES = (
    _Shelf("curated", schema.curated_answers, ("id", "questions", "quotations", "lead", "verify_by")),
    _Shelf("golden", schema.golden_checks, ("id", "question", "expected")),
    _Shelf("wordings", schema.wording_checks, ("id", "questions")),
    _Shelf("synonyms", schema.synonyms, ("words",)),
    _Shelf("suppressed", schema.suppressed_passages, ("passage",)),
    _Shelf("settled", schema.settled_conflicts, ("fingerprint", "preferred", "over", "note", "about")),
    _Shelf("preferred", schema.preferences, ("document",)),
    _Shelf("urgent", schema.urgent_rules, ("words", "text")),
    _Shelf("operating_point", schema.operating_point, ("confidence",)),
)


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote a part of the editorial layer last. `key` is its id, or its content where it has none."""

    key: str
    who: str
    at: datetime


def read_editorial(connection: Connection) -> Editorial:
    return editorial_from_json({shelf.part: _part(shelf, _rows(connection, shelf)) for shelf in _SHELVES})


def write_editorial(connection: Connection, editorial: Editorial, who: str, at: datetime) -> None:
    """Replaces the whole layer. Rows that stay as they are keep their author and time."""
    value = editorial_to_json(editorial)
    for shelf in _SHELVES:
        authors = {_key(shelf, row): (row["who"], row["at"]) for row in _rows(connection, shelf)}
        connection.execute(delete(shelf.table))
        for position, row in enumerate(_contents(shelf, value[shelf.part])):
            author, moment = authors.get(_key(shelf, row), (who, at))
            connection.execute(insert(shelf.table).values(position=position, who=author, at=moment, **row))


def authorship(connection: Connection, part: str) -> list[Authorship]:
    """Who wrote the rows of `part`, a field of Editorial, and when, in their order. Raises KeyError for an unknown part."""
    shelf = {shelf.part: shelf for shelf in _SHELVES}[part]
    return [Authorship(str(row[shelf.columns[0]]), row["who"], row["at"]) for row in _rows(connection, shelf)]


def _rows(connection: Connection, shelf: _Shelf) -> list[dict[str, Any]]:
    found = connection.execute(select(shelf.table).order_by(shelf.table.c.position)).mappings()
    return [dict(row) for row in found]


def _key(shelf: _Shelf, row: dict[str, Any]) -> str:
    return json.dumps([row[column] for column in shelf.columns])


def _part(shelf: _Shelf, rows: list[dict[str, Any]]) -> Any:
    """The rows of one table as they stand in the JSON form of the layer."""
    contents = [[row[column] for column in shelf.columns] for row in rows]
    if shelf.part == "operating_point":
        return contents[0][0] if contents else None
    return [content[0] for content in contents] if len(shelf.columns) == 1 else contents


def _contents(shelf: _Shelf, part: Any) -> Iterator[dict[str, Any]]:
    """The rows that hold one part of the JSON form."""
    if shelf.part == "operating_point":
        part = [] if part is None else [part]
    for item in part:
        values = [item] if len(shelf.columns) == 1 else item
        yield dict(zip(shelf.columns, values, strict=True))
