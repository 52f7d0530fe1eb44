"""The production server around an app of a few routes: `python -m tests.web.small_server PATIENCE THREADS LIMIT [SITE ...]`."""

import logging
import sys
import time

from flask import Flask, request

from web import channels
from web.server import Server
from web.settings import Settings


def app() -> Flask:
    made = Flask("small")

    @made.get("/")
    def index() -> str:
        return "here"

    @made.get("/wait/<float:seconds>")
    def wait(seconds: float) -> str:
        time.sleep(seconds)
        return "waited"

    @made.get("/much")
    def much() -> str:
        return "x" * 20_000_000

    @made.post("/length")
    @made.post("/staff/documents/upload", endpoint="upload")
    def length() -> str:
        return str(len(request.get_data()))

    return made


def main() -> int:
    logging.basicConfig(level=logging.INFO)
    patience, threads, queue_limit, *sites = sys.argv[1:]
    channels.PATIENCE = channels.IDLE = float(patience)  # type: ignore[assignment]
    settings = Settings(port=0, threads=int(threads), queue_limit=int(queue_limit), sites=tuple(sites))
    server = Server(app(), settings, app)
    print(server.addresses[0])  # noqa: T201 - whoever started this reads it
    return server.run()


if __name__ == "__main__":
    sys.exit(main())
