"""Who may do what from where: an app and its settings in, the app with limits, origins and security headers out.

An Origin can be forged outside browsers: the list of sites keeps other pages out, the limit per address is the guard.
"""

import math
import time
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter, RateLimitExceeded
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as BaseResponse

from web.counts import Counts
from web.errors import Problem, respond
from web.settings import Settings
from web.sharing import API, shared_with
from web.strangers import Strangers

LARGEST_BODY = 16 * 1024  # bytes, on every route that does not set `request.max_content_length` itself
LAUNCHER, WIDGET_FILES = "/widget.js", "/static/chat/"  # loaded by other sites' pages as modules
UNLIMITED = frozenset({"health.healthz", "health.readyz", "health.metrics"})
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def install(app: Flask, settings: Settings) -> None:
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0)  # type: ignore[method-assign]
    _limit(app, settings)
    pages = [*HEADERS, ("Content-Security-Policy", policy(settings, framed=False)), ("X-Frame-Options", "DENY")]
    chat = [*HEADERS, ("Content-Security-Policy", policy(settings, framed=True))]
    strangers = Strangers()

    @app.after_request
    def protect(response: Response) -> Response:
        framed = request.path == "/chat" or request.path.startswith("/chat/")
        for name, value in chat if framed else pages:
            response.headers.setdefault(name, value)  # the console says more
        _share(response, settings.sites, strangers)
        return response


def policy(settings: Settings, *, framed: bool) -> str:
    """The content security policy of our own pages; a framed one may stand in the pages of the owner's sites."""
    images = ["'self'"]
    if settings.logo:
        parts = urlsplit(settings.logo)
        images.append(f"{parts.scheme}://{parts.netloc}")
    ancestors = " ".join(["'self'", *settings.sites]) if framed else "'none'"
    own = "script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    images_and_frames = f"img-src {' '.join(images)}; frame-ancestors {ancestors}"
    return f"default-src 'none'; {own}; {images_and_frames}; require-trusted-types-for 'script'"


def client_address() -> str:
    """Whom a limit counts: an IPv4 address, or the /64 network of an IPv6 one, because one client holds all of it."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, 64), strict=False))


def is_local() -> bool:
    """Whether the request comes from this machine itself and not through a proxy that nobody told us of."""
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if forwarded and not isinstance(current_app.wsgi_app, ProxyFix):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _limit(app: Flask, settings: Settings) -> None:
    """One bucket per client and route."""
    limiter = Limiter(
        client_address,
        app=app,
        default_limits=[settings.rate_limit] if settings.rate_limit else [],
        enabled=bool(settings.rate_limit),
        storage_uri=f"{Counts.STORAGE_SCHEME[0]}://",
        storage_options={"redis": settings.redis_url},
    )
    limiter.request_filter(
        lambda: request.method == "OPTIONS" or request.endpoint in UNLIMITED or _is_public_file(request.path)
    )

    @app.errorhandler(RateLimitExceeded)
    def too_many(_: RateLimitExceeded) -> BaseResponse:
        reset = limiter.current_limit.reset_at if limiter.current_limit else time.time() + 60
        late = 1  # Flask-Limiter names the first whole second after the window's end
        return respond(Problem(429, retry_after=max(1, math.ceil(reset - late - time.time()))))


def _is_public_file(path: str) -> bool:
    return path == LAUNCHER or path.startswith(WIDGET_FILES)


def _share(response: Response, sites: tuple[str, ...], strangers: Strangers) -> None:
    """Cross-origin reading: the widget's files for everybody, the API for the owner's sites, nothing else."""
    path = request.path
    if _is_public_file(path):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if not path.startswith(API):
        return
    response.vary.add("Origin")
    response.headers.setdefault("Cache-Control", "no-store")
    origin = request.headers.get("Origin")
    if origin in sites:
        response.headers.update(shared_with(origin, sites))
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Access-Control-Max-Age"] = "600"
    elif origin:
        strangers.refuse(origin)
