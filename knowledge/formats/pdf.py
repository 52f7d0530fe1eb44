"""A PDF in; its text as paragraphs and its page starts out, without running heads, feet and page numbers."""

import io

from pypdf import PdfReader

from knowledge.formats.furniture import without_furniture
from knowledge.formats.lines import page_lines
from knowledge.formats.loaded import Loaded, Unreadable
from knowledge.formats.paragraphs import composed
from knowledge.formats.stated import stated_date, stated_title
from knowledge.metadata import language

SIGNATURE = b"%PDF-"
SIGNATURE_WITHIN = 1024  # bytes; programs put a few of their own first


def load(data: bytes) -> Loaded:
    if SIGNATURE not in data[:SIGNATURE_WITHIN]:
        raise Unreadable("is not a PDF, whatever its name says")
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("is encrypted; save it without a password")
    text, pages = composed(without_furniture([page_lines(page) for page in reader.pages]))
    if not text:
        raise Unreadable("holds no text; if it is a scan, run text recognition over it first")
    return Loaded(text, pages=pages, title=_title(reader), date=_date(reader), lang=_lang(reader))


def _title(reader: PdfReader) -> str | None:
    return stated_title(reader.metadata.title) if reader.metadata else None


def _date(reader: PdfReader) -> str | None:
    """As the file states it; a date that is not well-formed is none."""
    try:
        return stated_date(reader.metadata.modification_date or reader.metadata.creation_date) if reader.metadata else None
    except ValueError:
        return None


def _lang(reader: PdfReader) -> str | None:
    return language(str(reader.root_object.get("/Lang", "")))
