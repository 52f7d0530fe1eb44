"""A page's head in; its title, canonical address, date and language out. What is not well-formed there is left out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from knowledge.metadata import http_url, iso_date, language

# The last change says more about whether a text still holds than its first day does.
DATE_NAMES = (
    "article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
    "article:published_time",
    "dcterms.date",
    "dc.date",
    "dcterms.issued",
    "date",
    "datepublished",
)
LINKED_DATES = ("dateModified", "datePublished")


@dataclass(frozen=True, slots=True)
class PageProperties:
    title: str | None
    url: str | None
    date: str | None
    lang: str | None


def page_properties(root: HtmlElement) -> PageProperties:
    title = root.find(".//head/title")
    return PageProperties(
        title=" ".join((title.text or "").split()) or None if title is not None else None,
        url=_canonical(root),
        date=next((date for date in map(iso_date, _dates(root)) if date), None),
        lang=language(root.get("lang") or root.get("xml:lang") or ""),
    )


def _canonical(root: HtmlElement) -> str | None:
    for link in root.iterfind(".//link[@href]"):
        if "canonical" in link.get("rel", "").lower().split():
            return http_url(link.get("href", ""))
    return None


def _dates(root: HtmlElement) -> Iterator[str]:
    stated: dict[str, str] = {}
    for meta in root.iterfind(".//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        stated.setdefault(name, meta.get("content", ""))
    linked = list(_linked(root))
    for key in LINKED_DATES:
        yield from (str(thing[key]) for thing in linked if key in thing)
    yield from (stated[name] for name in DATE_NAMES if name in stated)


def _linked(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The things that JSON-LD on the page describes, one level of lists and graphs deep."""
    for script in root.iterfind(".//script[@type]"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            try:
                value = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue  # other people's mark-up; a page is readable without it
            things = value if isinstance(value, list) else [value]
            for thing in things:
                if isinstance(thing, dict):
                    graph = thing.get("@graph")
                    yield thing
                    yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()
