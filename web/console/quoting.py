"""A document's name and words that staff typed or chose go in; the same words as they stand in the live document come out."""

import re

from knowledge.releases import Quotation
from web.errors import Problem
from web.parts import parts


def quotation(name: str, words: str) -> Quotation:
    """Where lines break does not count. Raises Problem 422 where the live document does not say so."""
    contents = parts().editions.current().contents
    pattern = r"\s+".join(map(re.escape, words.split()))
    for document, passages in contents.documents() if pattern else ():
        if document.name == name:
            for passage in passages:
                found = re.search(pattern, passage.of(document.text))
                if found:
                    return Quotation(name, found[0])
    raise Problem(422, f"“{words[:80]}” does not stand in one passage of {name or 'any document'}. Quote the words exactly.")


def names() -> list[str]:
    """Of the live documents that visitors may see."""
    contents = parts().editions.current().contents
    return [document.name for document, _ in contents.documents() if document.audience == "public"]
