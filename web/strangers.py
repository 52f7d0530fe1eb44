"""Requests of other sites' pages in; one line in the log for each site that is not listed, so that its owner finds out why."""

import logging
from threading import Lock
from urllib.parse import urlsplit

from flask import request

MOST_NAMED = 50  # anybody can send any Origin
LONGEST_NAMED = 100  # characters

log = logging.getLogger("faqtual")


class Strangers:
    """Names each origin once."""

    def __init__(self) -> None:
        self._named: set[str] = set()
        self._lock = Lock()

    def refuse(self, origin: str) -> None:
        if self._is_own(origin):
            return
        with self._lock:
            if origin in self._named or len(self._named) >= MOST_NAMED:
                return
            self._named.add(origin)
            last = len(self._named) == MOST_NAMED
        line = "pages of %r may not ask: the setting sites does not list it" + ("; no further site is named" if last else "")
        log.warning(line, origin[:LONGEST_NAMED])

    def _is_own(self, origin: str) -> bool:
        """Browsers name the origin of our own pages as well; behind a proxy the host may be called otherwise."""
        own = request.headers.get("Sec-Fetch-Site") == "same-origin"
        return own or (origin.startswith(("http://", "https://")) and _host(origin) == request.host)


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
