"""The widget's files as they are sent: settings in, the launcher and the files by their address out.

The chat's modules are sent as one, so that a phone opens the panel after two round trips and not after five. The folder of
the address is named by the hash of all files: a browser may keep them for ever.
"""

import gzip
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, request

from web.look import Look, looks
from web.settings import Settings

FOLDER = Path(__file__).parent / "static" / "chat"
LAUNCHER, CHAT = "launcher.js", "define.js"
DEMO = "demo.js"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json"}
FOR_EVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
LAUNCHER_STRINGS = ("dir", "launch", "load_failed", "as_page")
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=class |const |function |async )", re.MULTILINE)
COMMENT = re.compile(r"^\s*/\*.*?\*/\s*$|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class File:
    body: bytes
    packed: bytes  # gzip
    mimetype: str
    etag: str


@dataclass(frozen=True, slots=True)
class Widget:
    """`files` are the files of `static/chat/<version>/` by their path in it."""

    version: str
    launcher: File
    files: dict[str, File]


def widget(settings: Settings) -> Widget:
    """Raises SettingsError where the owner's strings do not fit."""
    found = looks(settings)
    sheets = sorted(path.name for path in FOLDER.glob("*.css"))
    texts = {CHAT: _sent(_joined(CHAT, set()))} | {name: _sent(_read(name)) for name in (*sheets, DEMO)}
    texts |= {f"look/{lang}.json": json.dumps(asdict(look), ensure_ascii=False) for lang, look in found.items()}
    first = next(iter(found.values()))
    texts["owner.css"] = first.css
    version = hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]
    files = {name: _file(text, Path(name).suffix) for name, text in texts.items()}
    return Widget(version, _launcher(version, found), files)


def blueprint(served: Widget) -> Blueprint:
    """The routes of the widget's files; who may read them from where is said in `web.access`."""
    files = Blueprint("widget", __name__)

    @files.get("/widget.js")
    def launcher() -> Response:
        return _respond(served.launcher, SHORT)

    @files.get("/static/chat/<version>/<path:name>")
    def file(version: str, name: str) -> Response:
        found = served.files.get(name) or (_default_look(served) if re.fullmatch(r"look/[\w-]+\.json", name) else None)
        if found is None:
            abort(404)
        # Another version is asked for while several servers are being upgraded: ours will do, but is not to be kept.
        return _respond(found, FOR_EVER if version == served.version else "no-store")

    return files


def _default_look(served: Widget) -> File:
    return next(file for name, file in served.files.items() if name.startswith("look/"))


def _respond(file: File, cache: str) -> Response:
    packs = request.accept_encodings["gzip"] > 0
    response = Response(file.packed if packs else file.body, content_type=file.mimetype)
    response.headers["Cache-Control"] = cache
    response.vary.add("Accept-Encoding")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{file.etag}-gzip" if packs else file.etag)
    response.make_conditional(request)
    return response


def _launcher(version: str, found: dict[str, Look]) -> File:
    labels = {lang: {name: look.strings[name] for name in LAUNCHER_STRINGS} for lang, look in found.items()}
    site = {"chat": f"static/chat/{quote(version)}/", "css": next(iter(found.values())).css, "labels": labels}
    return _file(_sent(_read(LAUNCHER)).replace('"__SITE__"', json.dumps(site, ensure_ascii=False)), ".js")


def _joined(name: str, seen: set[str]) -> str:
    """A module and before it all that it imports, each once. The modules share no name, so one scope holds them."""
    seen.add(name)
    text = _read(name)
    before = [_joined(needed, seen) for needed in IMPORT.findall(text) if needed not in seen]
    return "\n".join([*before, EXPORT.sub("", IMPORT.sub("", text))])


def _sent(text: str) -> str:
    """Without lines that only comment and without indentation: those are for who reads the source."""
    return "\n".join(filter(None, map(str.strip, COMMENT.sub("", text).splitlines())))


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _file(text: str, suffix: str) -> File:
    body = text.encode()
    return File(body, gzip.compress(body, 9, mtime=0), TYPES[suffix], hashlib.sha256(body).hexdigest()[:32])
