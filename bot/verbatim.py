"""An answer and the contents of its release go in; it comes out if its quotes are the stored text, letter for letter."""

import logging
from collections.abc import Iterable
from dataclasses import replace

from bot.answers import Answer, Citation
from knowledge.releases import Contents

log = logging.getLogger(__name__)


def verbatim(answer: Answer, contents: Contents) -> Answer | None:
    """None where a shown quote is not what stands at its place; further places and nearest quotes that fail are left out."""
    if not all(_stands(cited, contents) for cited in answer.citations):
        return None
    shown = (replace(cited, also=_standing(cited.also, contents)) for cited in answer.citations)
    return replace(answer, citations=tuple(shown), nearest=_standing(answer.nearest, contents))


def _standing(citations: Iterable[Citation], contents: Contents) -> tuple[Citation, ...]:
    standing = (cited for cited in citations if _stands(cited, contents))
    return tuple(replace(cited, also=_standing(cited.also, contents)) for cited in standing)


def _stands(cited: Citation, contents: Contents) -> bool:
    text = contents.text(cited.document.id)
    if text is not None and text[cited.start : cited.end] == cited.quote:
        return True
    log.error("a quote is not what stands in %s at %d to %d", cited.document.name, cited.start, cited.end)
    return False
