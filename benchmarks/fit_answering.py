"""Packs go in; the weights that choose the sentence and state the confidence come out (`bot/data/answering.json`).

    python -m benchmarks.fit_answering --out bot/data/answering.json PACK=DOCS [PACK=DOCS ...] [--squad FILE]

The sentence is chosen by a linear score fitted with a listwise softmax (Cao et al. 2007, ListNet, top one): the probability
of all right sentences together is made large. The confidence is a logistic regression over the signals of `bot.confidence`.
Both are judged on each pack with the weights fitted on the others; what is written is fitted on all of them.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.editions import folder_edition, squad_edition
from bot import resources
from bot.answers import Conversation
from bot.assistant import shipped
from bot.candidates import Candidate, Candidates, Search
from bot.confidence import SIGNALS, signals
from bot.edition import Edition
from bot.evaluation.judging import is_full, is_right
from bot.evaluation.packs import Gold, Pack, PackQuestion, read_pack
from bot.features import FEATURES, rank
from bot.quoting import citation

PENALTY = 0.0005  # of the squared weights, a question
CONFIDENCE_PENALTY = 0.001
Weights = dict[str, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question with the features of its candidates [n, features] and which of them are right [n]."""

    set: str
    kind: str
    text: str
    searches: tuple[Search, ...]
    candidates: Candidates
    features: Floats
    right: NDArray[np.bool_]
    answerable: bool
    weight: float


def pack_examples(pack: Pack, edition: Edition) -> Iterator[Example]:
    for question in (*pack.questions, *pack.unanswerable):
        yield make_example(edition, [question.text], question, pack.name, 1.0)
    for group in pack.groups:
        for question in group.questions:
            yield make_example(edition, [question.text], question, pack.name, 0.6)
    for dialogue in pack.dialogues:
        for number, turn in enumerate(dialogue.turns):
            if turn.needs_context and not turn.small_talk:
                turns = [earlier.question.text for earlier in dialogue.turns[: number + 1]]
                yield make_example(edition, turns, replace(turn.question, kind="context"), pack.name, 1.0)


def make_example(edition: Edition, turns: Sequence[str], question: PackQuestion, name: str, weight: float) -> Example:
    """`turns` is what the visitor typed so far, the question last."""
    assistant, conversation = shipped(), Conversation()
    for utterance in turns[:-1]:
        conversation = assistant.reply(edition, conversation, utterance).conversation
    _, found = assistant.find(edition, conversation, turns[-1])
    right = np.array([_right(candidate, question.gold) for candidate in found.ranked], dtype=bool)
    features = found.ranked.features
    return Example(name, question.kind, turns[-1], found.searches, found.ranked, features, right, bool(question.gold), weight)


def _right(candidate: Candidate, gold: tuple[Gold, ...]) -> bool:
    cited = citation(candidate)
    return is_full(cited, gold) or is_right(cited, gold)


def fit_ranking(examples: Sequence[Example]) -> Weights:
    """Listwise softmax over the questions that have a right and a wrong candidate."""
    usable = [e for e in examples if e.right.any() and not e.right.all()]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * len(usable) * float(weights @ weights), 2 * PENALTY * len(usable) * weights
        for e in usable:
            scores = e.features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            hit = chances[e.right].sum()
            total -= e.weight * float(np.log(hit + 1e-12))
            inside = np.where(e.right, chances / (hit + 1e-12), 0.0)
            slope = slope - e.weight * (e.features.T @ (inside - chances))
        return total, slope

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 4) for name, value in zip(FEATURES, found, strict=True)}


def confidence_rows(examples: Sequence[Example], ranking: Weights) -> tuple[Floats, Floats, Floats]:
    """Signals [n, signals], whether the best candidate was right [n], weights [n]."""
    rows, right, weights = [], [], []
    for e in examples:
        ranked = rank(e.candidates, ranking)
        if ranked:
            place = next(
                i for i, c in enumerate(e.candidates) if (c.position, c.number) == (ranked[0].position, ranked[0].number)
            )
            rows.append(signals(e.searches, ranked, resources.word_vectors()))
            right.append(float(e.right[place]))
            weights.append(e.weight)
    return np.array(rows), np.array(right), np.array(weights)


def fit_confidence(rows: Floats, right: Floats, weights: Floats) -> Weights:
    def loss(found: Floats) -> tuple[float, Floats]:
        total = rows @ found
        chance = 1 / (1 + np.exp(-total))
        fit = weights @ np.logaddexp(0, np.where(right > 0.5, -total, total))
        penalty = CONFIDENCE_PENALTY * len(rows)
        bare = np.where(np.array(SIGNALS) == "bias", 0.0, found)
        return float(fit + penalty * bare @ bare), rows.T @ (weights * (chance - right)) + 2 * penalty * bare

    found = minimize(loss, np.zeros(len(SIGNALS)), jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 4) for name, value in zip(SIGNALS, found, strict=True)}


def probabilities(rows: Floats, weights: Weights) -> Floats:
    total: Floats = rows @ np.array([weights[name] for name in SIGNALS])
    return 1 / (1 + np.exp(-total))


def report(examples: Sequence[Example], ranking: Weights, certainty: Weights, point: float) -> None:
    by: dict[str, list[tuple[bool, bool, float]]] = {}
    for e in examples:
        ranked = rank(e.candidates, ranking)
        rows, right, _ = confidence_rows([e], ranking)
        sure = float(probabilities(rows, certainty)[0]) if ranked else 0.0
        for key in (e.kind, "ANSWERABLE" if e.answerable else "UNANSWERABLE"):
            by.setdefault(key, []).append((bool(len(right) and right[0]), sure >= point, sure))
    for kind, values in by.items():
        could = sum(r for r, _, _ in values) / len(values)
        shown = sum(r and a for r, a, _ in values) / len(values)
        answered = sum(a for _, a, _ in values) / len(values)
        print(
            f"   {kind:14s}{len(values):5d}  best right {could:6.1%}  right and answered {shown:6.1%}  answered {answered:6.1%}"
        )


def operating_point(rows: Floats, right: Floats, certainty: Weights) -> float:
    """The confidence below which at most 8 in 100 of the right ones lie."""
    sure = np.sort(probabilities(rows, certainty)[right > 0.5])
    return round(float(sure[int(0.08 * len(sure))]), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="+", metavar="PACK=DOCS")
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--squad-weight", type=float, default=0.1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    examples: list[Example] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, pair in enumerate(given.packs):
            pack, docs = map(Path, pair.split("="))
            examples += pack_examples(read_pack(pack), folder_edition(docs, Path(scratch) / str(number)))
        if given.squad:
            edition, questions = squad_edition(given.squad, Path(scratch) / "squad")
            examples += (make_example(edition, [q.text], q, "squad", given.squad_weight) for q in questions)
        judge(examples)
        ranking = fit_ranking(examples)
        rows, right, weights = confidence_rows(examples, ranking)
        certainty = fit_confidence(rows, right, weights)
        packs_only = [e for e in examples if e.set != "squad" and e.kind != "group"]
        point = operating_point(*confidence_rows(packs_only, ranking)[:2], certainty)
    fitted = {"ranking": ranking, "confidence": certainty, "operating_point": point}
    print("fitted on all of them, point", point)
    report(packs_only, ranking, certainty, point)
    if given.out:
        given.out.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fitted, indent=1))


def judge(examples: Sequence[Example]) -> None:
    """Each set with the weights of the others."""
    for name in dict.fromkeys(e.set for e in examples):
        others = [e for e in examples if e.set != name]
        own = [e for e in examples if e.set == name]
        if others:
            ranking = fit_ranking(others)
            rows, right, weights = confidence_rows(others, ranking)
            certainty = fit_confidence(rows, right, weights)
            print(f"{name}, fitted on the others")
            report(own, ranking, certainty, operating_point(rows, right, certainty))


if __name__ == "__main__":
    main()
