"""A document's name and words that staff typed or chose go in; the same words as they stand in the live document come out."""

import re

from knowledge.records import Listed
from knowledge.releases import Quotation
from web.errors import Problem
from web.parts import parts


def quotation(name: str, words: str) -> Quotation:
    """Where lines break does not count. Raises Problem 422 where the live document does not say so, or not to visitors."""
    store = parts().store
    pattern = r"\s+".join(map(re.escape, words.split()))
    hashes = [item.hash for item in listed() if item.name == name and pattern]
    for document, passages in store.parsed(hashes):
        if document.audience != "public":
            raise Problem(422, f"{name} is for staff only: visitors cannot be answered with it.")
        for passage in passages:
            found = re.search(pattern, passage.of(document.text))
            if found:
                return Quotation(name, found[0])
    raise Problem(422, f"“{words[:80]}” does not stand in one passage of {name or 'any document'}. Quote the words exactly.")


def names() -> list[str]:
    """Of the live documents."""
    return [item.name for item in listed()]


def listed() -> tuple[Listed, ...]:
    """The live documents; none where nothing is live."""
    store = parts().store
    live = store.live()
    return store.release(live.release).listed if live else ()
