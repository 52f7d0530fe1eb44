"""An HTML element in; whether it is page furniture, a notice or hidden, and so no part of what the page says, out."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

NEVER_SHOWN = frozenset(
    "head script style noscript template iframe object embed svg math canvas audio video map datalist option select "  # noqa: SIM905
    "textarea input meter progress dialog nav footer menu".split()
)
FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar tooltip".split()  # noqa: SIM905
)
CONTENT = frozenset(("main", "article", "section"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LONGEST_NOTICE = 800  # characters: what is longer is no banner, whatever it is called
LINKS_ONLY = 0.7  # share of the characters that are link text

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OFF_SCREEN = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "skip-link", "skip-to-content", "skiplink"}
_PRIVACY = {"cookie", "cookies", "gdpr"}
_COOKIE_NOTICES = {"cookiebanner", "cookieconsent", "cookiebar", "cookienotice", "onetrust"}
_NOTICES = {"banner", "bar", "notice", "popup", "modal", "overlay", "dialog", "message", "alert", "prompt", "wall", "consent"}
_TELLING = _PRIVACY | _COOKIE_NOTICES | {"banner", "consent"}
_PAGE = ("html", "body", "main", "article")
_CONTROLS = frozenset(("a", "button"))


def is_left_out(element: HtmlElement, opened: frozenset[str]) -> bool:
    """`opened` holds the ids of hidden parts that a reader can open on the page, as in an accordion: they are content."""
    if _is_named_furniture(element):
        return True
    if element.tag == "button":
        return not (is_opener(element, opened) or _is_in_heading(element))
    if element.tag in ("header", "aside"):
        return not _is_inside_content(element) or _is_links_only(element)
    if element.get("id") not in opened and _is_hidden(element):
        return True
    return _is_notice(element)


def opened_ids(root: HtmlElement) -> frozenset[str]:
    """The ids of the content that a button on the page opens: an answer, not a menu or a dialog."""
    controls = {name for button in root.iterfind(".//*[@aria-controls]") for name in button.get("aria-controls", "").split()}
    parts = (part for part in root.iterfind(".//*[@id]") if part.get("id") in controls)
    return frozenset(part.get("id", "") for part in parts if not _is_in_furniture(part))


def is_opener(element: HtmlElement, opened: frozenset[str]) -> bool:
    """Whether this is the button of an accordion: it stands for the heading of what it opens or of what follows it."""
    if element.tag != "button":
        return False
    following = element.getnext()
    is_question = following is not None and following.tag == "div" and text_of(element).endswith("?")
    return is_question or not opened.isdisjoint(element.get("aria-controls", "").split())


def text_of(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_named_furniture(element: HtmlElement) -> bool:
    return element.tag in NEVER_SHOWN or element.get("role", "").strip().lower() in FURNITURE_ROLES


def _is_in_furniture(part: HtmlElement) -> bool:
    return any(_is_named_furniture(element) for element in (part, *part.iterancestors()))


def _is_in_heading(button: HtmlElement) -> bool:
    return any(ancestor.tag in HEADINGS or ancestor.tag in ("dt", "summary") for ancestor in button.iterancestors())


def _is_inside_content(element: HtmlElement) -> bool:
    return any(ancestor.tag in CONTENT for ancestor in element.iterancestors())


def _is_links_only(element: HtmlElement) -> bool:
    linked = sum(len(text_of(link)) for link in element.iterfind(".//a"))
    return linked > LINKS_ONLY * len(text_of(element))


def _is_hidden(element: HtmlElement) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style", ""))) or bool(
        _OFF_SCREEN & set(element.get("class", "").lower().split())
    )


def _is_notice(element: HtmlElement) -> bool:
    """Judged by name and by content, since a bakery may well call its list of cookies "cookies"."""
    names = set(_names(element))
    if not names & _TELLING or element.tag in _PAGE or _holds(element, CONTENT | {"h1"}):
        return False
    text = text_of(element)
    if len(text) > LONGEST_NOTICE:
        return False
    if names & _COOKIE_NOTICES or (names & _PRIVACY and names & _NOTICES):
        return True
    if _holds(element, HEADINGS):
        return False
    return _holds(element, _CONTROLS) if "banner" in names else "cookie" in text.lower()


def _names(element: HtmlElement) -> Iterator[str]:
    for word in _WORD.findall(f"{element.get('id', '')} {element.get('class', '')}"):
        yield word.lower()


def _holds(element: HtmlElement, tags: frozenset[str]) -> bool:
    return next(element.iterdescendants(*tags), None) is not None
