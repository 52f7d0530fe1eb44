"""`faqtual backup FILE`: one file that holds the whole database, made while servers run."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from knowledge.backup import back_up
from web.command.options import DONE, WrongInput, add_data, opened, settings_from
from web.terminal import say
from web.tokens import FILE

HELP = "write the whole database to one file, while servers run"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file that is not there yet")
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    target = Path(options.file)
    if not target.absolute().parent.is_dir():
        raise WrongInput(f"{target}: there is no such folder to write to")
    with opened(settings) as store:
        try:
            back_up(store.engine, target)
        except ValueError as error:
            raise WrongInput(str(error)) from error
    say(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    if not settings.secret_key:
        say(f"The secret is not in it: keep a copy of {settings.data / FILE} in another place")
    return DONE
