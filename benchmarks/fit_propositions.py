"""Packs and pairs of sentences go in; the weights that tell whether two opposed claims are of one proposition come out.

    python -m benchmarks.fit_propositions PACK_DIR[:DOCS_DIR] ...

An example is a pair of claims that one of them denies, forbids or frees from what the other one says. Right are the planted
polarity and modality conflicts of the packs and the pairs of `opposed_pairs.json` that contradict each other; wrong are all
others that share a word. A logistic regression over `bot.consistency.propositions.signals` is judged on each set with the
weights fitted on the other sets; what is printed, for `WEIGHTS` and `CONSTANT` of that module, is fitted on all of them.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.consistency import Planted, planted_in
from bot.claims import Claim
from bot.claims.modality import opposed
from bot.consistency import likeness_in, statements_of
from bot.consistency.likeness import Likeness
from bot.consistency.propositions import in_order, signals
from bot.consistency.statements import Statement, belong_together
from bot.resources import word_vectors
from knowledge.documents import Document
from knowledge.passages import split
from knowledge.sandbox import load_folder

PAIRS = Path(__file__).with_name("opposed_pairs.json")
FOLDS = 5  # into which the pairs fall
PENALTY = 1.0
THRESHOLDS = (0.3, 0.4, 0.5, 0.6)
OF_PLANTED = ("polarity", "modality")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """`case` is the pair of sentences; `planted` the conflict that it is, "" where it is none."""

    set: str
    case: str
    planted: str
    signals: dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits the weights of bot/consistency/propositions.py.")
    parser.add_argument("packs", nargs="+", metavar="PACK_DIR[:DOCS_DIR]")
    examples = list(pair_examples())
    for named in parser.parse_args().packs:
        pack, _, docs = named.partition(":")
        examples += pack_examples(Path(pack), Path(docs) if docs else Path(pack) / "docs")
    report(examples)


def pair_examples() -> Iterator[Example]:
    for number, pair in enumerate(json.loads(PAIRS.read_text(encoding="utf-8"))):
        documents = [(document, split(document)) for document in (Document("a", pair["a"], ""), Document("b", pair["b"], ""))]
        planted = f"pair {number}" if pair["contradict"] else ""
        likeness = likeness_in(documents, word_vectors())
        for example in _examples(f"pairs {number % FOLDS}", statements_of(documents), likeness):
            yield Example(example.set, f"pair {number}", planted, example.signals)


def pack_examples(pack: Path, docs: Path) -> Iterator[Example]:
    documents = [(document, split(document)) for document in load_folder(docs).documents]
    statements, planted = statements_of(documents), planted_in(pack)
    for example in _examples(pack.name, statements, likeness_in(documents, word_vectors())):
        i, j = map(int, example.case.split())
        known = next((one for one in planted if _is(one, statements[i], statements[j])), None)
        if known is None or known.kind in OF_PLANTED:
            yield Example(example.set, f"{pack.name} {example.case}", known.name if known else "", example.signals)


def _examples(name: str, statements: Sequence[Statement], likeness: Likeness) -> Iterator[Example]:
    for i, first in enumerate(statements):
        for j, second in enumerate(statements[:i]):
            if belong_together(first, second):
                continue
            same = first.document.name == second.document.name
            for a, b in _opposed(first, second):
                found = signals(*in_order(a, b), likeness, one_document=same)
                if found is not None:
                    yield Example(name, f"{i} {j}", "", found)


def _opposed(first: Statement, second: Statement) -> Iterator[tuple[Claim, Claim]]:
    for a in first.claims:
        for b in second.claims:
            if a.stance and b.stance and opposed(a.stance, b.stance):
                yield a, b


def _is(planted: Planted, first: Statement, second: Statement) -> bool:
    sides = [{k for k, side in enumerate(planted.sides) if any(_says(one, quote) for quote in side)} for one in (first, second)]
    return any(a != b for a in sides[0] for b in sides[1])


def _says(statement: Statement, quote: tuple[str, str]) -> bool:
    said = " ".join(statement.text.replace("|", " ").split())
    return statement.document.name == quote[0] and (said in quote[1] or quote[1] in said)


def report(examples: list[Example]) -> None:
    names = list(examples[0].signals)
    x = np.array([[example.signals[name] for name in names] for example in examples])
    best = _best(examples)
    right = np.array([number in best for number in range(len(examples))])
    kept = np.array([not example.planted or number in best for number, example in enumerate(examples)])
    sets = np.array([example.set for example in examples])
    held_out = np.zeros(len(examples))
    for one in sorted(set(sets)):
        held_out[sets == one] = _fitted(x[kept & (sets != one)], right[kept & (sets != one)]).predict_proba(x[sets == one])[
            :, 1
        ]
    print("judged with the weights of the other sets:")
    for threshold in THRESHOLDS:
        print(f"  {threshold}: {_scores(examples, held_out >= threshold)}")
    model = _fitted(x[kept], right[kept])
    print(f"CONSTANT = {model.intercept_[0]:.3f}")
    print(json.dumps({name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}, indent=4))


def _best(examples: list[Example]) -> set[int]:
    """Of the claims of a planted pair of sentences, those that are most alike; the others are left out."""
    best: dict[str, tuple[float, int]] = {}
    for number, example in enumerate(examples):
        if example.planted:
            score = example.signals["most"] + example.signals["near"]
            best[example.planted] = max(best.get(example.planted, (-1.0, -1)), (score, number))
    return {number for _, number in best.values()}


def _fitted(x: Floats, right: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=PENALTY, max_iter=5000).fit(x, right)


def _scores(examples: list[Example], said: NDArray[np.bool_]) -> str:
    """Cases, packs and pairs apart: a contradiction is found where one of its claims is."""
    parts = []
    for name, pairs in (("packs", False), ("pairs", True)):
        mine = [(e, bool(s)) for e, s in zip(examples, said, strict=True) if e.set.startswith("pairs ") is pairs]
        found = {e.planted for e, s in mine if e.planted and s}
        wrong = {e.case for e, s in mine if not e.planted and s}
        parts.append(f"{name}: {len(found)} of {len({e.planted for e, _ in mine if e.planted})}, wrong {len(wrong)}")
    return "; ".join(parts)


if __name__ == "__main__":
    main()
