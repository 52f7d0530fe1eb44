"""Packs go in; how often each of their labelled sentences is judged as its reader judged it comes out, with all others.

    python -m benchmarks.text_check PACK_DIR[:DOCS_DIR] | COMPANY.md ...

A sentence that is passed over counts as not found.
"""

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labelled_texts import NAMED, Labelled, labelled
from bot.checks import checked
from bot.checks.text_check import Evidence, Verdict
from bot.resources import word_vectors

LABELS = {"supported": Verdict.SUPPORTED, "contradicted": Verdict.CONTRADICTED, "not_found": Verdict.NOT_FOUND}


@dataclass(frozen=True)
class Judged:
    text: str
    label: Verdict
    verdict: Verdict
    evidence: tuple[Evidence, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description="Scores the check of a text.")
    parser.add_argument("packs", nargs="+", metavar=NAMED)
    for named in parser.parse_args().packs:
        with tempfile.TemporaryDirectory() as scratch:
            texts = labelled(named, Path(scratch))
            score(texts.name, judged(texts))


def judged(texts: Labelled) -> list[Judged]:
    found = []
    for item in texts.items:
        results = checked(item["text"], texts.edition, word_vectors())
        verdict = results[0].verdict if results else Verdict.NOT_FOUND
        evidence = results[0].evidence if results else ()
        found.append(Judged(item["text"], LABELS[item["label"]], verdict, evidence))
    return found


def score(name: str, sentences: list[Judged]) -> None:
    right = Counter(one.label for one in sentences if one.verdict is one.label)
    wronged = sum(one.label is Verdict.SUPPORTED and one.verdict is Verdict.CONTRADICTED for one in sentences)
    each = ", ".join(f"{label} {right[label]} of {sum(one.label is label for one in sentences)}" for label in Verdict)
    print(f"{name}: {right.total()} of {len(sentences)} right ({each}), supported ones called contradicted: {wronged}")
    for one in sentences:
        if one.verdict is not one.label:
            print(f"  {one.label}, judged {one.verdict}: {one.text}")
            for quote in one.evidence[:2]:
                print(f"      {quote.score} {quote.kind or ''} {quote.document}: {' '.join(quote.quote.split())}")


if __name__ == "__main__":
    main()
