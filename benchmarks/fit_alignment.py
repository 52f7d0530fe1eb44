"""Packs go in; the weights that tell whether two sentences speak of the same come out.

    python -m benchmarks.fit_alignment PACK_DIR[:DOCS_DIR] | COMPANY.md ...

An example is a labelled sentence of a pack or a company with a sentence of a passage that is found for it; right are those that
its reader quotes, whether they support or contradict it. A logistic regression over `bot.checks.alignment.signals` is judged on
each pack with the weights fitted on the others: how often a quoted sentence is the surest, and how many of the sentences with
and without quotes are told apart at each point. What is printed, for `WEIGHTS` and `CONSTANT`, is fitted on all packs.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.labelled_texts import NAMED, Labelled, labelled
from bot.checks import searching
from bot.checks.alignment import Known, signals
from bot.checks.text_check import known_of, stated_in
from bot.consistency import likeness_in
from bot.resources import word_vectors

PENALTY = 1.0
POINTS = (0.1, 0.15, 0.2, 0.25, 0.3)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One sentence of a pack with the signals of its candidates [n, signals] and which of them its reader quotes [n]."""

    pack: str
    quoted: bool
    signals: Floats
    right: NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits the weights of bot/checks/alignment.py.")
    parser.add_argument("packs", nargs="+", metavar=NAMED)
    examples: list[Example] = []
    names: list[str] = []
    for named in parser.parse_args().packs:
        with tempfile.TemporaryDirectory() as scratch:
            for example, of in pack_examples(labelled(named, Path(scratch))):
                examples.append(example)
                names = of
    report(examples, names)


def pack_examples(texts: Labelled) -> Iterator[tuple[Example, list[str]]]:
    likeness, search = likeness_in(texts.edition.contents.documents(), word_vectors()), searching(texts.edition)
    for item in texts.items:
        for said in list(stated_in(item["text"]))[:1]:
            known = list(known_of(said, search))
            found = [signals(said, one, likeness) for one in known]
            right = np.array([any(_is(one, quote) for quote in item.get("quotes", [])) for one in known])
            values = np.array([list(one.values()) for one in found])
            yield Example(texts.name, bool(item.get("quotes")), values, right), list(found[0])


def _is(known: Known, quote: dict[str, Any]) -> bool:
    said, quoted = (" ".join(text.replace("|", " ").split()) for text in (known.statement.text, quote["quote"]))
    return known.statement.document.name == quote["doc"] and (said in quoted or quoted in said)


def report(examples: list[Example], names: list[str]) -> None:
    surest: list[tuple[float, bool, bool]] = []
    for pack in sorted({example.pack for example in examples}):
        model = _fitted([example for example in examples if example.pack != pack])
        for example in (one for one in examples if one.pack == pack):
            sure = model.predict_proba(example.signals)[:, 1]
            surest.append((float(sure.max()), bool(example.right[int(sure.argmax())]), example.quoted))
    quoted = [one for one in surest if one[2]]
    print("judged with the weights of the other packs:")
    print(f"  the surest sentence is a quoted one: {sum(right for _, right, _ in quoted)} of {len(quoted)}")
    for point in POINTS:
        said = sum(sure >= point for sure, _, _ in quoted)
        silent = sum(sure < point for sure, _, is_quoted in surest if not is_quoted)
        print(f"  {point}: {said} of {len(quoted)} said, {silent} of {len(surest) - len(quoted)} without a quote not")
    fitted = _fitted(examples)
    print(f"CONSTANT = {fitted.intercept_[0]:.3f}")
    print(json.dumps({name: round(float(w), 3) for name, w in zip(names, fitted.coef_[0], strict=True)}, indent=4))


def _fitted(examples: list[Example]) -> LogisticRegression:
    x, y = np.concatenate([one.signals for one in examples]), np.concatenate([one.right for one in examples])
    return LogisticRegression(C=PENALTY, max_iter=5000).fit(x, y)


if __name__ == "__main__":
    main()
