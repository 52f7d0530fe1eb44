"""Packs and companies go in; the weights that tell whether two quantities are of one attribute come out.

    python -m benchmarks.fit_attributes --out bot/data/attributes.json PACK=DOCS [PACK=DOCS ...]

The pairs are all rival quantities of a pack's documents that differ: planted conflicts are of one attribute, all others of two.
The companies of `benchmarks/attributes` have far more conflicts than a real folder, so they have a bias of their own, which is
fitted and left out. Every pack is judged with the weights fitted on the others; what is written is fitted on all of them.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.attribute_texts import Company, companies
from benchmarks.consistency import NUMBERS, Planted, one_line, planted_in
from bot.claims import Claim
from bot.claims.measures import disagree, rivals
from bot.consistency import Statement, likeness_in, statements_of
from bot.consistency.attributes import same_attribute
from bot.consistency.clashes import belong_together
from bot.consistency.identity import may_be_one
from bot.consistency.likeness import Likeness
from bot.consistency.signals import ALIKE, SIGNALS, signals
from bot.resources import word_vectors
from bot.weights import AttributeWeights
from knowledge.documents import Document
from knowledge.passages import split
from knowledge.sandbox import load_folder

PENALTY = 1.0  # of the squared weights
LEAST = 0.32
FITTED = (*SIGNALS, ALIKE)
UNFITTED = AttributeWeights(0.0, {}, 1.0)
Floats = NDArray[np.float64]
Placed = tuple[Statement, Claim]


@dataclass(frozen=True, slots=True)
class Example:
    """Two rival quantities; `attribute` names the one that both are of, "" where they are of two."""

    set: str
    dense: bool
    attribute: str
    first: Placed
    second: Placed
    signals: tuple[float, ...]


def pack_examples(pack: Path, docs: Path) -> Iterator[Example]:
    documents = list(load_folder(docs).documents)
    planted = planted_in(pack)
    for first, second, found in rival_pairs(documents):
        one = next((p for p in planted if _across(p, first, second)), None)
        if one is None:
            yield Example(pack.name, False, "", first, second, found)
        elif one.kind in NUMBERS and all(_is_said(one, placed) for placed in (first, second)):
            yield Example(pack.name, False, one.name, first, second, found)


def company_examples(company: Company) -> Iterator[Example]:
    for first, second, found in rival_pairs(company.documents):
        both = _attributes(company, first) & _attributes(company, second)
        yield Example(company.name, True, min(both, default=""), first, second, found)


def rival_pairs(documents: Iterable[Document]) -> Iterator[tuple[Placed, Placed, tuple[float, ...]]]:
    split_up = [(document, split(document)) for document in documents]
    likeness = likeness_in(split_up, word_vectors(), UNFITTED)
    placed = [(one, claim) for one in statements_of(split_up) for claim in one.claims if claim.quantity]
    for first, second in combinations(placed, 2):
        if _may_differ(first, second):
            yield first, second, _signals(first, second, likeness)


def _may_differ(first: Placed, second: Placed) -> bool:
    (one, a), (other, b) = first, second
    if one is other or belong_together(one, other) or not a.quantity or not b.quantity:
        return False
    return rivals(a.quantity, b.quantity) and may_be_one(a, b) and disagree(a.quantity, b.quantity) is not None


def _signals(first: Placed, second: Placed, likeness: Likeness) -> tuple[float, ...]:
    one_document = first[0].document.name == second[0].document.name
    found = signals(first[1], second[1], likeness, one_document=one_document)
    return (*found, same_attribute(first[1], second[1], likeness))


def _across(planted: Planted, first: Placed, second: Placed) -> bool:
    """Whether two sentences stand on different sides of a planted conflict."""
    sides = [{k for k, side in enumerate(planted.sides) if _quoted(placed, side)} for placed in (first, second)]
    return any(a != b for a in sides[0] for b in sides[1])


def _quoted(placed: Placed, side: Sequence[tuple[str, str]]) -> bool:
    said = one_line(placed[0].text)
    return any(name == placed[0].document.name and (said in quote or quote in said) for name, quote in side)


def _is_said(planted: Planted, placed: Placed) -> bool:
    """Whether the quantity is the planted one, not another one of its sentence."""
    values = [value.lower() for value, side in zip(planted.values, planted.sides, strict=True) if _quoted(placed, side)]
    written = {one: one.value.lower().split()[0] for one in placed[0].claims if one.quantity}
    named = [one for one, begins in written.items() if any(begins in value for value in values)]
    return placed[1] in named or not named


def _attributes(company: Company, placed: Placed) -> set[str]:
    name, claim = placed[0].document.name, placed[1]
    return {m.attribute for m in company.marks if m.document == name and claim.start < m.end and m.start < claim.end}


def fit(examples: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """The bias for a real folder, and the weights: a logistic regression with a penalty on the squared weights."""
    x = np.array([(*e.signals, float(e.dense), 1.0) for e in examples])
    y = np.array([1.0 if e.attribute else -1.0 for e in examples])
    penalty = np.array([PENALTY] * (x.shape[1] - 1) + [0.0])

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = y * (x @ weights)
        slope = -(x.T @ (y / (1 + np.exp(margins))))
        return float(np.logaddexp(0, -margins).sum() + (penalty * weights**2).sum()), slope + 2 * penalty * weights

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return round(float(found[-1]), 4), {name: round(float(v), 4) for name, v in zip(FITTED, found, strict=False)}


def chance(example: Example, fitted: tuple[float, dict[str, float]]) -> float:
    total = fitted[0] + sum(fitted[1][name] * value for name, value in zip(FITTED, example.signals, strict=True))
    return float(1 / (1 + np.exp(-total)))


def report(examples: Sequence[Example], least: float) -> None:
    """What is found of each set with the weights of the others, and how many sentences are wrongly paired."""
    for name in dict.fromkeys(e.set for e in examples):
        fitted = fit([e for e in examples if e.set != name])
        own = [e for e in examples if e.set == name]
        wanted = {e.attribute for e in own if e.attribute}
        said = [e for e in own if chance(e, fitted) >= least]
        found = {e.attribute for e in said if e.attribute}
        wrong = {(e.first[0].sentence.start, e.second[0].sentence.start) for e in said if not e.attribute}
        print(f"{name}: {len(found)} of {len(wanted)} found, {len(wrong)} false pairs of sentences")


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits the weights that tell attributes apart.")
    parser.add_argument("packs", nargs="+", metavar="PACK=DOCS")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--least", type=float, default=LEAST)
    options = parser.parse_args()
    examples = [example for company in companies() for example in company_examples(company)]
    for pair in options.packs:
        pack, docs = map(Path, pair.split("="))
        examples += pack_examples(pack, docs)
    report(examples, options.least)
    bias, weights = fit(examples)
    print(len(examples), bias, weights)
    if options.out:
        written = {"bias": bias, "signals": weights, "least": options.least}
        options.out.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
