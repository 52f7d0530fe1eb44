"""The production server: a WSGI app and its settings in, an exit status out once it was told to stop.

SIGTERM or SIGINT: stop accepting, finish what was begun, exit 0; a second one quits at once. SIGHUP: build the app again.
"""

import logging
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from knowledge.transactions import DatabaseUnavailable
from web.channels import LARGEST_PUBLIC_BODY, Channel, Dispatcher
from web.settings import Settings, SettingsError

CONNECTIONS = 2_000
DRAINING = 10  # seconds that begun requests may take to finish
SWEEP = 1.0  # seconds between two looks at slow connections
QUIT_NOW = 143  # 128 + SIGTERM
log = logging.getLogger("faqtual")


class Server:
    """Listens from its making on; `run` serves.

    `rebuild` makes the app anew on SIGHUP; where it raises SettingsError, DatabaseUnavailable or OSError the old one stays.
    """

    def __init__(self, app: WSGIApplication, settings: Settings, rebuild: Callable[[], WSGIApplication]) -> None:
        """Raises SettingsError where the address cannot be listened on."""
        _raise_file_limit(CONNECTIONS + 256)
        self._rebuild = rebuild
        self._map: dict[int, wasyncore.dispatcher] = {}
        self._dispatcher = Dispatcher(settings.threads, settings.queue_limit)
        self.share(settings.sites)
        self._listen(app, settings)
        self._listeners = [listener for listener in self._map.values() if isinstance(listener, BaseWSGIServer)]
        for listener in self._listeners:
            listener.channel_class = Channel
        self._swept = 0.0
        self._deadline = 0.0

    @property
    def addresses(self) -> list[str]:
        return [_url(listener.effective_host, int(listener.effective_port)) for listener in self._listeners]

    @property
    def waiting(self) -> int:
        """Requests that wait for a worker."""
        return self._dispatcher.waiting

    @property
    def time_left(self) -> float:
        """Seconds that are left for what was begun, once it was told to stop."""
        return max(0.0, self._deadline - time.monotonic()) if self._deadline else 0.0

    def share(self, sites: tuple[str, ...]) -> None:
        """Whose pages may read that a request was refused for want of room."""
        self._dispatcher.sites = sites

    def run(self) -> int:
        for number, handler in ((signal.SIGTERM, self._stop), (signal.SIGINT, self._stop), (signal.SIGHUP, self._reload)):
            signal.signal(number, handler)
        while not self._is_done():
            wasyncore.loop(timeout=SWEEP, use_poll=True, map=self._map, count=1)
            self._sweep()
        self._dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)
        return 0

    def _listen(self, app: WSGIApplication, settings: Settings) -> None:
        try:
            create_server(
                app,
                map=self._map,
                _dispatcher=self._dispatcher,
                host=settings.host,
                port=settings.port,
                connection_limit=CONNECTIONS,
                channel_timeout=10**9,  # `_sweep` closes, at its own times
                max_request_header_size=32 * 1024,
                max_request_body_size=settings.upload_limit + LARGEST_PUBLIC_BODY,
                clear_untrusted_proxy_headers=False,  # the app decides by the number of proxies
                log_socket_errors=False,
                channel_request_lookahead=1,  # notices who has left while a request waits
                ident=None,
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SettingsError(
                "port", f"{settings.host}:{settings.port}", f"cannot listen there: {reason}; try --port"
            ) from error

    def _is_done(self) -> bool:
        if not self._deadline:
            return False
        if self._listeners:
            self._stop_listening()
        channels = self._channels()
        for channel in channels:
            if not channel.busy:
                channel.will_close = True
        return not channels or time.monotonic() > self._deadline

    def _stop_listening(self) -> None:
        """Takes in what has already connected, then closes: a client that was let in is answered."""
        for listener in self._listeners:
            for _ in range(listener.adj.backlog):
                before = len(self._map)
                listener.handle_accept()
                if len(self._map) == before:
                    break
            wasyncore.dispatcher.close(listener)
        self._listeners = []

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept >= SWEEP:
            self._swept = now
            for channel in self._channels():
                if channel.is_stuck(now):
                    channel.handle_close()  # what is marked to close would wait for its client to take the rest
                elif channel.is_overdue(now):
                    channel.will_close = True

    def _channels(self) -> list[Channel]:
        return [channel for channel in self._map.values() if isinstance(channel, Channel)]

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._deadline:
            os._exit(QUIT_NOW)
        self._deadline = time.monotonic() + DRAINING
        self._dispatcher.draining = True
        self._listeners[0].pull_trigger()

    def _reload(self, _number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=self._replace_app, name="reload", daemon=True).start()

    def _replace_app(self) -> None:
        """Requests under way finish with the app that they began with."""
        try:
            app = self._rebuild()
        except (SettingsError, DatabaseUnavailable, OSError) as error:
            log.error("settings not read again: %s", error)
            return
        for listener in self._listeners:
            listener.application = app
        log.info("settings read again")


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _raise_file_limit(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    target = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft < target:
        resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
