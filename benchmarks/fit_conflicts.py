"""Packs, companies and pairs of sentences go in; what tells whether two claims are of one thing comes out.

    python -m benchmarks.fit_conflicts [--out bot/data/conflicts] PACK[:DOCS] ...

An example is a pair of claims as the check itself finds them (`bot.consistency.pairing`): of one thing are those that a pack's
planted conflict or a company's mark names, all others are not. A logistic regression looks at each pair alone, then boosted
trees look at how it stands among the others (`bot.consistency.judging`). Each set is judged by what was fitted on the other
folds; what is written is fitted on all of them.
"""

import argparse
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.attribute_texts import Company, companies
from benchmarks.consistency import NUMBERS, Planted, one_line, planted_in
from bot.consistency import likeness_in, quantity_signals, stance_signals, statements_of
from bot.consistency.clashes import may_clash
from bot.consistency.judging import Judge
from bot.consistency.meanings import meanings_of
from bot.consistency.pairing import Pairs, Placed, quantity_pairs, stance_pairs
from bot.consistency.standing import STANDING, standing
from bot.consistency.statements import Statement
from bot.consistency.trees import LEAF, Trees
from bot.resources import word_vectors, write_manifest
from knowledge.documents import Document
from knowledge.passages import split
from knowledge.sandbox import load_folder

PAIRS = Path(__file__).with_name("opposed_pairs.json")
FOLDS = 6
OTHER, SAME, UNCLEAR = 0, 1, -1
LEAST = {"quantities": 0.4, "stances": 0.45}
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
PENALTY = 0.3
TREES: dict[str, Any] = {
    "max_depth": 4,
    "learning_rate": 0.05,
    "max_iter": 200,
    "min_samples_leaf": 20,
    "l2_regularization": 5.0,
    "random_state": 0,
}
# What can only speak for one thing, and what can only speak against it: trees that may not learn otherwise from a few texts
# carry over better to others.
FOR = (
    *[
        "greater",
        "core",
        "mass",
        "wide",
        "wide_mass",
        "anchor",
        "notions",
        "meaning",
        "subject",
        "heading",
        "unit",
        "counted",
        "days",
        "alike",
        "shared",
        "said",
        "whole",
        "across",
    ],
    *("denied", "most", "near", "closeness", "denial met", "other met", "denial subject", "other subject", "met"),
    *("shared words", "across whole", "least lead", "greatest lead", "sure"),
)
AGAINST = (
    *[
        "topics",
        "label",
        "condition",
        "compound",
        "agent",
        "narrowed",
        "narrower",
        "size",
        "ratio",
        "unit_unsaid",
        "bound_other",
        "relation_other",
    ],
    *(
        "other_dimension",
        "former",
        "special",
        "occasion",
        "exception",
        "missing",
        "strange",
        "other condition",
        "own condition",
    ),
    *("apart", "no word", "place", "worst rank", "best rank", "agreed", "both agreed"),
)
MODULES = {"quantities": quantity_signals, "stances": stance_signals}
Floats = NDArray[np.float64]
Of = Callable[[Placed, Placed], tuple[int, str]]  # whether two claims are of one thing, and of which


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """The pairs of one set: signals [n, signals], SAME or OTHER [n], whether they differ [n], and what they are of."""

    name: str
    statements: Sequence[Statement]
    pairs: Pairs
    signals: Floats
    labels: NDArray[np.int64]
    differ: NDArray[np.bool_]
    names: tuple[str, ...]

    def wanted(self) -> set[str]:
        return {
            name for name, label, differs in zip(self.names, self.labels, self.differ, strict=True) if label == SAME and differs
        }


def examples(
    name: str,
    documents: Sequence[Document],
    of: Callable[[Sequence[Statement]], Of],
    kind: str,
    *,
    says_what_agrees: bool = False,
) -> Examples:
    ordered = [(document, split(document)) for document in sorted(documents, key=lambda one: one.name)]
    likeness, statements = likeness_in(ordered, word_vectors()), statements_of(ordered)
    meanings = meanings_of(statements, word_vectors())
    if kind == "quantities":
        pairs = quantity_pairs(statements, likeness, meanings)
        signals = quantity_signals.quantity_signals(pairs, statements, likeness, meanings)
        differ = np.array([quantity_signals.differs(a, b) for a, b in pairs.claims()], dtype=np.bool_)
    else:
        pairs = stance_pairs(statements, likeness, meanings)
        signals = stance_signals.stance_signals(pairs, statements, likeness, meanings)
        differ = np.array([may_clash(a, b) for a, b in pairs.claims()], dtype=np.bool_)
    tell = of(statements)
    told = [tell(pairs.placed[i], pairs.placed[j]) for i, j in zip(pairs.first, pairs.second, strict=True)]
    labels = np.array([label for label, _ in told], dtype=np.int64)
    if kind == "stances" and not says_what_agrees:
        labels[~differ] = UNCLEAR
    return Examples(name, statements, pairs, signals, labels, differ, tuple(name for _, name in told))


def of_company(company: Company) -> Callable[[Sequence[Statement]], Of]:
    def of(statements: Sequence[Statement]) -> Of:
        def sides(placed: Placed) -> dict[str, str]:
            claim, document = placed.claim, statements[placed.statement].document.name
            near = (m for m in company.marks if m.document == document and claim.start < m.end and m.start < claim.end)
            return {mark.attribute: mark.side for mark in near}

        def tell(one: Placed, other: Placed) -> tuple[int, str]:
            first, second = sides(one), sides(other)
            both = sorted(first.keys() & second.keys())
            if not both:
                return OTHER, ""
            seem_opposed = one.claim.stance is not None and may_clash(one.claim, other.claim)
            return (OTHER, "") if seem_opposed and first[both[0]] == second[both[0]] != "" else (SAME, both[0])

        return tell

    return of


def of_planted(planted: Sequence[Planted], *, numbers: bool) -> Callable[[Sequence[Statement]], Of]:
    def of(statements: Sequence[Statement]) -> Of:
        def tell(one: Placed, other: Placed) -> tuple[int, str]:
            first, second = statements[one.statement], statements[other.statement]
            for plant in planted:
                sides = [{k for k, side in enumerate(plant.sides) if _quoted(said, side)} for said in (first, second)]
                if any(a != b for a in sides[0] for b in sides[1]):
                    meant = (plant.kind in NUMBERS) is numbers
                    said = not numbers or all(_is_said(plant, said, placed) for said, placed in ((first, one), (second, other)))
                    return (SAME, plant.name) if meant and said else (UNCLEAR, "")
                if sides[0] and sides[1]:
                    return UNCLEAR, ""
            return OTHER, ""

        return tell

    return of


def _quoted(statement: Statement, side: Sequence[tuple[str, str]]) -> bool:
    said = one_line(statement.text)
    return any(name == statement.document.name and (said in quote or quote in said) for name, quote in side)


def _is_said(planted: Planted, statement: Statement, placed: Placed) -> bool:
    """Whether the quantity is the planted one, not another one of its sentence."""
    values = [value.lower() for value, side in zip(planted.values, planted.sides, strict=True) if _quoted(statement, side)]
    written = {one: one.value.lower().split()[0] for one in statement.claims if one.quantity}
    named = [one for one, begins in written.items() if any(begins in value for value in values)]
    return placed.claim in named or not named


def sets(packs: Sequence[str], kind: str) -> Iterator[Examples]:
    for company in companies():
        yield examples(company.name, company.documents, of_company(company), kind, says_what_agrees=True)
    for named in packs:
        pack, _, docs = named.partition(":")
        documents = load_folder(Path(docs) if docs else Path(pack) / "docs").documents
        yield examples(Path(pack).name, documents, of_planted(planted_in(Path(pack)), numbers=kind == "quantities"), kind)
    for number, pair in enumerate(json.loads(PAIRS.read_text(encoding="utf-8"))):
        if (pair.get("kind") == "numeric") is (kind == "quantities"):
            two = [Document("a.txt", pair["a"], ""), Document("b.txt", pair["b"], "")]
            yield examples(f"pair {number}", two, _of_pair(number, contradict=pair["contradict"]), kind)


def _of_pair(number: int, *, contradict: bool) -> Callable[[Sequence[Statement]], Of]:
    return lambda statements: lambda one, other: (SAME, f"pair {number}") if contradict else (OTHER, "")


def folds(found: Sequence[Examples]) -> list[int]:
    """Pairs of sentences in order of their number, so that twins that share one fall into one fold."""
    turn = np.random.default_rng(0).permutation(len(found))
    return [
        int(one.name.split()[1]) // 10 % FOLDS if one.name.startswith("pair ") else int(k) % FOLDS
        for one, k in zip(found, turn, strict=True)
    ]


def fitted(found: Sequence[Examples], kind: str) -> Judge:
    """Trees are shown how a pair stands by regressions that did not see its set."""
    fold = folds(found)
    stood = {}
    for out in range(FOLDS):
        weights, bias = _regression([one for one, own in zip(found, fold, strict=True) if own != out])
        for one in (one for one, own in zip(found, fold, strict=True) if own == out):
            stood[one.name] = standing(one.pairs, one.statements, 1 / (1 + np.exp(-(one.signals @ weights + bias))), one.differ)
    rows = np.vstack([np.hstack([one.signals, stood[one.name]]) for one in found if len(one.labels)])
    labels = np.concatenate([one.labels for one in found])
    clear = labels != UNCLEAR
    signs = [(name in FOR) - (name in AGAINST) for name in (*MODULES[kind].SIGNALS, *STANDING)]
    model: Any = HistGradientBoostingClassifier(**TREES, monotonic_cst=signs).fit(rows[clear], labels[clear])
    return Judge(*_regression(found), trees_of(model), 0.5)


def _regression(found: Sequence[Examples]) -> tuple[Floats, float]:
    x, y = np.vstack([one.signals for one in found]), np.concatenate([one.labels for one in found])
    x, y = x[y != UNCLEAR], y[y != UNCLEAR]
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit((x - middle) / spread, y)
    weights = model.coef_[0] / spread
    return np.round(weights, 6), round(float(model.intercept_[0] - weights @ middle), 6)


def trees_of(model: HistGradientBoostingClassifier) -> Trees:
    """The same trees as arrays of numbers."""
    grown = [predictor[0].nodes for predictor in model._predictors]
    nodes = np.zeros((len(grown), max(map(len, grown)), 5))
    nodes[:, :, 0] = LEAF
    for k, tree in enumerate(grown):
        leaf = tree["is_leaf"].astype(bool)
        nodes[k, : len(tree), 0] = np.where(leaf, LEAF, tree["feature_idx"])
        nodes[k, : len(tree), 1] = np.where(leaf, 0.0, tree["num_threshold"])
        nodes[k, : len(tree), 2], nodes[k, : len(tree), 3] = tree["left"], tree["right"]
        nodes[k, : len(tree), 4] = np.where(leaf, tree["value"], 0.0)
    return Trees(nodes, float(np.ravel(model._baseline_prediction)[0]))


def report(found: Sequence[Examples], packs: Collection[str], kind: str) -> None:
    """What is found of each set by what was fitted on the other folds, and how many pairs of sentences are wrongly reported."""
    fold = folds(found)
    chances: dict[str, Floats] = {}
    for out in range(FOLDS):
        judge = fitted([one for one, own in zip(found, fold, strict=True) if own != out], kind)
        for one in (one for one, own in zip(found, fold, strict=True) if own == out):
            chances[one.name] = (
                judge.chances(one.pairs, one.statements, one.signals, one.differ) if len(one.labels) else np.zeros(0)
            )
    groups: dict[str, list[Examples]] = {"packs": [], "companies": [], "pairs": []}
    for one in found:
        groups["pairs" if one.name.startswith("pair ") else "packs" if one.name in packs else "companies"].append(one)
    for least in THRESHOLDS:
        line = []
        for group, members in groups.items():
            counts = [_counted(one, chances[one.name] >= least) for one in members]
            right, wanted, wrong = (sum(count[k] for count in counts) for k in range(3))
            line.append(f"{group}: {right} of {wanted} found, {wrong} wrong")
        print(f"  {least}: " + "; ".join(line))


def _counted(one: Examples, said: NDArray[np.bool_]) -> tuple[int, int, int]:
    hit = said & one.differ
    names = {name for name, label, is_hit in zip(one.names, one.labels, hit, strict=True) if is_hit and label == SAME}
    first, second = one.pairs.statements()
    wrong = {
        tuple(sorted(pair))
        for *pair, label, is_hit in zip(first, second, one.labels, hit, strict=True)
        if is_hit and label == OTHER
    }
    right = {
        tuple(sorted(pair))
        for *pair, label, is_hit in zip(first, second, one.labels, hit, strict=True)
        if is_hit and label == SAME
    }
    return len(names), len(one.wanted()), len(wrong - right)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits what tells whether two claims are of one thing.")
    parser.add_argument("packs", nargs="+", metavar="PACK[:DOCS]")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    packs = {Path(named.partition(":")[0]).name for named in options.packs}
    written = {}
    for kind, module in MODULES.items():
        found = list(sets(options.packs, kind))
        print(kind, sum(len(one.labels) for one in found), sum(int((one.labels == SAME).sum()) for one in found))
        report(found, packs, kind)
        judge = fitted(found, kind)
        written[kind] = {
            "signals": [*module.SIGNALS, *STANDING],
            "weights": [float(weight) for weight in judge.weights],
            "bias": judge.bias,
            "trees_bias": judge.trees.bias,
            "least": LEAST[kind],
        }
        if options.out:
            np.save(options.out / f"{kind}.npy", judge.trees.nodes.astype(np.float64))
    if options.out:
        (options.out / "judges.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
        write_manifest(options.out)


if __name__ == "__main__":
    main()
