"""Public question sets in, the weights of the ranking out: `python -m benchmarks.fit_ranking SETS [--ablation] [--write]`.

A listwise softmax over each question's candidates (Cao et al. 2007, "Learning to Rank: From Pairwise Approach to Listwise
Approach", with the right passages' share of the probability as the likelihood). Each set weighs the same. What is reported for
a set comes from weights that were fitted on the other sets; what is written was fitted on all of them.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.question_sets import Asked, QuestionSet, read_sets
from bot import resources
from bot.retrieval.embedded import EmbeddedRetriever, build, open_retriever
from bot.retrieval.ragged import Ragged
from bot.retrieval.ranking import SIGNALS

RIDGE = 1e-3  # keeps weights that few questions decide about from growing
LEFT_OUT = {"coverage"}  # costs more on an unseen set than it brings; it is for judging an answer, not for ranking
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Judged:
    """Questions with their candidates: `signals` is float64[candidates of all questions, signals], `right` marks right ones,
    the candidates of question `q` are `starts[q]:starts[q + 1]`."""

    signals: Floats
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]

    @cached_property
    def questions(self) -> NDArray[np.int64]:
        return Ragged(self.right, self.starts).owners

    @cached_property
    def decided(self) -> NDArray[np.bool_]:
        """The questions of which some candidate is right."""
        return self._sums(self.right.astype(np.float64)) > 0

    def chances(self, weights: Floats) -> Floats:
        """The softmax of the scores among each question's candidates."""
        scores = self.signals @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, self.starts[:-1])[self.questions])
        found: Floats = raised / self._sums(raised)[self.questions]
        return found

    def cost(self, weights: Floats) -> tuple[float, Floats]:
        """The mean negative log likelihood of a right candidate, and its slope."""
        chances = self.chances(weights)
        right = np.where(self.right, chances, 0)
        hit = self._sums(right) + 1e-12
        pull = (chances - right / hit[self.questions]) * self.decided[self.questions]
        count = int(self.decided.sum())
        return -float(np.log(hit[self.decided]).sum()) / count, pull @ self.signals / count

    def first_right(self, weights: Floats) -> float:
        """Hit@1: the share of the questions whose best candidate is right."""
        scores = self.signals @ weights
        parts = zip(self.starts[:-1].tolist(), self.starts[1:].tolist(), strict=True)
        return float(np.mean([self.right[start + np.argmax(scores[start:end])] for start, end in parts]))

    def _sums(self, values: Floats) -> Floats:
        found: Floats = np.add.reduceat(values, self.starts[:-1])
        return found


def judge(retriever: EmbeddedRetriever, asked: Sequence[Asked]) -> Judged:
    signals, right = [], []
    for question in asked:
        scored = retriever.scored(retriever.understand(question.text))
        if len(scored.positions):
            signals.append(np.stack([scored.signals[name] for name in SIGNALS], axis=1).astype(np.float64))
            right.append(np.isin(scored.positions, list(question.right)))
    starts = np.cumsum([0, *map(len, right)])
    return Judged(np.concatenate(signals), np.concatenate(right), starts)


@dataclass(frozen=True, slots=True, eq=False)
class JudgedSet:
    name: str
    clean: Judged
    misspelled: Judged


def judge_set(questions: QuestionSet) -> JudgedSet:
    with tempfile.TemporaryDirectory() as folder:
        build(questions.entries, Path(folder) / "index", release=questions.name)
        retriever = open_retriever(Path(folder) / "index")
        return JudgedSet(questions.name, judge(retriever, questions.clean), judge(retriever, questions.misspelled))


def fit(sets: Sequence[JudgedSet], used: Sequence[str]) -> Floats:
    """The weight of every signal, none below 0; those that are not `used` stay 0."""
    parts = [part for judged in sets for part in (judged.clean, judged.misspelled)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        costs = [part.cost(weights) for part in parts]
        cost, slope = (sum(values) / len(parts) for values in zip(*costs, strict=True))
        return cost + RIDGE * float(weights @ weights), slope + 2 * RIDGE * weights

    start = np.array([float(name in used) for name in SIGNALS])
    bounds = [(0, None) if name in used else (0, 0) for name in SIGNALS]
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def left_out(sets: Sequence[JudgedSet], used: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Hit@1 of each set, clean and misspelled, with weights fitted on the other sets."""
    found = {}
    for judged in sets:
        weights = fit([other for other in sets if other is not judged], used)
        found[judged.name] = (judged.clean.first_right(weights), judged.misspelled.first_right(weights))
    return found


def report(title: str, found: dict[str, tuple[float, float]]) -> None:
    mean = np.mean(list(found.values()), axis=0)
    cells = "  ".join(f"{name} {clean:.3f}/{misspelled:.3f}" for name, (clean, misspelled) in found.items())
    print(f"{title:28} mean {mean[0]:.3f}/{mean[1]:.3f}  {cells}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", type=Path, help="the folder of the public question sets")
    parser.add_argument("--ablation", action="store_true", help="also leave out each signal in turn")
    parser.add_argument("--write", action="store_true", help="write the weights to where they ship from")
    options = parser.parse_args()
    sets = [judge_set(questions) for questions in read_sets(options.sets)]
    used = [name for name in SIGNALS if name not in LEFT_OUT]
    report("as shipped", left_out(sets, used))
    if options.ablation:
        report("all signals", left_out(sets, SIGNALS))
        for name in used:
            report(f"without {name}", left_out(sets, [other for other in used if other != name]))
    weights = dict(zip(SIGNALS, np.round(fit(sets, used), 3).tolist(), strict=True))
    print(weights)
    if options.write:
        path = resources.SHIPPED / "ranking.json"
        value = json.loads(path.read_text(encoding="utf-8")) | {"passages": weights}
        path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
