"""A store goes in, the live edition comes out at any moment; another release that goes live takes its place by itself."""

import logging
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from bot.edition import Edition, EditionUnusable, EncodedOtherwise, NothingPublished
from bot.publishing import open_edition, repair
from bot.publishing.release_files import releases_folder, sweep
from bot.retrieval.meaning import OwnEncoder
from knowledge.codec import BlobDamagedError
from knowledge.database import DatabaseUnavailable
from knowledge.records import Live, ReleaseUnknown
from knowledge.store import Store

CHECK_SECONDS = 0.2  # between two looks at which release is live
RETRY_SECONDS = 5.0  # after a release that could not be opened

log = logging.getLogger(__name__)


class Editions:
    """What a server answers from. A thread of its own looks for a new release, so no request waits for the database.

    While the live release cannot be opened or the database not be reached, the last good edition stays and `problem` says
    in one line why.
    """

    def __init__(
        self, store: Store, data: Path, check_seconds: float = CHECK_SECONDS, encoder: OwnEncoder | None = None
    ) -> None:
        """Files that were built with another encoder than `encoder` are made anew."""
        self._store = store
        self._data = data
        self._encoder = encoder
        self._check_seconds = check_seconds
        self._edition: Edition | None = None
        self._seen: Live | None = None
        self._retry_at = 0.0
        self._looking = Lock()
        self._stopped = Event()
        self._thread = Thread(target=self._watch, name="editions", daemon=True)
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
        self._thread.start()
        return self

    def close(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

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

    def _look(self) -> None:
        live = self._store.live()
        if live is None or (live == self._seen and monotonic() < self._retry_at):
            return
        self._seen, self._retry_at = live, float("inf")
        try:
            self._edition = self._opened(live)
        except (EditionUnusable, ReleaseUnknown, BlobDamagedError, OSError) as error:
            self._retry_at = monotonic() + RETRY_SECONDS
            self._fall_back(live, error)
        else:
            self._unusable = None

    def _opened(self, live: Live) -> Edition:
        try:
            return open_edition(self._store, self._data, live.release, self._encoder)
        except EncodedOtherwise as error:
            log.warning("%s; making its files anew", error)
            return repair(self._store, self._data, live.release, self._encoder)

    def _fall_back(self, live: Live, error: Exception) -> None:
        """The last good edition stays; a server that has none yet takes the release before, or makes the files anew."""
        edition = self._edition or self._earlier(live) or self._repaired(live)
        self._edition = edition
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
