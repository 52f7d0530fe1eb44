"""A file that staff upload goes in, a draft comes out: parsed, split and stored, and live only when it is published."""

import tempfile
from pathlib import Path, PurePosixPath

from knowledge.documents import Document
from knowledge.drafts import draft
from knowledge.passages import split
from knowledge.sandbox import load_folder
from knowledge.store import Store

LONGEST_NAME = 200  # characters


class UploadRefused(Exception):
    """The file is no document. `reason` completes the sentence "<name> ..."."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name} {reason}")


def upload(store: Store, name: str, data: bytes, who: str) -> Document:
    """Reads the file in the child process and puts it up as a draft under `name`. Raises UploadRefused, DatabaseUnavailable."""
    document = _document(_checked(name), data)
    [stored] = store.keep([(document, split(document))])
    draft(store.engine, document.name, stored, who)
    return document


def _checked(name: str) -> PurePosixPath:
    """A relative path that stays inside its folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith(".") for part in path.parts)
    if hidden or path.is_absolute() or not path.name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UploadRefused(name[:LONGEST_NAME], "has a name that cannot be used")
    return path


def _document(name: PurePosixPath, data: bytes) -> Document:
    with tempfile.TemporaryDirectory(prefix="faqtual-upload-") as folder:
        file = Path(folder) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        contents = load_folder(Path(folder))
    for failure in (*contents.failures, *contents.skipped):
        raise UploadRefused(failure.name, failure.reason)
    if not contents.documents:
        raise UploadRefused(str(name), "is no document")
    return contents.documents[0]
