"""Question sets in, `docs/benchmarks.md` with its plots out: `python -m benchmarks.bench FOLDER`.

Every engine that is installed is measured in a process of its own, one after another, on one thread.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.page import Figures, page
from benchmarks.peers import LARGEST, PEERS, installed
from benchmarks.question_sets import SETS

ROOT = Path(__file__).parent.parent
SIZES = (10_000, 100_000, 1_000_000)
PATIENCE = 3_600  # seconds that one measurement may take
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is measured: every engine on every set, and at every size that it can reach in reasonable time."""

    engines: Sequence[str]
    sets: Sequence[str]
    sizes: Sequence[int]


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


def measured(sets: Path, wanted: Wanted, found: Figures) -> Iterator[Figures]:
    """`found`, as `benchmarks.page` reads it, after each thing that is wanted has been measured; what then fails is None."""
    for name in wanted.engines:
        for task in (*wanted.sets, *(str(size) for size in wanted.sizes if size <= LARGEST.get(name, size))):
            print(name, task, flush=True)
            figures = measure(sets, name, task)
            if task in SETS:
                found["quality"].setdefault(name, {})[task] = figures
            else:
                found["speed"].setdefault(task, {})[name] = figures
            yield ordered(found)


def ordered(found: Figures) -> Figures:
    """Engines in the order of `PEERS`, sizes rising."""
    quality = _ordered(found["quality"])
    return {
        **found,
        "quality": quality,
        "speed": {size: _ordered(found["speed"][size]) for size in sorted(found["speed"], key=int)},
    }


def _ordered(engines: Figures) -> Figures:
    return {name: engines[name] for name in PEERS if name in engines}


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(tz=UTC):%Y-%m-%d}, "
        f"load average {os.getloadavg()[0]:.1f} at the start"
    )


def draw(found: Figures, folder: Path) -> None:
    """Two plots as SVG."""
    import importlib

    plot: Any = importlib.import_module("matplotlib.pyplot")
    names = list(SETS)
    quality = {engine: sets for engine, sets in found["quality"].items() if any(sets.values())}
    figure, axes = plot.subplots(figsize=(9, 4))
    for number, (engine, sets) in enumerate(quality.items()):
        places = [place + number * 0.8 / len(quality) for place in range(len(names))]
        heights = [sets[name]["clean"][0] if sets.get(name) else 0.0 for name in names]
        axes.bar(places, heights, 0.8 / len(quality), color=f"C{number}", label=engine)
    axes.set_xticks([place + 0.35 for place in range(len(names))], names)
    axes.set_ylabel("Hit@1")
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
    figure.savefig(folder / "benchmarks-quality.svg", metadata={"Date": None}, bbox_inches="tight")
    figure, axes = plot.subplots(figsize=(9, 4))
    for number, engine in enumerate(PEERS):
        points = [(int(size), engines[engine]["median_ms"]) for size, engines in found["speed"].items() if engines.get(engine)]
        if points:
            sizes, times = zip(*points, strict=True)
            axes.loglog(sizes, times, marker="o", color=f"C{number}", label=engine)
    axes.set_xlabel("passages")
    axes.set_ylabel("median ms a question")
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
    figure.savefig(folder / "benchmarks-latency.svg", metadata={"Date": None}, bbox_inches="tight")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of the public question sets")
    parser.add_argument("--engines", nargs="*", choices=PEERS, default=installed(), help="by default all that are installed")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=list(SETS))
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="passages of the corpora for time and memory")
    parser.add_argument("--figures", type=Path, help="figures measured before, which what is measured now is added to")
    options = parser.parse_args()
    before = json.loads(options.figures.read_text("utf-8")) if options.figures else None
    wanted = Wanted(options.engines, options.sets, options.sizes)
    found = before or {"machine": machine(), "quality": {}, "speed": {}}
    docs = ROOT / "docs"
    for now in measured(options.folder.resolve(), wanted, found):  # kept as they come: a run takes an hour
        (docs / "benchmarks.json").write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    (docs / "benchmarks.md").write_text(page(ordered(found)), encoding="utf-8")
    draw(found, docs)


if __name__ == "__main__":
    main()
