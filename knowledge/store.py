"""All SQL on releases and their documents: what is kept, which release is live, and how the next one takes its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine, delete, func, insert, select, union, update

from knowledge import schema
from knowledge.codec import (
    editorial_from_json,
    editorial_to_json,
    pack,
    pack_document,
    unpack,
    unpack_document,
    unpack_without_passages,
)
from knowledge.documents import Document, Passage
from knowledge.drafts import settle
from knowledge.editorial import Authorship, authorship, read_editorial, write_editorial
from knowledge.locks import LockTaken, held
from knowledge.records import (
    Listed,
    Live,
    NewRelease,
    PublicationRecord,
    PublishInProgress,
    ReleaseOutdated,
    ReleaseRecord,
    ReleaseUnknown,
    Switch,
    Unread,
)
from knowledge.releases import Editorial
from knowledge.transactions import insert_new, reading, writing

T = TypeVar("T")
Parsed = tuple[Document, tuple[Passage, ...]]
GRACE = timedelta(days=1)  # for what is stored before the release that needs it
BATCH = 200  # documents in one transaction or query


class Store:
    """Every method is one transaction, or says so, and raises DatabaseUnavailable where the database is."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # --- documents --------------------------------------------------------------------------------------------------------

    def keep(self, parsed: Iterable[Parsed]) -> list[str]:
        """Stores documents with their passages, those that are there already once; their hashes, in order.

        One transaction for every `BATCH` of them, so that others can write in between.
        """
        hashes: list[str] = []
        for batch in _batches(parsed):
            rows = [_document_row(document, passages) for document, passages in batch]
            with writing(self.engine) as connection:
                insert_new(connection, schema.documents, rows, renew="kept_at")
            hashes.extend(str(row["hash"]) for row in rows)
        return hashes

    def parsed(self, hashes: Iterable[str]) -> Iterator[Parsed]:
        """The documents of these hashes with their passages, in order, read as they are asked for.

        Raises BlobDamagedError where the stored words have changed, KeyError for an unknown hash.
        """
        for batch in _batches(hashes):
            blobs = self._blobs(batch)
            for name in batch:
                yield unpack_document(name, blobs[name])

    def _blobs(self, hashes: Sequence[str]) -> dict[str, bytes]:
        table = schema.documents
        with reading(self.engine) as connection:
            rows = connection.execute(select(table.c.hash, table.c.blob).where(table.c.hash.in_(hashes)))
            return {row.hash: row.blob for row in rows}

    def find(self, document_id: str) -> Parsed | None:
        """The document with this id in any release that is kept."""
        query = select(schema.documents.c.hash).where(schema.documents.c.document == document_id).limit(1)
        with reading(self.engine) as connection:
            found = connection.scalar(query)
        return None if found is None else next(self.parsed([found]))

    def parse(self, key: str) -> tuple[str, Document] | None:
        """The document that a file was parsed to, and its hash; `key` stands for the file and for all that reads it."""
        table, parses = schema.documents, schema.parses
        query = select(table.c.hash, table.c.blob).join(parses, parses.c.document == table.c.hash).where(parses.c.key == key)
        with reading(self.engine) as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row.hash, unpack_without_passages(row.hash, row.blob))

    def remember_parses(self, hashes: Mapping[str, str]) -> None:
        """`hashes` maps keys to the hashes of stored documents."""
        rows = [{"key": key, "document": name} for key, name in hashes.items()]
        with writing(self.engine) as connection:
            insert_new(connection, schema.parses, rows, renew="document")

    # --- releases ---------------------------------------------------------------------------------------------------------

    def live(self) -> Live | None:
        with reading(self.engine) as connection:
            return _live(connection)

    def release(self, release: str) -> NewRelease:
        """All that a release is made of. Raises ReleaseUnknown."""
        table, lists = schema.releases, schema.release_documents
        with reading(self.engine) as connection:
            row = connection.execute(select(table).where(table.c.id == release)).one_or_none()
            if row is None:
                raise ReleaseUnknown(release)
            listed = connection.execute(select(lists).where(lists.c.release == release).order_by(lists.c.position)).all()
        return NewRelease(
            id=row.id,
            files=row.files,
            listed=tuple(Listed(item.name, item.document, item.origin) for item in listed),
            editorial=editorial_from_json(unpack(row.editorial)),
            passages=row.passages,
            unread=_unread(row.unread),
        )

    def releases(self) -> list[ReleaseRecord]:
        """The releases that are kept; what went live last comes first."""
        table = schema.releases
        with reading(self.engine) as connection:
            rows = connection.execute(select(table).order_by(table.c.number.desc())).all()
            live = _live(connection)
        return [
            ReleaseRecord(
                id=row.id,
                number=row.number,
                files=row.files,
                passages=row.passages,
                made_by=row.made_by,
                made_at=row.made_at,
                live=live is not None and row.id == live.release,
                unread=_unread(row.unread),
            )
            for row in rows
        ]

    def editorial(self) -> Editorial:
        """The live release's editorial layer; an empty one where nothing is live."""
        with reading(self.engine) as connection:
            return read_editorial(connection)

    def authorship(self, part: str) -> list[Authorship]:
        """Who wrote the rows of `part`, a field of Editorial, in the live release, and when."""
        with reading(self.engine) as connection:
            return authorship(connection, part)

    def publications(self, limit: int = 100) -> list[PublicationRecord]:
        """The latest switches of the live release, the last one first."""
        table = schema.publications
        with reading(self.engine) as connection:
            rows = connection.execute(select(table).order_by(table.c.id.desc()).limit(limit)).all()
        return [PublicationRecord(r.release, r.replaced, r.action, r.who, r.at, tuple(r.overrode)) for r in rows]

    def edits(self) -> set[str]:
        """The releases that went live last by an edit of the editorial layer: with the documents of the one before."""
        table = schema.publications
        query = select(table.c.release, table.c.action).where(table.c.release.in_(select(schema.releases.c.id)))
        with reading(self.engine) as connection:
            last = {row.release: row.action for row in connection.execute(query.order_by(table.c.id))}
        return {release for release, action in last.items() if action == "editorial"}

    def last_folder(self) -> str | None:
        """The content hash of what was last published from a folder."""
        table = schema.publications
        query = select(table.c.folder).where(table.c.folder.is_not(None)).order_by(table.c.id.desc()).limit(1)
        with reading(self.engine) as connection:
            return connection.scalar(query)

    # --- publishing -------------------------------------------------------------------------------------------------------

    @contextmanager
    def publishing(self, who: str, patience: float = 0) -> Iterator[None]:
        """One publisher at a time. Raises PublishInProgress after `patience` seconds, saying who it is and since when."""
        try:
            with held(self.engine, "publish", patience):
                self._sign(who)
                yield
        except LockTaken:
            raise self._in_progress() from None

    def _sign(self, who: str) -> None:
        with writing(self.engine) as connection:
            connection.execute(delete(schema.publisher))
            connection.execute(insert(schema.publisher).values(id=1, who=who, since=datetime.now(UTC)))

    def _in_progress(self) -> PublishInProgress:
        with reading(self.engine) as connection:
            row = connection.execute(select(schema.publisher)).one_or_none()
        return PublishInProgress(None, None) if row is None else PublishInProgress(row.who, row.since)

    def go_live(self, release: NewRelease, switch: Switch, beside: Callable[[Connection], None] | None = None) -> Live:
        """Stores a release where it is new and makes it live, editorial layer and log included, or changes nothing.

        What `beside` writes belongs to it: both or neither. Raises ReleaseOutdated where another release went live since
        `switch.base`.
        """
        at = datetime.now(UTC)
        with writing(self.engine) as connection:
            current = _live(connection, locked=True)
            if current != switch.base:
                raise ReleaseOutdated(switch.base, current)
            _add(connection, release, switch.who, at)
            live = _swap(connection, switch.base, release.id)
            write_editorial(connection, release.editorial, switch.who, at)
            settle(connection, switch.drafts)
            connection.execute(
                insert(schema.publications).values(
                    release=release.id,
                    replaced=switch.base and switch.base.release,
                    action=switch.action,
                    folder=switch.folder,
                    overrode=list(switch.overrode),
                    who=switch.who,
                    at=at,
                )
            )
            if beside is not None:
                beside(connection)
        return live

    def refile(self, release: str, files: str) -> None:
        """Notes that the release's index files were made anew under another name."""
        table = schema.releases
        with writing(self.engine) as connection:
            connection.execute(update(table).where(table.c.id == release).values(files=files))

    def forget(self, releases: Sequence[str]) -> None:
        """Deletes these releases and the documents, parses and index files that nothing needs any more.

        The live release stays, and so does what was stored within `GRACE`: somebody may be about to use it.
        """
        with writing(self.engine) as connection:
            live = select(schema.live.c.release)
            table = schema.releases
            connection.execute(delete(table).where(table.c.id.in_(releases), table.c.id.not_in(live)))
            _drop_unused(connection, datetime.now(UTC) - GRACE)


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(values)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _document_row(document: Document, passages: tuple[Passage, ...]) -> dict[str, object]:
    name, blob = pack_document(document, passages)
    return {
        "hash": name,
        "document": document.id,
        "name": document.name,
        "passages": len(passages),
        "blob": blob,
        "kept_at": datetime.now(UTC),
    }


def _unread(value: list[list[str]]) -> tuple[Unread, ...]:
    return tuple(Unread(*pair) for pair in value)


def _live(connection: Connection, *, locked: bool = False) -> Live | None:
    query = select(schema.live).with_for_update() if locked else select(schema.live)
    row = connection.execute(query).one_or_none()
    return None if row is None else Live(row.release, row.version)


def _add(connection: Connection, release: NewRelease, who: str, at: datetime) -> None:
    """Inserts the release, or gives it the next number where it was published before."""
    table = schema.releases
    number = (connection.scalar(select(func.max(table.c.number))) or 0) + 1
    if connection.execute(update(table).where(table.c.id == release.id).values(number=number)).rowcount:
        return
    connection.execute(
        insert(table).values(
            id=release.id,
            number=number,
            files=release.files,
            editorial=pack(editorial_to_json(release.editorial)),
            unread=[[unread.name, unread.reason] for unread in release.unread],
            passages=release.passages,
            made_by=who,
            made_at=at,
        )
    )
    rows = [
        {"release": release.id, "position": position, "name": item.name, "document": item.hash, "origin": item.origin}
        for position, item in enumerate(release.listed)
    ]
    if rows:
        connection.execute(insert(schema.release_documents), rows)


def _swap(connection: Connection, base: Live | None, release: str) -> Live:
    """Compare and swap: the live row changes only if it is still `base`."""
    if base is None:
        insert_new(connection, schema.live, [{"id": 1, "release": release, "version": 0}])
    version = 0 if base is None else base.version
    changed = connection.execute(
        update(schema.live).where(schema.live.c.version == version).values(release=release, version=version + 1)
    ).rowcount
    if not changed:
        raise ReleaseOutdated(base, _live(connection))
    return Live(release, version + 1)


def _drop_unused(connection: Connection, before: datetime) -> None:
    """Deletes the documents stored before that moment, and the index files, that no release and no draft needs."""
    documents, files, chunks = schema.documents, schema.index_files, schema.index_chunks
    listed, drafted = schema.release_documents.c.document, schema.draft_documents.c.document
    needed = union(select(listed), select(drafted).where(drafted.is_not(None)))
    connection.execute(delete(documents).where(documents.c.kept_at < before, documents.c.hash.not_in(needed)))
    connection.execute(delete(files).where(files.c.files.not_in(select(schema.releases.c.files))))
    connection.execute(delete(chunks).where(chunks.c.hash.not_in(select(files.c.chunk))))
