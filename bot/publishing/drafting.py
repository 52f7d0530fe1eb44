"""A file that staff upload goes in, a draft comes out: parsed, split and stored, and live only when it is published.

What the owner said of a document, in documents.toml or here, stays with the file that takes its place.
"""

from dataclasses import replace
from pathlib import PurePosixPath

from knowledge.child import Limits
from knowledge.documents import Document
from knowledge.drafts import draft, drafts
from knowledge.folder import LOCK_FILE
from knowledge.formats.loaded import Unreadable
from knowledge.metadata import Metadata, applied
from knowledge.passages import split
from knowledge.sandbox import load_file
from knowledge.store import Store

LONGEST_NAME = 200  # characters
UNSAID = Metadata()


class UploadRefused(Exception):
    """The file is no document. `reason` completes the sentence "<name> ..."."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name} {reason}")


def upload(store: Store, name: str, data: bytes, who: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """Reads the file and puts it up as a draft under `name`. Raises what `read` raises, and DatabaseUnavailable."""
    return put_up(store, read(name, data, limits), UNSAID, who)


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Reads the file in the child process. Raises UploadRefused, and ChildError where no child process starts."""
    path = _checked(name)
    try:
        return load_file(str(path), data, limits)
    except Unreadable as error:
        raise UploadRefused(str(path), str(error)) from error


def put_up(store: Store, document: Document, stated: Metadata, who: str) -> Document:
    """The draft, as it is stored. Raises DatabaseUnavailable.

    `stated` goes before what is said of the document that it takes the place of, and that before what its file says itself.
    """
    before = standing(store, document.name)
    if before is not None:
        document = applied(document, _kept(before, document))
    return _put_up(store, applied(document, stated), who)


def describe(store: Store, document: Document, stated: Metadata, who: str) -> Document:
    """Puts the document up with the same text, and with `stated` said of it; an address or a date not given is none."""
    said = replace(applied(document, stated), url=stated.url, date=stated.date)
    return _put_up(store, said, who)


def standing(store: Store, name: str) -> Document | None:
    """What is put up under `name`, else what is live."""
    live = store.live()
    hashes = {item.name: item.hash for item in store.release(live.release).listed} if live else {}
    hashes |= {item.name: item.hash for item in drafts(store.engine) if item.hash}
    return next(store.parsed([hashes[name]]))[0] if name in hashes else None


def _kept(before: Document, new: Document) -> Metadata:
    """A date in the new file is of its words, the old one of others; and what either says is for staff stays so."""
    audience = before.audience if new.audience == "public" else new.audience
    return Metadata(before.title, before.url, new.date or before.date, before.lang, audience)


def _put_up(store: Store, document: Document, who: str) -> Document:
    [stored] = store.keep([(document, split(document))])
    draft(store.engine, document.name, stored, who)
    return document


def _checked(name: str) -> PurePosixPath:
    """A relative path that stays inside its folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", LOCK_FILE)) for part in path.parts)
    if hidden or path.is_absolute() or not path.name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UploadRefused(name[:LONGEST_NAME], "has a name that cannot be used")
    return path
