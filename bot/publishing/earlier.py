"""The hashes of a new release's documents go in; what the files of an earlier release hold of them comes out, ready to use.

Files that are damaged, or that another version of the program made, are passed over: then documents are read anew.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from bot.edition import ARCHIVE, INDEX
from bot.publishing.fingerprints import indexer
from bot.retrieval.analysis import Analysis
from bot.retrieval.assembly import Run
from bot.retrieval.embedded import earlier_analysis
from bot.retrieval.index import IndexCorrupt
from bot.retrieval.meaning import OwnEncoder
from knowledge.archive import LISTING, Archive, Record, open_archive
from knowledge.locks import hold_folder
from knowledge.manifest import FileDamaged

log = logging.getLogger(__name__)


class Earlier:
    """The files of one earlier release."""

    def __init__(self, folder: Path, archive: Archive) -> None:
        self._folder = folder
        self._archive = archive

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self._archive.hashes)}

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def record(self, name: str) -> Record:
        """The document of this hash as the archive holds it."""
        return self._archive.record(self._numbers[name])

    def analysis(self, encoder: OwnEncoder | None, lang: str) -> Analysis | None:
        """None where the index was made in another way, or is damaged."""
        try:
            return earlier_analysis(self._folder / INDEX, indexer(), encoder, lang)
        except IndexCorrupt as error:
            log.warning("%s; reading all documents anew", error)
            return None

    def run(self, name: str, analysis: Analysis) -> Run:
        """The passages of the document of this hash."""
        positions = self._archive.positions(self._numbers[name])
        return Run(analysis, positions.start, positions.stop)


@contextmanager
def earlier(folders: Iterable[Path], hashes: Iterable[str]) -> Iterator[Earlier | None]:
    """Of the `folders` the one that holds most of the documents of these hashes; nobody removes it meanwhile."""
    for path in _by_use(folders, frozenset(hashes)):
        try:
            descriptor = hold_folder(path)
        except OSError:
            continue  # removed just now
        try:
            archive = open_archive(path / ARCHIVE)
        except FileDamaged as error:
            log.warning("%s; nothing is taken over from there", error)
            os.close(descriptor)
            continue
        try:
            yield Earlier(path, archive)
        finally:
            os.close(descriptor)
        return
    yield None


def _by_use(folders: Iterable[Path], hashes: frozenset[str]) -> list[Path]:
    """Those that hold any of the documents, the most useful first."""
    shared = {path: len(hashes & _held(path)) for path in folders}
    return sorted((path for path in shared if shared[path]), key=lambda path: (-shared[path], path.name))


def _held(folder: Path) -> frozenset[str]:
    """The hashes that an archive lists; none where it cannot be read. What they stand for is checked when it is opened."""
    try:
        return frozenset(json.loads((folder / ARCHIVE / LISTING).read_bytes())["hashes"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
