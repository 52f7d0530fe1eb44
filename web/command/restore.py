"""`faqtual restore FILE`: everything in the database becomes what a backup holds; servers that run take it over."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.publishing import repair
from bot.transcript import Transcript
from knowledge.backup import restore
from knowledge.store import Store
from knowledge.transactions import DatabaseUnavailable
from web.audit import Audit
from web.command.options import DONE, WrongInput, add_data, opened, settings_from
from web.parts import encoder_for
from web.retention import Retention
from web.settings import Settings
from web.terminal import say

HELP = "replace the whole database by what a backup holds; running servers take it over"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="what `faqtual backup` wrote")
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    with _opened(settings) as store:
        try:
            restore(store.engine, Path(options.file))
        except ValueError as error:
            raise WrongInput(str(error)) from error
        # A backup may hold questions that are older by now than the owner lets them become.
        Retention(Transcript(store.engine), settings.retention_days).purge(datetime.now(UTC))
        Audit(store.engine).note("command line", "restore", Path(options.file).name)
        live = store.live()
        if live:
            repair(store, settings.data, live.release, encoder_for(settings))  # a backup holds no index files
    say(f"restored; live is {live.release}" if live else "restored; nothing is live in it")
    return DONE


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    """Raises WrongInput where the database to be replaced is past opening."""
    try:
        with opened(settings) as store:
            yield store
    except DatabaseUnavailable as error:
        if error.reason != "damaged":
            raise
        moving = f"stop the servers, move the files faqtual.db* out of {settings.data}, and restore again"
        raise WrongInput(f"{error.detail}; {moving}") from error
