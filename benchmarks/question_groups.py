"""Packs go in; how well ways of asking one thing are grouped comes out, and the weights that fit them.

    python -m benchmarks.question_groups PACK[:DOCS] ...

The questions are those of paraphrase_groups.json, alone and among those of unanswerable.json, each of which asks for something
else. Precision and recall are of pairs. The printed weights are fitted on all packs; each pack is also judged by those of the
others.
"""

import json
import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.editions import folder_edition
from bot.assistant import shipped
from bot.checks import question_groups
from bot.checks.question_groups import Asked, asked, grouped


@dataclass(frozen=True)
class Pack:
    """`labels` are the same for questions that ask the same; those from `answerable` on are asked once each."""

    name: str
    questions: Sequence[Asked]
    labels: Sequence[str]
    answerable: int


def read(pack: Path, docs: Path, scratch: Path) -> Pack:
    edition = folder_edition(docs, scratch)
    groups = json.loads((pack / "paraphrase_groups.json").read_text(encoding="utf-8"))
    texts = [(question, group["id"]) for group in groups for question in group["questions"]]
    apart = json.loads((pack / "unanswerable.json").read_text(encoding="utf-8"))
    texts += [(item["q"], f"apart {number}") for number, item in enumerate(apart)]
    questions = [asked(text, shipped(), edition) for text, _ in texts]
    return Pack(pack.name, questions, [label for _, label in texts], len(texts) - len(apart))


def pairs(pack: Pack) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What speaks for each pair, and whether it asks the same."""
    found, same = [], []
    for (a, first), (b, second) in combinations(zip(pack.questions, pack.labels, strict=True), 2):
        shared = sum(math.sqrt(a.answers[place] * b.answers[place]) for place in a.answers.keys() & b.answers.keys())
        found.append((float(a.direction @ b.direction), shared * math.sqrt(a.sure * b.sure)))
        same.append(first == second)
    return np.array(found), np.array(same)


def fitted(packs: Sequence[Pack]) -> tuple[float, float, float]:
    made = [pairs(pack) for pack in packs]
    model = LogisticRegression(C=10, max_iter=1000)
    model.fit(np.vstack([found for found, _ in made]), np.concatenate([same for _, same in made]))
    return float(model.coef_[0][0]), float(model.coef_[0][1]), float(model.intercept_[0])


def score(pack: Pack, count: int) -> str:
    """Of the first `count` questions."""
    groups = grouped(pack.questions[:count])
    group_of = {place: number for number, members in enumerate(groups) for place in members}
    right = together = same = 0
    for a, b in combinations(range(count), 2):
        one, met = pack.labels[a] == pack.labels[b], group_of[a] == group_of[b]
        same, together, right = same + one, together + met, right + (one and met)
    return f"precision {right / max(1, together):.2f}, recall {right / max(1, same):.2f}, {len(groups)} groups"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        named = [name.partition(":") for name in sys.argv[1:]]
        packs = [
            read(Path(pack), Path(docs) if docs else Path(pack) / "docs", Path(folder) / str(number))
            for number, (pack, _, docs) in enumerate(named)
        ]
    for pack in packs:
        if len(packs) > 1:
            weights = fitted([other for other in packs if other is not pack])
            question_groups.MEANING, question_groups.EVIDENCE, question_groups.BIAS = weights
        print(f"{pack.name}: {score(pack, pack.answerable)}; among others: {score(pack, len(pack.questions))}")
    print("meaning {:.2f}, evidence {:.2f}, bias {:.2f}".format(*fitted(packs)))


if __name__ == "__main__":
    main()
