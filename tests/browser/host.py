"""Pages of somebody else's site, on an origin of their own, that carry the widget: plain, strict, hostile and odd ones."""

from collections.abc import Callable
from html import escape

from flask import Flask, Response, current_app, request

TEXT = "<h1>Welcome</h1><p>Words of the page, in a paragraph of its own.</p><p><a href='/other'>Another page</a></p>"
HOSTILE_CSS = """
html { font-size: 62.5%; line-height: 3; letter-spacing: .3em; text-transform: uppercase; cursor: wait }
* { all: unset !important; color: red !important; background: yellow !important; font: 40px fantasy !important }
body * { transform: rotate(3deg) !important; opacity: .2 !important; filter: blur(2px) !important }
body * { visibility: hidden !important; pointer-events: none !important }
faq-launcher, faq-chat, div, section { display: none !important }
button, textarea, p, a { position: static !important; width: 5px !important; display: none !important }
"""


def app(server: str = "") -> Flask:
    """`server` is the widget's address, ending in a slash. What browsers report of the policy collects in config["reports"]."""
    made = Flask(__name__)
    made.config.update(reports=[], server=server)
    for path, page in PAGES.items():
        made.add_url_rule(path, path, _view(page))

    @made.post("/reports")
    def report() -> Response:
        made.config["reports"].append(request.get_json(force=True))
        return Response(status=204)

    @made.get("/hostile.css")
    def hostile_css() -> Response:
        return Response(HOSTILE_CSS, content_type="text/css")

    @made.get("/nest.js")
    def nest_js() -> Response:
        return Response(NEST, content_type="text/javascript")

    return made


def _view(page: Callable[[str], Response]) -> Callable[[], Response]:
    return lambda: page(current_app.config["server"])


def _page(body: str, head: str = "", *, attributes: str = 'lang="en"', policy: str = "") -> Response:
    meta = '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
    top = f"<!doctype html><html {attributes}><head><title>Host</title>{meta}{head}</head>"
    html = f"{top}<body><main>{body}</main></body></html>"
    return Response(html, headers={"Content-Security-Policy": policy} if policy else {})


def script(server: str, attributes: str = "") -> str:
    return f'<script type="module" src="{server}widget.js" {attributes}></script>'


def plain(server: str) -> Response:
    return _page(TEXT + script(server))


def strict(server: str) -> Response:
    own = server.rstrip("/")
    policy = f"default-src 'self'; script-src {own}; connect-src {own}; style-src 'self'; require-trusted-types-for 'script'"
    return _page(TEXT + script(server), policy=f"{policy}; img-src data:; report-uri /reports")


def hostile(server: str) -> Response:
    return _page(TEXT + script(server), '<link rel="stylesheet" href="/hostile.css">')


def inline(server: str) -> Response:
    panel = f'<faq-chat><a href="{server}chat">Ask us</a></faq-chat>'
    return _page(TEXT + panel + script(server))


def nested(server: str) -> Response:
    return _page(TEXT + '<div id="shop"></div><script src="/nest.js"></script>' + script(server, 'data-launcher="none"'))


NEST = """
const root = document.querySelector("#shop").attachShadow({ mode: "open" });
root.append(document.createElement("faq-chat"));
"""


def arabic(server: str) -> Response:
    return _page(TEXT + script(server), attributes='lang="ar" dir="rtl"')


def german(server: str) -> Response:
    return _page(TEXT + script(server, 'data-lang="de" data-position="start" data-theme="light"'))


def talkative(server: str) -> Response:
    return _page(TEXT + script(server, "data-event-text"))


def opened(server: str) -> Response:
    return _page(TEXT + script(server, "data-open"))


def sandboxed(server: str) -> Response:
    """A frame without an origin: reading its sessionStorage throws."""
    return _page(
        f'<iframe sandbox="allow-scripts" title="Frame" width="800" height="700" src="/" data-server="{server}"></iframe>'
    )


def long(_: str) -> Response:
    """The words that are to be found stand below many screens of others."""
    filler = "".join(f"<p>Paragraph {number} of many.</p>" for number in range(200))
    return _page(filler + "".join(f"<p>{escape(words)}</p>" for words in FAR_DOWN))


FAR_DOWN = (
    "Snacks are fine - as long as you clear the table, please.",
    "Everybody who has lived in the town for more than a year & can show a letter with the address may join for nothing.",
)
PAGES = {
    "/": plain,
    "/other": plain,
    "/strict": strict,
    "/hostile": hostile,
    "/inline": inline,
    "/nested": nested,
    "/arabic": arabic,
    "/german": german,
    "/talkative": talkative,
    "/opened": opened,
    "/sandboxed": sandboxed,
    "/long": long,
}
