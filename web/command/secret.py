"""`faqtual secret rotate`: a new secret signs from now on; what the earlier ones signed stays good."""

from argparse import ArgumentParser, Namespace

from web.command.options import DONE, WrongInput, add_data, settings_from
from web.terminal import say
from web.tokens import FILE, rotate_secret_file

HELP = "make a new signing secret"


def add_arguments(parser: ArgumentParser) -> None:
    commands = parser.add_subparsers(metavar="rotate", dest="action", required=True)
    text = "sign with a new secret; what the last ones signed stays good, so nobody is logged out"
    added = commands.add_parser("rotate", help=text, description=text)
    added.add_argument("--forget", action="store_true", help="drop the earlier secrets: everybody is signed out")
    add_data(added)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    if settings.secret_key or settings.shares_database:
        raise WrongInput("the secret is a setting here: put a new one in front of FAQTUAL_SECRET_KEY on every server")
    rotate_secret_file(settings.data / FILE, forget=options.forget)
    say(f"{settings.data / FILE} has a new secret. Let the servers read it: kill -HUP, or restart them")
    return DONE
