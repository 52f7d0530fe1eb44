"""`faqtual erase ID`: what is kept of one question, by the id of its answer, goes for good."""

from argparse import ArgumentParser, Namespace

from bot.transcript import Transcript
from web.audit import Audit
from web.command.options import DONE, WrongInput, add_data, opened, settings_from
from web.terminal import say
from web.tokens import Signer, load_secrets

HELP = "delete what is kept of a question, by the id that its answer carried or that an export shows"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the id of a reply, or of a row in the console's export")
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    # A visitor knows only the signed id; it stays good for this however old it is.
    key = Signer(load_secrets(settings)).answer_key(options.id) or options.id
    with opened(settings) as store:
        gone = Transcript(store.engine).erase(key)
        if not gone:
            raise WrongInput(f"{options.id}: no question is kept under this id")
        Audit(store.engine).note("command line", "erase", key)
    say(f"erased: {gone}")
    return DONE
