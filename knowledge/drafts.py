"""All SQL on documents that staff put up, or want removed, and did not publish yet: one per name."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from knowledge import schema
from knowledge.documents import content_hash
from knowledge.locks import alone
from knowledge.records import DraftDocument
from knowledge.transactions import reading, writing


def drafts(engine: Engine) -> tuple[DraftDocument, ...]:
    """In the order of their names."""
    table = schema.draft_documents
    with reading(engine) as connection:
        rows = connection.execute(select(table).order_by(table.c.name)).all()
    return tuple(DraftDocument(row.name, row.document, row.who, row.at) for row in rows)


def fingerprint(waiting: Sequence[DraftDocument]) -> str:
    """Another one wherever anything else is put up, or the same again."""
    return content_hash([[item.name, item.hash, item.at.isoformat()] for item in waiting])


def draft(engine: Engine, name: str, document: str | None, who: str) -> None:
    """Puts up the stored document with the hash `document` under `name`, or with None proposes to remove what is there."""
    table = schema.draft_documents
    with writing(engine) as connection:
        alone(connection, f"draft {name}")
        connection.execute(delete(table).where(table.c.name == name))
        connection.execute(insert(table).values(name=name, document=document, who=who, at=datetime.now(UTC)))


def withdraw(engine: Engine, name: str) -> bool:
    """Whether there was one."""
    table = schema.draft_documents
    with writing(engine) as connection:
        return bool(connection.execute(delete(table).where(table.c.name == name)).rowcount)


def settle(connection: Connection, published: tuple[DraftDocument, ...]) -> None:
    """Removes drafts that are live by now; one that was put up again meanwhile stays."""
    table = schema.draft_documents
    for item in published:
        connection.execute(delete(table).where(table.c.name == item.name, table.c.at == item.at))
