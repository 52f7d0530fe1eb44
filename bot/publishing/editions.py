"""A store goes in, the live edition comes out at any moment; another release that goes live takes its place by itself."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from bot.edition import Edition, EditionUnusable, EncodedOtherwise, FilesMissing, NothingPublished, read_files
from bot.publishing import open_edition, repair
from bot.publishing.release_files import releases_folder, sweep
from bot.retrieval.meaning import OwnEncoder
from knowledge.codec import BlobDamagedError
from knowledge.records import Live, ReleaseUnknown
from knowledge.store import Store
from knowledge.transactions import DatabaseUnavailable

CHECK_SECONDS = 0.2  # between two looks at which release is live
RETRY_SECONDS = 5.0  # after a release that could not be opened
REREAD_SECONDS = 24 * 3600.0  # between two readings of all its files

log = logging.getLogger(__name__)


class Editions:
    """What a server answers from. A thread of its own looks for a new release, so no request waits for the database.

    While the live release cannot be opened or the database not be reached, the last good edition stays and `problem` says
    in one line why. Files that had been checked before are trusted when they are opened; another thread reads them all again
    right afterwards, and once a day: where a disk has changed a byte, an earlier release takes the place of the damaged one.
    """

    def __init__(
        self,
        store: Store,
        data: Path,
        check_seconds: float = CHECK_SECONDS,
        encoder: OwnEncoder | None = None,
        prepare: Callable[[Edition], None] = lambda _edition: None,
    ) -> None:
        """Files that were built with another encoder than `encoder` are made anew. `prepare` is called, in a thread of its
        own, with each edition that is served from then on."""
        self._store = store
        self._data = data
        self._encoder = encoder
        self._prepare = prepare
        self._check_seconds = check_seconds
        self._edition: Edition | None = None
        self._seen: Live | None = None
        self._retry_at = 0.0
        self._looking = Lock()
        self._stopped = Event()
        self._threads = [Thread(target=work, name=work.__name__, daemon=True) for work in (self._watch, self._reread)]
        self._unreachable: str | None = None
        self._unusable: str | None = None

    @property
    def problem(self) -> str | None:
        """Why this is not, or may not be, what is live. None: all is well."""
        return self._unusable or self._unreachable

    def start(self) -> Self:
        """Opens the live release, if there is one, and keeps looking for the next. Removes what killed publishers left."""
        sweep(releases_folder(self._data))
        self.refresh()
        for thread in self._threads:
            thread.start()
        return self

    def close(self) -> None:
        self._stopped.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def current(self) -> Edition:
        """One edition, to be kept to the end of a turn. Raises NothingPublished."""
        edition = self._edition
        if edition is None:
            raise NothingPublished
        return edition

    def refresh(self) -> None:
        """Looks now, for whoever has just published."""
        with self._looking:
            try:
                self._look()
            except DatabaseUnavailable as error:
                if self._unreachable is None:
                    log.warning("%s", error)
                self._unreachable = str(error)
            else:
                self._unreachable = None

    def _watch(self) -> None:
        while not self._stopped.wait(self._check_seconds):
            try:
                self.refresh()
            except Exception as error:  # the thread goes on, or no later release would be taken over
                log.exception("the live release could not be looked at")
                self._unreachable = f"the live release could not be looked at: {error}"

    def _reread(self) -> None:
        read, due = None, 0.0
        while not self._stopped.wait(self._check_seconds):
            edition = self._edition
            if edition is not None and (edition is not read or monotonic() >= due):
                read, due = edition, monotonic() + REREAD_SECONDS
                try:
                    self.reread(edition)
                except Exception:  # the thread goes on, or later damage would not be found
                    log.exception("the files of %s could not be read again", edition.release)

    def reread(self, edition: Edition) -> None:
        """Reads every byte of an edition's files; where one has changed, the edition is no longer served."""
        try:
            read_files(releases_folder(self._data) / edition.contents.release, edition.release)
        except EditionUnusable as damage:
            with self._looking:
                if self._edition is edition and self._seen is not None:
                    self._retry_at = monotonic() + RETRY_SECONDS
                    self._fall_back(self._seen, damage, None)

    def _look(self) -> None:
        live = self._store.live()
        if live is None or (live == self._seen and monotonic() < self._retry_at):
            return
        self._seen, self._retry_at = live, float("inf")
        try:
            self._take(self._opened(live))
        except (EditionUnusable, ReleaseUnknown, BlobDamagedError, OSError) as error:
            self._retry_at = monotonic() + RETRY_SECONDS
            self._fall_back(live, error, self._edition)
        else:
            self._unusable = None

    def _take(self, edition: Edition | None) -> None:
        if edition is not None and edition is not self._edition:
            Thread(target=self._prepare, args=(edition,), name="prepare", daemon=True).start()
        self._edition = edition

    def _opened(self, live: Live) -> Edition:
        try:
            return open_edition(self._store, self._data, live.release, self._encoder)
        except (EncodedOtherwise, FilesMissing) as error:
            log.warning("%s; making its files anew", error)
            return repair(self._store, self._data, live.release, self._encoder)

    def _fall_back(self, live: Live, error: Exception, good: Edition | None) -> None:
        """The last good edition stays; a server that has none takes the release before, or makes the files anew."""
        edition = good or self._earlier(live) or self._repaired(live)
        self._take(edition)
        if edition is not None and edition.release == live.release:
            self._unusable = None
            return
        serving = "nothing can be served" if edition is None else f"serving {edition.release}"
        self._unusable = f"{error}; {serving}"
        log.warning("%s", self._unusable)

    def _earlier(self, live: Live) -> Edition | None:
        for record in self._store.releases():
            try:
                if record.id != live.release:
                    return open_edition(self._store, self._data, record.id, self._encoder)
            except (EditionUnusable, ReleaseUnknown, OSError) as error:
                log.warning("%s", error)
        return None

    def _repaired(self, live: Live) -> Edition | None:
        try:
            return repair(self._store, self._data, live.release, self._encoder)
        except (EditionUnusable, ReleaseUnknown, BlobDamagedError, OSError) as error:
            log.warning("release %s cannot be made anew: %s", live.release, error)
        return None
