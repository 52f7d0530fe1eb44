"""How long one answer takes without a server, and how long publishing takes: `python -m benchmarks.speed` prints the table."""

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.load import PASSAGES, large, published, questions
from bot.answers import Conversation
from bot.assistant import shipped
from bot.publishing import open_edition
from web.command.serve import SAMPLE
from web.parts import open_store
from web.settings import Settings

ASKED = 300


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(folder) / "docs"
        docs.mkdir()
        print("| documents | publish s | open and prepare s | answer, median ms | p99 ms |\n|---|---|---|---|---|")
        texts = row("sample", SAMPLE, Path(folder) / "small", [])
        large(docs, texts)
        row(f"{PASSAGES:,} passages", docs, Path(folder) / "big", texts)


def row(name: str, docs: Path, data: Path, asked_of: list[str]) -> list[str]:
    """Prints one line; the texts that were published."""
    began = time.perf_counter()
    texts = published(docs, data)
    published_at = time.perf_counter()
    store = open_store(Settings(data=data))
    edition = open_edition(store, data)
    shipped().prepare(edition)  # as a server does beside its first answers
    opened_at = time.perf_counter()
    times = []
    for question in questions(asked_of or texts, ASKED):
        asked_at = time.perf_counter()
        shipped().reply(edition, Conversation(), question)
        times.append((time.perf_counter() - asked_at) * 1000)
    store.engine.dispose()
    median, slowest = statistics.median(times), sorted(times)[int(0.99 * ASKED)]
    print(
        f"| {name} | {published_at - began:.1f} | {opened_at - published_at:.2f} | {median:.1f} | {slowest:.1f} |", flush=True
    )
    return texts


if __name__ == "__main__":
    main()
