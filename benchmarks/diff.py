"""One changed sentence in one document of 1,000: how long `faqtual diff` takes to ask 1,000 questions before and after.

`python -m benchmarks.diff [--documents 1000] [--reword]` prints the seconds; `--reword` changes the words of the sentence, not
only a figure in it.
"""

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.publishing import publish
from knowledge.sentences import split_sentences
from web.parts import open_store
from web.settings import Settings

PACKS = Path(__file__).parent / "packs"
PARAGRAPHS, SENTENCES = 5, 3  # of a document, of a paragraph
SEED = 20_261_121
LEAD, END = (
    ("North", "South", "Wood", "Ash", "Thorn", "Mill", "Stone", "High"),
    ("wick", "ford", "by", "ham", "ley", "den", "mere"),
)
NEW = "Members who arrive early may wait in the small hall until the doors are opened."


def documents(folder: Path, count: int) -> None:
    """`count` documents of the packs' sentences with other figures, each under a question of its own."""
    chosen = random.Random(SEED)
    texts = [path.read_text(encoding="utf-8") for path in sorted(PACKS.glob("*/docs/*.[mt][dx]*"))]
    lines = [" ".join(span.of(text).split()) for text in texts for span in split_sentences(text)]
    sentences = sorted({line for line in lines if 30 <= len(line) <= 200 and line[0].isupper() and line.endswith(".")})
    asked = sorted({line.lstrip("# *") for line in lines if line.endswith("?") and 15 <= len(line) <= 90})
    folder.mkdir()
    for number in range(count):
        place = chosen.choice(LEAD) + chosen.choice(END) + f" {number}"
        paragraphs = [" ".join(_varied(chosen, sentences) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
        heading = f"{chosen.choice(asked)[:-1]} in {place}?"
        (folder / f"{number:04}.md").write_text(f"# {heading}\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")


def _varied(chosen: random.Random, sentences: list[str]) -> str:
    return re.sub(r"\b\d{1,3}\b", lambda _: str(chosen.randint(2, 400)), chosen.choice(sentences))


def change_one_sentence(folder: Path, *, reword: bool) -> None:
    """Of a document in the middle: its first figure, or all of it."""
    paths = sorted(folder.iterdir())
    for path in paths[len(paths) // 2 :]:
        heading, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        changed = re.sub(r"^.*?\.", NEW, body, count=1) if reword else re.sub(r"\b\d+\b", "1234", body, count=1)
        if changed != body:
            path.write_text(f"{heading}\n\n{changed}", encoding="utf-8")
            return


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--reword", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        docs, data = Path(folder) / "docs", Path(folder) / "data"
        documents(docs, given.documents)
        store = open_store(Settings(data=data))
        publish(store, docs, data)
        store.engine.dispose()
        change_one_sentence(docs, reword=given.reword)
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "web.commands", "diff", str(docs), "--data", str(data)],
            capture_output=True,
            text=True,
            check=False,
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(done.stdout.splitlines()[0] if done.stdout else done.stderr)
        print(f"{time.perf_counter() - began:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of CPU time")


if __name__ == "__main__":
    main()
