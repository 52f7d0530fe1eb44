"""`faqtual erase ID`: what is kept of one question, by the id of its answer, or the words of an audit entry go for good."""

from argparse import ArgumentParser, Namespace

from bot.transcript import Transcript
from web.audit import Audit, number_of
from web.command.options import DONE, WrongInput, add_data, opened, settings_from
from web.settings import Settings
from web.terminal import say
from web.tokens import Signer, load_secrets

ENTRY = "audit:"  # before the number of an entry of the audit log
HELP = "delete what is kept of a question, by the id that its answer carried or that an export shows"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "id", metavar="ID", help="the id of a reply, or of a row in the console's export; audit:42 for the words of entry 42"
    )
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    if options.id.startswith(ENTRY):
        return _of_audit_log(options.id, settings)
    # A visitor knows only the signed id; it stays good for this however old it is.
    key = Signer(load_secrets(settings)).answer_key(options.id) or options.id
    with opened(settings) as store:
        gone = Transcript(store.engine).erase(key)
        if not gone:
            raise WrongInput(f"{options.id}: no question is kept under this id")
        Audit(store.engine).note("command line", "erase", key)
    say(f"erased: {gone}")
    return DONE


def _of_audit_log(name: str, settings: Settings) -> int:
    with opened(settings) as store:
        audit = Audit(store.engine)
        try:
            known = audit.erase_words(number_of(name.removeprefix(ENTRY)))
        except ValueError:
            known = False
        if not known:
            raise WrongInput(f"{name}: the audit log has no such entry")
        audit.note("command line", "erase", name)
    say("erased: the words of 1 entry of the audit log")
    return DONE
