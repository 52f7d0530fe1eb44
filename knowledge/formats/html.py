"""A page in; its visible content as text and blocks out, with what its head says about it."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from knowledge.encoding import decode
from knowledge.formats.boilerplate import opened_ids
from knowledge.formats.draft import Draft
from knowledge.formats.loaded import Loaded, Unreadable
from knowledge.formats.properties import page_properties
from knowledge.formats.walk import Walk

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def load(data: bytes) -> Loaded:
    declared = _CHARSET.search(data[:4096])
    return load_text(decode(data, declared[1].decode("ascii") if declared else None))


def load_text(text: str) -> Loaded:
    root = _parsed(text)
    draft = Draft()
    body = root.find("body")
    if body is not None:
        Walk(draft, opened_ids(body)).through(body)
    properties = page_properties(root)
    return Loaded(
        draft.text, draft.blocks, (), properties.title or draft.title, properties.url, properties.date, properties.lang
    )


def _parsed(text: str) -> HtmlElement:
    """Raises Unreadable where there is nothing, or where the nesting is too deep to be read whole."""
    if not text.strip():
        raise Unreadable("holds no text")
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise Unreadable("holds no text") from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise Unreadable("is nested too deeply to be read whole")
    return root
