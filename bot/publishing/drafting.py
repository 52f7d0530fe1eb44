"""A file that staff upload goes in, a draft comes out: parsed, split and stored, and live only when it is published."""

from pathlib import PurePosixPath

from knowledge.child import Limits
from knowledge.documents import Document
from knowledge.drafts import draft
from knowledge.folder import LOCK_FILE
from knowledge.formats.loaded import Unreadable
from knowledge.passages import split
from knowledge.sandbox import load_file
from knowledge.store import Store

LONGEST_NAME = 200  # characters


class UploadRefused(Exception):
    """The file is no document. `reason` completes the sentence "<name> ..."."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name} {reason}")


def upload(store: Store, name: str, data: bytes, who: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """Reads the file in the child process and puts it up as a draft under `name`.

    Raises UploadRefused, DatabaseUnavailable, and ChildError where no child process starts.
    """
    path = _checked(name)
    try:
        document = load_file(str(path), data, limits)
    except Unreadable as error:
        raise UploadRefused(str(path), str(error)) from error
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
