"""A .docx file in; its body in document order out: headings, paragraphs, list items, table rows. No page heads and feet."""

import io
from typing import Any

import docx
from lxml.etree import _Element

from knowledge.formats.draft import Draft
from knowledge.formats.loaded import Loaded, Unreadable
from knowledge.formats.stated import stated_date, stated_title
from knowledge.formats.word_body import WordBody
from knowledge.metadata import language

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of every Office file that is encrypted
TEMPLATE_DATE = "2013-12-23"  # what python-docx's own template states, and so every file that is made with it


def load(data: bytes) -> Loaded:
    if data.startswith(OLE):
        raise Unreadable("is encrypted or an old .doc; save it as .docx without a password")
    if not data.startswith(ZIP):
        raise Unreadable("is not a .docx file, whatever its name says")
    document = docx.Document(io.BytesIO(data))
    draft = Draft()
    WordBody(draft, _styles(document)).read(document.element.body)
    properties = document.core_properties
    dates = (stated_date(properties.modified), stated_date(properties.created))
    return Loaded(
        draft.text,
        draft.blocks,
        title=stated_title(properties.title) or draft.title,
        date=next((date for date in dates if date and date != TEMPLATE_DATE), None),
        lang=language(properties.language or ""),
    )


def _styles(document: Any) -> dict[str, _Element]:
    return {style.style_id: style.element for style in document.styles}
