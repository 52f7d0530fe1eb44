"""A folder of documents goes in, an edition comes out that is never live; the same folder is read and indexed only once."""

import hashlib
import json
import os
from pathlib import Path

from bot.edition import Edition, EditionUnusable, open_files
from bot.publishing.earlier import earlier
from bot.publishing.fingerprints import indexer, reader
from bot.publishing.release_files import (
    Indexing,
    Progress,
    Sources,
    discard,
    finished,
    prune,
    silent,
    sweep,
    unfinished,
    write_files,
)
from bot.retrieval.embedded import fingerprint_of
from bot.retrieval.meaning import OwnEncoder
from knowledge.archive import record_of
from knowledge.child import Limits
from knowledge.documents import content_hash
from knowledge.folder import FolderFile, Refused, list_files
from knowledge.metadata import FILE_NAME
from knowledge.passages import split
from knowledge.records import Unread
from knowledge.releases import Editorial
from knowledge.sandbox import load_folder

KEPT = 8  # folders whose index files stay
UNREAD = "unread.json"


def ephemeral(docs: Path, data: Path, progress: Progress = silent, encoder: OwnEncoder | None = None) -> Edition:
    """The edition of the documents in `docs` alone, with an empty editorial layer; its files stay in `data` for next time.

    `encoder` compares whole texts in place of the shipped word vectors. Raises NotADirectoryError, MetadataError, ChildError,
    OSError.
    """
    name, indexing = _name(docs, encoder), Indexing(encoder=encoder)
    folder = data / "ephemeral" / name
    sweep(folder.parent)
    _build(docs, folder, indexing, progress)
    try:
        edition = _open(folder, encoder)
    except EditionUnusable:
        discard(folder)
        _build(docs, folder, indexing, progress)
        edition = _open(folder, encoder)
    _keep_recent(folder)
    return edition


def _name(docs: Path, encoder: OwnEncoder | None) -> str:
    """A hash of what the folder holds and of the code and the encoder that read it."""
    listing = list_files(docs)
    rules = docs / FILE_NAME
    files = [[file.name, _digest(file)] for file in listing.files]
    stated = hashlib.sha256(rules.read_bytes()).hexdigest() if rules.is_file() else None
    return content_hash([files, listing.refused, listing.skipped, stated, reader(), indexer(), fingerprint_of(encoder)])


def _digest(file: FolderFile) -> str:
    try:
        return hashlib.sha256(file.read(Limits().file)).hexdigest()
    except Refused as refused:
        return str(refused)


def _build(docs: Path, folder: Path, indexing: Indexing, progress: Progress) -> None:
    if folder.is_dir():
        return
    contents = load_folder(docs, progress=lambda done, total: progress("reading files", done, total))
    records = [record_of(document, split(document)) for document in contents.documents]
    known_here = earlier(finished(folder.parent), (record.hash for record in records))
    with unfinished(folder) as beside, known_here as known:
        write_files(beside, folder.name, Sources(records, known), indexing, progress)
        unread = [[failure.name, failure.reason] for failure in contents.failures]
        (beside / UNREAD).write_text(json.dumps(unread), encoding="ascii")


def _open(folder: Path, encoder: OwnEncoder | None) -> Edition:
    try:
        unread = tuple(Unread(*pair) for pair in json.loads((folder / UNREAD).read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError) as error:
        raise EditionUnusable(folder.name, f"{folder / UNREAD}: {error}") from error
    return open_files(folder, folder.name, Editorial(), unread, encoder)


def _keep_recent(folder: Path) -> None:
    os.utime(folder)
    folders = [path for path in folder.parent.iterdir() if path.is_dir()]
    recent = sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[:KEPT]
    prune(folder.parent, {path.name for path in recent})
