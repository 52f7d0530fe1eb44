"""`faqtual eval PACK`: an evaluation pack in, the table of what was right and what was refused out."""

import json
import statistics
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.answers import Conversation, Turn
from bot.assistant import Assistant
from bot.edition import Edition
from bot.evaluation import Report, evaluate
from bot.evaluation.packs import Pack, read_pack
from web.command.options import DONE, add_data, add_docs, edition_of, settings_from
from web.parts import assistant_for
from web.terminal import progress, say

HELP = "score an evaluation pack"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("pack", metavar="PACK", help="a folder with questions.json and the other files of a pack")
    parser.add_argument("--json", action="store_true", help="as JSON")
    add_docs(parser)
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    folder = Path(options.pack)
    pack = read_pack(folder)
    own = folder / "docs"
    edition = edition_of(options.docs or (str(own) if own.is_dir() else None), settings)
    visitor = _Visitor(assistant_for(settings), edition)
    with progress() as advance:
        total = _questions(pack)
        report = evaluate(pack, visitor.ask, lambda done: advance("asking", done, total))
    times = {"median_ms": statistics.median(visitor.milliseconds), "p99_ms": _percentile(visitor.milliseconds, 0.99)}
    if options.json:
        table = {"pack": report.pack, "rows": [asdict(row) for row in report.rows], "shares": report.shares, **times}
        say(json.dumps({**table, "risk_coverage": report.risk_coverage}))
    else:
        _print(report, times)
    return DONE


class _Visitor:
    """Asks what was typed turn by turn, in one conversation, and takes the time of the last answer."""

    def __init__(self, assistant: Assistant, edition: Edition) -> None:
        self._assistant = assistant
        self._edition = edition
        self.milliseconds: list[float] = []

    def ask(self, typed: Sequence[str]) -> Turn:
        conversation = Conversation()
        for utterance in typed:
            began = time.perf_counter()
            turn = self._assistant.reply(self._edition, conversation, utterance)
            conversation = turn.conversation
        self.milliseconds.append((time.perf_counter() - began) * 1000)
        return turn


def _questions(pack: Pack) -> int:
    turns = sum(len(dialogue.turns) for dialogue in pack.dialogues)
    return len(pack.questions) + len(pack.unanswerable) + turns + sum(len(group.questions) for group in pack.groups)


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _print(report: Report, times: dict[str, float]) -> None:
    say(f"{report.pack:<34}{'n':>6}{'right@1':>9}{'right@3':>9}{'full@1':>9}{'answered':>10}", "bold")
    for row in report.rows:
        say(f"{row.name:<34}{row.count:>6}{row.first:>9.3f}{row.third:>9.3f}{row.full:>9.3f}{row.answered:>10.3f}")
    for name, share in report.shares.items():
        say(f"{name:<34}{'-' if share is None else f'{share:.3f}':>15}")
    for name, value in times.items():
        say(f"{name:<34}{value:>15.1f}")
