"""`faqtual check`: documents in, where they disagree and what their checks found out; exit status 1 while something stands."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot import checks
from bot.answers import Answer, Conversation
from bot.assistant import Assistant
from bot.checks import CheckReport
from bot.checks.golden import golden_findings
from bot.checks.wording_checks import wording_findings
from bot.edition import Edition
from bot.resources import word_vectors
from knowledge.releases import WordingCheck
from knowledge.triage import SETTLED, triages
from web.check_report import junit, show, to_json
from web.command.options import DONE, UNRESOLVED, WrongInput, add_data, add_docs, edition_of, opened, settings_from
from web.parts import assistant_for
from web.settings import Settings
from web.terminal import progress, say

HELP = "find where the documents disagree, and run the golden and wording checks"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--junit", metavar="FILE", help="also write the findings as JUnit XML")
    parser.add_argument(
        "--wordings", metavar="FILE", help="groups of phrasings that must get one answer: JSON, or blank lines between"
    )
    parser.add_argument("--text", metavar="FILE", help="also check each sentence of this text against the documents")
    add_docs(parser)
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    text = _read(options.text) if options.text else None
    wordings = read_wordings(_read(options.wordings), options.wordings) if options.wordings else ()
    edition = edition_of(options.docs, settings)
    report = _report(edition, settings, wordings, text)
    if options.junit:
        Path(options.junit).write_bytes(junit(report))
    if options.json:
        say(json.dumps(to_json(report), ensure_ascii=False))
    else:
        show(report)
    return UNRESOLVED if report.unresolved else DONE


def _report(edition: Edition, settings: Settings, wordings: tuple[WordingCheck, ...], text: str | None) -> CheckReport:
    assistant = assistant_for(settings)
    with opened(settings) as store:
        decided = triages(store.engine)
    with progress() as advance:
        findings = checks.find(edition, word_vectors(), lambda done, total: advance("comparing", done, total))
    return CheckReport(
        findings=findings,
        statuses={fingerprint: str(triage.status) for fingerprint, triage in decided.items()},
        settled=frozenset(fingerprint for fingerprint, triage in decided.items() if triage.status in SETTLED),
        golden=tuple(golden_findings(assistant, edition)),
        wordings=tuple(wording_findings((*edition.editorial.wordings, *wordings), asking(assistant, edition))),
        text=checks.checked(text, edition, word_vectors()) if text is not None else (),
        foreign=checks.foreign_documents(checks.documents_of(edition)),
        unread=edition.unread,
    )


def asking(assistant: Assistant, edition: Edition) -> Callable[[str], Answer]:
    """Each question by itself, as the first of a conversation."""
    return lambda question: assistant.reply(edition, Conversation(), question).answer


def _read(path: str) -> str:
    """Raises FileNotFoundError and other OSError, and WrongInput for what is no UTF-8."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongInput(f"{path}: not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8") from None


def read_wordings(text: str, path: str) -> tuple[WordingCheck, ...]:
    """A list of lists of questions, or of {"id", "questions"}; else one question a line and a blank line between groups.

    Raises WrongInput.
    """
    if not text.lstrip().startswith("["):
        groups = [block.split("\n") for block in text.replace("\r\n", "\n").split("\n\n")]
        return _checks([[line.strip() for line in group if line.strip()] for group in groups])
    try:
        return _checks(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise WrongInput(f"{path}: no list of groups of questions ({error})") from None


def _checks(groups: list[Any]) -> tuple[WordingCheck, ...]:
    made = []
    for number, group in enumerate(groups, 1):
        questions = tuple(group["questions"] if isinstance(group, dict) else group)
        if not all(isinstance(question, str) for question in questions):
            raise TypeError(f"group {number} holds something that is no question")
        if questions:
            made.append(
                WordingCheck(str(group["id"]) if isinstance(group, dict) and "id" in group else f"group {number}", questions)
            )
    return tuple(made)
