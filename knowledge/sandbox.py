"""A folder, or one file, in; its documents, its failures by name and reason, and what to remember of the parsing out.

Untrusted files are parsed in a child process (`python -m knowledge.loaders`) without environment, with limits on memory,
processor time, time and output; one child serves a batch and is replaced after a failure. This side only reads bytes, hashes
them and checks what comes back.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from knowledge.child import Child, Limits
from knowledge.documents import Document, content_hash
from knowledge.folder import OF_NO_KIND, FolderFile, Refused, list_files, too_large
from knowledge.formats.loaded import Loaded, Unreadable
from knowledge.loaders import LOADERS
from knowledge.metadata import DEFAULT_LANG, LONGEST_TITLE, Metadata, Rules, applied, read_rules, title_from


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that is no document of the folder; `reason` completes the sentence "<name> ..."."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class FolderContents:
    """`documents` are sorted by name; `parsed_keys` belong to them, one by one: a document remembered under its key need not be
    parsed again. `skipped` are files that no loader is for, which is no failure.
    """

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Failure, ...] = ()
    parsed_keys: tuple[str, ...] = ()


def _nothing_known(_: str) -> Document | None:
    return None


def load_folder(
    folder: Path,
    *,
    parsed: Callable[[str], Document | None] = _nothing_known,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Callable[[int, int], None] | None = None,
) -> FolderContents:
    """`parsed` returns the document that an earlier call gave with a key, if any; `progress` hears how many files are done.

    Raises NotADirectoryError, MetadataError for a wrong documents.toml, ChildError where no child process starts. A file that
    cannot be read is a failure and the others go on.
    """
    listing = list_files(folder)
    rules = read_rules(folder)
    rules.check_all_used(listing.names)
    with Child(limits) as child:
        batch = _Batch(child, rules, parsed)
        for done, file in enumerate(listing.files, start=1):
            batch.add(file)
            if progress:
                progress(done, len(listing.files))
    refused = [Failure(name, reason) for name, reason in listing.refused]
    return FolderContents(
        documents=tuple(batch.documents),
        failures=(*refused, *batch.failures),
        skipped=tuple(Failure(name, reason) for name, reason in listing.skipped),
        parsed_keys=tuple(batch.keys),
    )


def load_file(name: str, data: bytes, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """The document of one file that stands in no folder, by the name it is to have.

    Raises Unreadable with the reason, ChildError where no child process starts.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in LOADERS:
        raise Unreadable(OF_NO_KIND)
    if len(data) > limits.file:
        raise Unreadable(too_large(limits.file))
    with Child(limits) as child:
        return _document(name, child.load(suffix, data))


def parsed_key(file: FolderFile, data: bytes, metadata: Metadata) -> str:
    """A hash of the file's bytes, the loader and its version, and what the folder adds: the name and the metadata."""
    loader = LOADERS[file.suffix]
    return content_hash([hashlib.sha256(data).hexdigest(), loader.name, loader.version, file.name, asdict(metadata)])


class _Batch:
    def __init__(self, child: Child, rules: Rules, parsed: Callable[[str], Document | None]) -> None:
        self._child = child
        self._rules = rules
        self._parsed = parsed
        self.documents: list[Document] = []
        self.keys: list[str] = []
        self.failures: list[Failure] = []

    def add(self, file: FolderFile) -> None:
        metadata = self._rules.for_name(file.name)
        try:
            data = file.read(self._child.limits.file)
            key = parsed_key(file, data, metadata)
            document = self._parsed(key) or _document(file.name, self._child.load(file.suffix, data))
        except (Unreadable, Refused) as error:
            self.failures.append(Failure(file.name, str(error)))
        else:
            self.documents.append(applied(document, metadata))
            self.keys.append(key)


def _document(name: str, loaded: Loaded) -> Document:
    return Document(
        name=name,
        text=loaded.text,
        title=(loaded.title or title_from(name))[:LONGEST_TITLE],
        blocks=loaded.blocks,
        pages=loaded.pages,
        url=loaded.url,
        date=loaded.date,
        lang=loaded.lang or DEFAULT_LANG,
        audience=loaded.audience or "public",
    )
