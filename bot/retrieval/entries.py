"""What is indexed of a passage: a document and its passage in, an `Entry` out."""

from bot.retrieval import Entry
from knowledge.documents import Document, Passage


def entry(document: Document, passage: Passage) -> Entry:
    """The passage's words with its context spans; a passage without a heading stands under its document's title."""
    text = document.text
    nearest = passage.heading.of(text) if passage.heading else ""
    context = [span.of(text) for span in passage.context]
    if not nearest and not context:
        context = [document.title]
    return Entry(
        body=passage.of(text),
        heading=" ".join(part for part in (*context, nearest) if part),
        sentences=tuple(sentence.of(text) for sentence in passage.sentences),
        nearest_heading=nearest,
        public=document.audience == "public",
    )
