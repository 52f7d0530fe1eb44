"""Index folders in the database, for servers that share no disk: a folder goes in as chunks, comes out verified elsewhere."""

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine, select

from knowledge import schema
from knowledge.manifest import FileDamaged
from knowledge.transactions import insert_new, reading, writing

CHUNK = 4 << 20  # bytes; one row stays well within what a database answers in two seconds


def store_folder(engine: Engine, files: str, folder: Path) -> None:
    """Stores every file of `folder` under the name `files`, chunks that are there already once."""
    rows = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for position, data in enumerate(_chunks(path)):
            digest = hashlib.sha256(data).hexdigest()
            with writing(engine) as connection:
                insert_new(connection, schema.index_chunks, [{"hash": digest, "data": data}])
            place = path.relative_to(folder).as_posix()
            rows.append({"files": files, "path": place, "position": position, "chunk": digest})
    with writing(engine) as connection:  # the list comes last: whoever finds it finds every chunk
        insert_new(connection, schema.index_files, rows)


def holds_folder(engine: Engine, files: str) -> bool:
    table = schema.index_files
    with reading(engine) as connection:
        return connection.scalar(select(table.c.chunk).where(table.c.files == files).limit(1)) is not None


def fetch_folder(engine: Engine, files: str, folder: Path) -> None:
    """Writes the files into the empty `folder`, chunk by chunk.

    Raises FileDamaged where a chunk is missing or is not what was stored.
    """
    table = schema.index_files
    with reading(engine) as connection:
        rows = connection.execute(select(table).where(table.c.files == files).order_by(table.c.path, table.c.position)).all()
    for row in rows:
        path = folder / _inside(row.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(_chunk(engine, row.chunk, path))


def _chunk(engine: Engine, digest: str, path: Path) -> bytes:
    table = schema.index_chunks
    with reading(engine) as connection:
        data = connection.scalar(select(table.c.data).where(table.c.hash == digest))
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise FileDamaged(path, "is missing in the database" if data is None else "was changed in the database")
    return bytes(data)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield file.read(CHUNK)  # an empty file is one empty chunk
        while data := file.read(CHUNK):
            yield data


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise FileDamaged(Path(name), "lies outside its folder")
    return path
