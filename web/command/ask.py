"""`faqtual ask "QUESTION"`: one answer in the terminal; without a question, one for every line of standard input."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

import msgspec

from bot.answers import Conversation, Turn
from bot.edition import Edition
from knowledge.metadata import language
from web import serialise
from web.command.options import DONE, WrongInput, add_data, add_docs, edition_of, settings_from
from web.contract import LONGEST_QUESTION
from web.parts import assistant_for
from web.printing import explained, print_explained, print_turn
from web.settings import Settings
from web.terminal import note
from web.tokens import Signer, load_secrets

HELP = "answer a question in the terminal"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="else one a line from standard input: a conversation")
    parser.add_argument("--lang", default="en", metavar="TAG", help="language of the notes (default en)")
    parser.add_argument("--json", action="store_true", help="the reply of the API, one a line")
    parser.add_argument("--explain", action="store_true", help="also the passages found, with their signals")
    add_docs(parser)
    add_data(parser)


def run(options: Namespace) -> int:
    if language(options.lang) is None:
        raise WrongInput(f"--lang: {options.lang!r} is no language tag; give one like en or pt-BR")
    settings = settings_from(options)
    edition = edition_of(options.docs, settings)
    assistant = assistant_for(settings)
    conversation = Conversation()
    for question in [options.question] if options.question is not None else _typed():
        turn = assistant.reply(edition, conversation, question[:LONGEST_QUESTION], options.lang)
        conversation = turn.conversation
        if options.json:
            _print_json(turn, edition, settings, explain=options.explain)
        else:
            print_turn(turn, settings.contact)
            if options.explain:
                print_explained(turn, edition)
    return DONE


def _typed() -> Iterator[str]:
    """The lines of standard input; on a terminal with a prompt, until an empty one."""
    interactive = sys.stdin.isatty()
    if interactive:
        note("Type a question; an empty line ends.")
    for line in sys.stdin:
        if line.strip():
            yield line.strip()
        elif interactive:
            return


def _print_json(turn: Turn, edition: Edition, settings: Settings, *, explain: bool) -> None:
    reply = serialise.reply(turn, Signer(load_secrets(settings)), settings.contact)
    found: dict[str, Any] = msgspec.to_builtins(reply)
    if explain:
        found["explain"] = explained(turn, edition)
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
