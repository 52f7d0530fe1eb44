"""A process that publishes edition after edition: `python -m tests.faults.publisher URL DATA FIRST`.

Every document of edition N says that it is number N. What was published is printed, so that a reader of the output knows what
was acknowledged. With HOLD in the environment it waits, once inside the gate, for a line on its input.
"""

import os
import sys
import tempfile
from itertools import count
from pathlib import Path

from bot.edition import Edition
from bot.publishing import publish
from bot.publishing.publications import Terms
from knowledge.database import connect
from knowledge.store import Store

DOCUMENTS = 3


def write_edition(folder: Path, number: int) -> None:
    for page in range(DOCUMENTS):
        (folder / f"page{page}.txt").write_text(f"This is page {page}.\n\nThe edition is number {number}.\n")


def number_of(edition: Edition) -> int:
    """The number that every document gives. Raises AssertionError where they differ."""
    texts = [document.text for document, _ in edition.contents.documents()]
    numbers = {int(text.rsplit(maxsplit=1)[1].strip(".")) for text in texts}
    assert len(texts) == DOCUMENTS
    assert len(numbers) == 1
    return numbers.pop()


def _gate(_: Edition) -> list[str]:
    if "HOLD" in os.environ:
        _say("in the gate")
        sys.stdin.readline()
    return []


def _say(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(url: str, data: str, first: str) -> None:
    _say("ready")
    store = Store(connect(url))
    with tempfile.TemporaryDirectory(dir=Path(data).parent) as name:
        for number in count(int(first)):
            write_edition(Path(name), number)
            publish(store, Path(name), Path(data), Terms(who=f"publisher {first}", gate=_gate, keep=3))
            _say(number)
            if "ONCE" in os.environ:
                return


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as error:  # noqa: BLE001 - it is what the test looks at
        _say(f"{type(error).__name__}: {error}")
        sys.exit(1)
