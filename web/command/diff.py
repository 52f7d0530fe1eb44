"""`faqtual diff DIR`: a folder in, the answers that it would change against the live release out."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from bot.answers import Answer
from bot.checks.answer_changes import AnswerChange
from bot.checks.golden import golden_gate
from bot.edition import Edition
from bot.publishing import open_edition, preview
from bot.publishing.publications import Terms
from web.command.changed import changed, lines
from web.command.options import DONE, UNRESOLVED, add_data, folder, opened, report_unread, settings_from
from web.parts import assistant_for, encoder_for
from web.settings import Settings
from web.terminal import note, progress, say

HELP = "list the answers that a folder of documents would change"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="the folder of documents")
    parser.add_argument("--json", action="store_true", help="as JSON")
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    live, proposed, broken = _editions(options.folder, settings)
    changes, _ = changed(live, proposed, settings)
    if options.json:
        found = {"changes": [_json(change) for change in changes], "golden": broken}
        say(json.dumps({**found, "before": live.release, "after": proposed.release}, ensure_ascii=False))
    else:
        _show(changes, broken)
    return UNRESOLVED if broken else DONE


def _editions(path: str, settings: Settings) -> tuple[Edition, Edition, list[str]]:
    """What is live, what publishing the folder would make live, and the golden checks that break there."""
    docs, encoder = folder(path), encoder_for(settings)
    with opened(settings) as store, progress() as advance:
        live = open_edition(store, settings.data, encoder=encoder)
        terms = Terms(override=True, overwrite=True, empty=True, progress=advance, encoder=encoder)
        found = preview(store, docs, settings.data, terms)
    report_unread(found.publication.unread)
    for name in found.publication.overwritten:
        note(f"changed in the console, and replaced by the folder: {name}")
    return live, found.edition, golden_gate(assistant_for(settings))(found.edition)


def _json(change: AnswerChange) -> dict[str, Any]:
    return {
        "question": change.question,
        "kind": str(change.kind),
        "before": _answer(change.before),
        "after": _answer(change.after),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    cited = [
        {"document": one.document.name, "quote": one.quote, "start": one.start, "end": one.end} for one in answer.citations
    ]
    return {"outcome": str(answer.outcome), "answer": answer.text, "citations": cited}


def _show(changes: list[AnswerChange], broken: list[str]) -> None:
    say(f"answers that would change: {len(changes)}", "bold")
    for line in lines(changes):
        say(line)
    for line in broken:
        say(f"golden check breaks: {line}")
