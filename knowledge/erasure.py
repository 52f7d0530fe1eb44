"""A database from which rows were deleted goes in; afterwards its files do not hold their words any more."""

from sqlalchemy import Engine

from knowledge.transactions import is_postgresql, plainly


def forget_deleted(engine: Engine) -> bool:
    """Whether nothing of what was deleted is left in SQLite's files: False where a reader kept its log from being emptied.

    SQLite overwrites deleted rows with zeros (`secure_delete`), but its write-ahead log still holds the pages of before.
    PostgreSQL gives no such promise: it reuses the space in its own time. Raises DatabaseUnavailable.
    """
    if is_postgresql(engine):
        return False
    with plainly(), engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # no transaction may be open here
        busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy
