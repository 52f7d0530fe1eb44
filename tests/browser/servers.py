"""A WSGI app in, the same app running on a free port of this machine out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


@dataclass(frozen=True)
class Running:
    app: Flask
    url: str  # ends in a slash


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing: the test says what it saw."""


@contextmanager
def running(app: Flask) -> Iterator[Running]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Running(app, f"http://127.0.0.1:{server.port}/")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
