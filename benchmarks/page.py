"""What `benchmarks.bench` measured goes in, the text of `docs/benchmarks.md` comes out; what was not measured is called so."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.question_sets import SETS

KINDS = {"clean": "as asked", "misspelled": "misspelled", "hard": "two errors in half of the words"}
SEAM = ("Faqtual", "Faqtual with MiniLM-L6", "MiniLM-L6")
MISSING = "not run"

Figures = dict[str, Any]


def page(found: Figures) -> str:
    """`found` is {"machine": text, "quality": {engine: {set: {kind: [...]}}}, "speed": {size: {engine: {...}}}} and perhaps
    "notes": {"quality", "signals", "misses", "seam" or "speed": [text]}. What is None or not there was not measured."""
    quality = found["quality"]
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Made by `make bench SETS=FOLDER`. Ratios are what counts: the times are the processor's, one question at a time,",
            f"on one thread ({found['machine']}).",
            "",
            "## Finding the right passage",
            "",
            "Hit@1 / Hit@3 / mean reciprocal rank at 10 on four public question sets. The shipped weights were fitted on all",
            "four; `python -m benchmarks.fit_ranking SETS` reports each set with weights that were fitted on the other three.",
            "",
            *(line for kind, title in KINDS.items() for line in _quality_table(quality, kind, title)),
            *_paragraphs(found.get("notes", {}).get("quality", [])),
            "![Hit@1 by set](benchmarks-quality.svg)",
            "",
            *_section("What each signal adds", found.get("notes", {}).get("signals", [])),
            *_section("The worst kinds of miss", found.get("notes", {}).get("misses", [])),
            "## A stronger encoder",
            "",
            'With `meaning = "sentence-transformers:FOLDER"` a model of the owner compares whole texts in place of the shipped',
            "word vectors; the weights stay those that were fitted for the shipped ones. What all-MiniLM-L6-v2 buys and costs,",
            "as Hit@1 as asked / misspelled / with two errors in half of the words, and milliseconds a question in the middle:",
            "",
            *_seam_table(quality),
            *_paragraphs(found.get("notes", {}).get("seam", [])),
            "## Time and memory",
            "",
            "Passages of resampled real sentences, real questions, everything switched on.",
            "",
            *_speed_table(found["speed"]),
            *_paragraphs(found.get("notes", {}).get("speed", [])),
            "![Latency by size](benchmarks-latency.svg)",
            "",
        ]
    )


def _quality_table(quality: Figures, kind: str, title: str) -> Iterator[str]:
    yield from (f"Questions {title}:", "", *_head("engine", *SETS, "mean Hit@1"))
    for engine, sets in quality.items():
        known = [sets[name][kind] for name in SETS if sets.get(name)]
        if known:
            cells = [_numbers(sets[name][kind]) if sets.get(name) else MISSING for name in SETS]
            mean = f"{sum(values[0] for values in known) / len(known):.3f}" if len(known) == len(SETS) else ""
            yield _row(engine, *cells, mean)
    yield ""


def _seam_table(quality: Figures) -> Iterator[str]:
    yield from _head("engine", *(f"{name}{unit}" for name in SETS for unit in ("", ", ms")))
    for engine in SEAM:
        cells = []
        for name in SETS:
            values = quality.get(engine, {}).get(name)
            cells += [_numbers(values[kind][0] for kind in KINDS) if values else MISSING, _milliseconds(values)]
        yield _row(engine, *cells)
    yield ""


def _milliseconds(values: Figures | None) -> str:
    return f"{values['ms'][0]:.1f}" if values and "ms" in values else ""


def _speed_table(speed: Figures) -> Iterator[str]:
    yield from _head("passages", "engine", "build s", "peak MB", "median ms", "p99 ms")
    for size, engines in speed.items():
        for engine, figures in engines.items():
            if figures:
                build, peak = f"{figures['build_s']:.1f}", f"{figures['peak_mb']:,.0f}"
                yield _row(f"{int(size):,}", engine, build, peak, f"{figures['median_ms']:.2f}", f"{figures['p99_ms']:.2f}")
    yield ""


def _head(*names: str) -> tuple[str, str]:
    return _row(*names), "|" + "---|" * len(names)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _numbers(values: Iterable[float]) -> str:
    return " / ".join(f"{value:.3f}" for value in values)


def _section(title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield from (f"## {title}", "", *_paragraphs(texts))


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (text, "")
