"""The production server around an endpoint that does nothing: what the machine and the server alone can do."""

import sys

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from web.server import Server
from web.settings import load


def app() -> Flask:
    made = Flask("bare")

    @made.post("/")
    def answer() -> ResponseReturnValue:
        return jsonify({"answer": "nothing"})

    return made


def main() -> int:
    server = Server(app(), load(), app)
    print(server.addresses[0], flush=True)
    return server.run()


if __name__ == "__main__":
    sys.exit(main())
