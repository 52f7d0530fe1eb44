"""Packs go in; how often answers are wrong by how many are given, and whether the confidence is true, come out as plots.

    python -m benchmarks.plot_answers [--out docs] PACK=DOCS [PACK=DOCS ...]

Writes `answers-risk-coverage.svg` and `answers-reliability.svg` for the single questions of all packs, those without an answer
in the documents included: once with the shipped weights, once with each pack judged by weights fitted on the others, which is
what a company's own documents may expect.
"""

import argparse
import importlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.editions import folder_edition
from benchmarks.fit_answering import (
    Example,
    Weights,
    confidence_rows,
    fit_confidence,
    fit_ranking,
    pack_examples,
    probabilities,
)
from bot.assistant import shipped
from bot.evaluation.calibration import BINS, calibration_error, risk_coverage
from bot.evaluation.packs import read_pack

DOCS = Path(__file__).parents[1] / "docs"
NOT_SINGLE = {"group", "context"}  # kinds of examples that are no single questions

Predictions = list[tuple[float, bool]]  # (confidence, was the best candidate right)


def read_examples(pairs: Sequence[str]) -> list[Example]:
    """Of each PACK=DOCS, in order."""
    examples: list[Example] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, pair in enumerate(pairs):
            pack, docs = map(Path, pair.split("="))
            examples += pack_examples(read_pack(pack), folder_edition(docs, Path(scratch) / str(number)))
    return examples


def predictions(examples: Sequence[Example], ranking: Weights, certainty: Weights) -> Predictions:
    singles = [example for example in examples if example.kind not in NOT_SINGLE]
    rows, right, _ = confidence_rows(singles, ranking)
    return [(float(sure), bool(hit)) for sure, hit in zip(probabilities(rows, certainty), right, strict=True)]


def held_out(examples: Sequence[Example]) -> Predictions:
    """Each pack by the weights of the others; nothing where there is only one."""
    found: Predictions = []
    names = dict.fromkeys(example.set for example in examples)
    for name in names if len(names) > 1 else ():
        others = [example for example in examples if example.set != name]
        ranking = fit_ranking(others)
        certainty = fit_confidence(*confidence_rows(others, ranking))
        found += predictions([example for example in examples if example.set == name], ranking, certainty)
    return found


def draw_risk(plot: Any, curves: dict[str, Predictions], point: float, path: Path) -> None:
    """The share of the answers that is wrong, over the share of the questions that is answered; a dot at `point`."""
    figure, axes = plot.subplots(figsize=(6, 4))
    for name, found in curves.items():
        curve = risk_coverage(found)
        [line] = axes.plot([share for share, _ in curve], [wrong for _, wrong in curve], label=name)
        answered = sum(sure >= point for sure, _ in found)
        if answered:
            axes.plot(*curve[answered - 1], "o", color=line.get_color())
    axes.set(xlim=(0, 1), ylim=(0, None), xlabel="share of all questions that is answered", ylabel="of these wrong")
    axes.set_title(f"dot: the shipped operating point, {point:.2f}", fontsize=9)
    axes.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")


def draw_reliability(plot: Any, curves: dict[str, Predictions], path: Path) -> None:
    """The share that was right, over the confidence that was stated; dots are as large as their share of the questions."""
    figure, axes = plot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8, linestyle="--")
    for name, found in curves.items():
        bins = [[p for p in found if min(BINS - 1, int(p[0] * BINS)) == number] for number in range(BINS)]
        filled = [inside for inside in bins if inside]
        sure = [sum(c for c, _ in inside) / len(inside) for inside in filled]
        right = [sum(hit for _, hit in inside) / len(inside) for inside in filled]
        [line] = axes.plot(sure, right, linewidth=0.8, label=f"{name}: error {calibration_error(found):.3f}")
        axes.scatter(sure, right, [900 * len(inside) / len(found) for inside in filled], color=line.get_color(), alpha=0.5)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence that was stated", ylabel="share that was right")
    axes.legend(fontsize=8, loc="upper left")
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="+", metavar="PACK=DOCS")
    parser.add_argument("--out", type=Path, default=DOCS)
    given = parser.parse_args()
    examples, weights = read_examples(given.packs), shipped().weights
    curves = {"as shipped": predictions(examples, dict(weights.ranking), dict(weights.confidence))}
    if unseen := held_out(examples):
        curves["each pack by weights fitted on the others"] = unseen
    for name, found in curves.items():
        answered = [right for sure, right in found if sure >= weights.operating_point]
        wrong = sum(not right for right in answered) / max(1, len(answered))
        print(f"{name}: {len(found)} questions, {len(answered)} answered, {wrong:.1%} of these wrong, ", end="")
        print(f"calibration error {calibration_error(found):.3f}")
    plot: Any = importlib.import_module("matplotlib.pyplot")
    plot.rcParams.update({"svg.hashsalt": "faqtual", "axes.spines.top": False, "axes.spines.right": False})
    draw_risk(plot, curves, weights.operating_point, given.out / "answers-risk-coverage.svg")
    draw_reliability(plot, curves, given.out / "answers-reliability.svg")


if __name__ == "__main__":
    main()
