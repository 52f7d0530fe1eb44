"""Markdown in; its words without markup and its blocks out, with what its front matter says."""

from markdown_it import MarkdownIt

from knowledge.encoding import decode
from knowledge.formats.front_matter import split_front_matter
from knowledge.formats.html import load_text
from knowledge.formats.loaded import Loaded


def load(data: bytes) -> Loaded:
    """By way of HTML, so that both formats, and HTML inside Markdown, are read by the same rules."""
    metadata, text = split_front_matter(decode(data))
    page = load_text(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    return Loaded(
        page.text,
        page.blocks,
        title=metadata.title or page.title,
        url=metadata.url,
        date=metadata.date,
        lang=metadata.lang,
        audience=metadata.audience,
    )
