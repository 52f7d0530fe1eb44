"""What a staff member's browser holds: the signed session cookie, and a mark that it has signed in before. Never in a URL."""

import hashlib
import hmac
import secrets

from flask import Flask, current_app, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from web.access import is_local
from web.accounts import spelled

SESSION, KNOWN = "faqtual_staff", "faqtual_known"
PATH = "/staff"
KNOWN_FOR = 180 * 24 * 3600  # seconds
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def install(app: Flask, keys: tuple[str, ...]) -> None:
    """The first key signs, all verify, so that a new one signs nobody out."""
    app.config.update(
        SECRET_KEY=keys[0],
        SECRET_KEY_FALLBACKS=list(keys[1:]),
        SESSION_COOKIE_NAME=SESSION,
        SESSION_COOKIE_PATH=PATH,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    app.session_interface = _Cookie()


class _Cookie(SecureCookieSessionInterface):
    def get_cookie_secure(self, app: Flask) -> bool:
        return is_secure()


def is_secure() -> bool:
    """Everywhere but in plain HTTP between a browser and a server on one machine."""
    return request.is_secure or not (is_local() and _host() in LOOPBACK)


def _host() -> str:
    host = request.host
    return host.rsplit(":", 1)[0] if ":" in host.rpartition("]")[2] else host


def known_browser(name: str) -> str | None:
    """The mark of a browser that `name` has signed in with, if this is one."""
    try:
        mark, account = _signer().loads(request.cookies.get(KNOWN, ""), max_age=KNOWN_FOR)
    except (BadData, TypeError, ValueError):
        return None
    return str(mark) if hmac.compare_digest(str(account), _account(name)) else None


def remember_browser(response: Response, name: str) -> None:
    signed = _signer().dumps([secrets.token_urlsafe(16), _account(name)])
    text = signed if isinstance(signed, str) else signed.decode("ascii")
    secure = is_secure()
    response.set_cookie(KNOWN, text, max_age=KNOWN_FOR, path=PATH, secure=secure, httponly=True, samesite="Strict")


def keys() -> list[str]:
    """Oldest first, as itsdangerous takes them: the last one signs, all verify."""
    return [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keys(), salt="known browser", signer_kwargs={"digest_method": hashlib.sha256})


def _account(name: str) -> str:
    return hashlib.sha256(spelled(name).encode("utf-8", "surrogatepass")).hexdigest()[:32]
