"""A folder of documents, or a public question set, goes in; an edition to measure on comes out."""

import json
from collections.abc import Iterable
from itertools import starmap
from pathlib import Path

from bot.edition import Edition
from bot.evaluation.packs import Gold, PackQuestion
from bot.retrieval.embedded import build, open_retriever
from bot.retrieval.entries import entry
from knowledge.archive import open_archive, record_of, write_archive
from knowledge.documents import Document
from knowledge.passages import split
from knowledge.releases import Editorial
from knowledge.sandbox import load_folder
from knowledge.sentences import split_sentences


def folder_edition(docs: Path, scratch: Path) -> Edition:
    return edition(load_folder(docs).documents, scratch)


def edition(documents: Iterable[Document], scratch: Path) -> Edition:
    scratch.mkdir(parents=True)
    (scratch / "archive").mkdir()
    parsed = [(document, split(document)) for document in documents]
    write_archive(scratch / "archive", "measured", starmap(record_of, parsed))
    build((entry(d, p) for d, passages in parsed for p in passages), scratch / "index", release="measured")
    return Edition("measured", open_archive(scratch / "archive"), open_retriever(scratch / "index"), Editorial())


def squad_edition(path: Path, scratch: Path) -> tuple[Edition, list[PackQuestion]]:
    """The paragraphs of an article as one document; the gold of a question are the sentences that hold its answer."""
    data = json.loads(path.read_text(encoding="utf-8"))
    articles: dict[str, list[str]] = {}
    home = {}
    for passage in data["passages"]:
        articles.setdefault(passage["title"], []).append(passage["text"])
        home[passage["id"]] = (passage["title"], passage["text"])
    documents = [Document(f"{title}.txt", "\n\n".join(texts), title) for title, texts in articles.items()]
    questions = []
    for query in data["queries"]:
        title, text = home[query["gold"][0]]
        sentences = [span.of(text) for span in split_sentences(text)]
        gold = tuple(Gold(f"{title}.txt", s) for s in sentences if any(answer in s for answer in query["answers"]))
        if gold:
            questions.append(PackQuestion(query["id"], query["text"], "squad", gold))
    questions += [PackQuestion(f"u{n}", text, "squad unanswerable") for n, text in enumerate(data["unanswerable"])]
    return edition(documents, scratch), questions
