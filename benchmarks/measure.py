"""One engine on one task in a process of its own: `python -m benchmarks.measure SETS NAME SET|SIZE`; JSON out."""

import json
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpora import SEED, corpus
from benchmarks.misspeller import misspell
from benchmarks.peers import PEERS, Search
from benchmarks.question_sets import Asked, QuestionSet, read_set, read_sets

ASKED_OF_A_CORPUS = 300  # questions, each once, after as many others that warm up
LONGEST_WARMING, LONGEST_ASKING = 10.0, 60.0  # seconds after which no more are asked: engines differ a thousandfold
DEPTH = 10


def quality(name: str, questions: QuestionSet) -> dict[str, list[float]]:
    """For each kind of wording Hit@1, Hit@3 and the mean reciprocal rank at 10; as "ms" the median milliseconds a question."""
    rng = random.Random(SEED)
    hard = [Asked(misspell(asked.text, rng), asked.right) for asked in questions.clean]
    found: dict[str, list[float]] = {}
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        search = PEERS[name](questions.entries, Path(folder))
        for kind, asked in {"clean": questions.clean, "misspelled": questions.misspelled, "hard": hard}.items():
            ranks, taken = zip(*(_ranked(search, one) for one in asked), strict=True)
            first, third = (float(np.mean([0 < rank <= depth for rank in ranks])) for depth in (1, 3))
            found[kind] = [first, third, float(np.mean([1 / rank if rank else 0.0 for rank in ranks]))]
            times += taken
    return {**found, "ms": [float(np.median(times))]}


def _ranked(search: Search, asked: Asked) -> tuple[int, float]:
    """The rank of the best right passage, 0 where none was found, and the processor's milliseconds."""
    start = time.process_time()
    found = search(asked.text, DEPTH)
    return _rank(found, asked.right), (time.process_time() - start) * 1e3


def _rank(positions: Sequence[int], right: frozenset[int]) -> int:
    return next((rank for rank, position in enumerate(positions, 1) if position in right), 0)


def speed(name: str, sets: Sequence[QuestionSet], size: int) -> dict[str, float]:
    """Seconds to build, megabytes at the peak, milliseconds a question in the middle and at the 99th percentile.

    Times are the processor's, on one thread, so that what else the machine does counts little.
    """
    sources = [entry for questions in sets for entry in questions.entries]
    entries = list(corpus(sources, size))
    before = _peak()
    asked = [a.text for questions in sets for part in (questions.clean, questions.misspelled) for a in part]
    random.Random(SEED).shuffle(asked)
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        search = PEERS[name](entries, Path(folder))
        built, peak = time.process_time() - start, _peak()
        _times(search, asked[:ASKED_OF_A_CORPUS], LONGEST_WARMING)
        times = _times(search, asked[ASKED_OF_A_CORPUS : 2 * ASKED_OF_A_CORPUS], LONGEST_ASKING)
    middle, late = np.quantile(times, [0.5, 0.99])
    figures = {"build_s": built, "peak_mb": peak - before, "median_ms": float(middle), "p99_ms": float(late)}
    return {**figures, "asked": len(times)}


def _times(search: Search, questions: Sequence[str], longest: float) -> list[float]:
    """Milliseconds for each question, until they are all asked or took `longest` seconds together."""
    times: list[float] = []
    for question in questions:
        if sum(times) < longest * 1e3:
            times.append(_timed(search, question))
    return times


def _timed(search: Search, question: str) -> float:
    start = time.process_time()
    search(question, DEPTH)
    return (time.process_time() - start) * 1e3


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if platform.system() == "Linux" else 1024**2)


def main() -> None:
    folder, name, task = sys.argv[1:]
    sets = Path(folder)
    print(json.dumps(speed(name, read_sets(sets), int(task)) if task.isdigit() else quality(name, read_set(sets, task))))


if __name__ == "__main__":
    main()
