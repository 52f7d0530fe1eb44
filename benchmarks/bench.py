"""Question sets in, `docs/benchmarks.md` with its plots out: `python -m benchmarks.bench SETS`.

Every engine that is installed is measured in a process of its own, one after another, on one thread.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.peers import LARGEST, installed

ROOT = Path(__file__).parent.parent
SIZES = (10_000, 100_000, 1_000_000)
PATIENCE = 3_600  # seconds that one measurement may take
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
KINDS = {"clean": "as asked", "misspelled": "misspelled", "hard": "two errors in half of the words"}

Figures = dict[str, Any]


def measure(sets: Path, name: str, task: str) -> Figures | None:
    """None where it took too long or failed; the reason goes to standard error."""
    command = [sys.executable, "-m", "benchmarks.measure", str(sets), name, task]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | ONE_THREAD, check=True, timeout=PATIENCE, stdout=subprocess.PIPE, text=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"{name} {task}: {error}", file=sys.stderr)
        return None
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(sets: Path, sizes: Sequence[int]) -> Figures:
    """{"machine", "quality": {engine: ...}, "speed": {size: {engine: ...}}}"""
    found: Figures = {"machine": machine(), "quality": {}, "speed": {str(size): {} for size in sizes}}
    for name in installed():
        for task in ("quality", *(str(size) for size in sizes if size <= LARGEST.get(name, size))):
            print(name, task, flush=True)
            part = found["quality"] if task == "quality" else found["speed"][task]
            part[name] = measure(sets, name, task)
    return found


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(tz=UTC):%Y-%m-%d}"


def page(found: Figures) -> str:
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Made by `python -m benchmarks.bench SETS`. Ratios are what counts: the times are the processor's, one question",
            f"at a time, on one thread ({found['machine']}).",
            "",
            "## Finding the right passage",
            "",
            "Hit@1 / Hit@3 / mean reciprocal rank at 10 on four public question sets. The shipped weights were fitted on all",
            "four; `python -m benchmarks.fit_ranking SETS` reports each set with weights that were fitted on the other three.",
            "",
            *(line for kind, title in KINDS.items() for line in _quality_table(found["quality"], kind, title)),
            "![Hit@1 by set](benchmarks-quality.svg)",
            "",
            "## Time and memory",
            "",
            "Passages of resampled real sentences, real questions, everything switched on.",
            "",
            *_speed_table(found["speed"]),
            *found.get("notes", []),
            "",
            "![Latency by size](benchmarks-latency.svg)",
            "",
        ]
    )


def _quality_table(quality: Figures, kind: str, title: str) -> Iterator[str]:
    names = list(next(iter(quality.values())))
    yield from (
        f"Questions {title}:",
        "",
        f"| engine | {' | '.join(names)} | mean Hit@1 |",
        f"|---|{'---|' * (len(names) + 1)}",
    )
    for engine, sets in quality.items():
        if sets:
            cells = [" / ".join(f"{value:.3f}" for value in sets[name][kind]) for name in names]
            mean = sum(sets[name][kind][0] for name in names) / len(names)
            yield f"| {engine} | {' | '.join(cells)} | {mean:.3f} |"
    yield ""


def _speed_table(speed: Figures) -> Iterator[str]:
    yield from ("| passages | engine | build s | peak MB | median ms | p99 ms |", "|---|---|---|---|---|---|")
    for size, engines in speed.items():
        for engine, figures in engines.items():
            if figures:
                cells = (figures["build_s"], figures["peak_mb"], figures["median_ms"], figures["p99_ms"])
                yield f"| {int(size):,} | {engine} | {cells[0]:.1f} | {cells[1]:,.0f} | {cells[2]:.2f} | {cells[3]:.2f} |"
    yield ""


def draw(found: Figures, folder: Path) -> None:
    """Two plots as SVG."""
    import importlib

    plot: Any = importlib.import_module("matplotlib.pyplot")
    quality = {engine: sets for engine, sets in found["quality"].items() if sets}
    names = list(next(iter(quality.values())))
    figure, axes = plot.subplots(figsize=(9, 4))
    for number, (engine, sets) in enumerate(quality.items()):
        places = [place + number * 0.8 / len(quality) for place in range(len(names))]
        axes.bar(places, [sets[name]["clean"][0] for name in names], 0.8 / len(quality), label=engine)
    axes.set_xticks([place + 0.35 for place in range(len(names))], names)
    axes.set_ylabel("Hit@1")
    axes.legend(fontsize=8)
    figure.savefig(folder / "benchmarks-quality.svg", metadata={"Date": None})
    figure, axes = plot.subplots(figsize=(9, 4))
    for engine in quality:
        points = [(int(size), engines[engine]["median_ms"]) for size, engines in found["speed"].items() if engines.get(engine)]
        axes.loglog([size for size, _ in points], [time for _, time in points], marker="o", label=engine)
    axes.set_xlabel("passages")
    axes.set_ylabel("median ms a question")
    axes.legend(fontsize=8)
    figure.savefig(folder / "benchmarks-latency.svg", metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, help="the folder of the public question sets")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--figures", type=Path, help="write the page from figures measured before instead of measuring")
    options = parser.parse_args()
    docs = ROOT / "docs"
    found = (
        json.loads(options.figures.read_text("utf-8")) if options.figures else measured(options.sets.resolve(), options.sizes)
    )
    (docs / "benchmarks.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (docs / "benchmarks.md").write_text(page(found), encoding="utf-8")
    draw(found, docs)


if __name__ == "__main__":
    main()
