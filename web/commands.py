"""The `faqtual` command line: arguments in, an exit status out. One command is one file of `web/command` and one line here.

Exit statuses: 0 done; 1 something unresolved stands: a golden check breaks, a check has findings; 2 the arguments, a setting
or a file cannot be used; 3 done, but some documents could not be read; 4 not done, try again: the database or the disk
refuses, or somebody else publishes; 130 interrupted.
"""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from bot.edition import EditionUnusable, NothingPublished
from bot.evaluation.packs import PackError
from bot.publishing.publications import GateClosed
from bot.resources import ResourceError
from knowledge.backup import BackupUnusable
from knowledge.child import ChildError
from knowledge.codec import BlobDamagedError
from knowledge.metadata import MetadataError
from knowledge.records import PublishInProgress, ReleaseOutdated, ReleaseUnknown
from knowledge.transactions import DatabaseUnavailable
from web.command import (
    ask,
    backup,
    check,
    diff,
    erase,
    evaluate,
    publish,
    releases,
    restore,
    rollback,
    secret,
    serve,
    staff,
)
from web.command.options import DONE, INTERRUPTED, TRY_AGAIN, UNRESOLVED, UNUSABLE, WrongInput
from web.settings import SettingsError
from web.terminal import note

COMMANDS = {
    "serve": serve,
    "ask": ask,
    "publish": publish,
    "releases": releases,
    "rollback": rollback,
    "check": check,
    "diff": diff,
    "eval": evaluate,
    "staff": staff,
    "backup": backup,
    "restore": restore,
    "erase": erase,
    "secret": secret,
}
STATUSES: dict[type[Exception], int] = {
    GateClosed: UNRESOLVED,
    SettingsError: UNUSABLE,
    WrongInput: UNUSABLE,
    NotADirectoryError: UNUSABLE,
    FileNotFoundError: UNUSABLE,
    FileExistsError: UNUSABLE,
    BackupUnusable: UNUSABLE,
    MetadataError: UNUSABLE,
    PackError: UNUSABLE,
    ReleaseUnknown: UNUSABLE,
    NothingPublished: UNUSABLE,
    PublishInProgress: TRY_AGAIN,
    ReleaseOutdated: TRY_AGAIN,
    DatabaseUnavailable: TRY_AGAIN,
    EditionUnusable: TRY_AGAIN,
    BlobDamagedError: TRY_AGAIN,
    ResourceError: TRY_AGAIN,
    ChildError: TRY_AGAIN,
    OSError: TRY_AGAIN,
}


def main(arguments: Sequence[str] | None = None) -> int:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has seen enough; keep Python from saying so at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except tuple(STATUSES) as error:
        note(f"faqtual: {_line(error)}")
        return next(status for kind, status in STATUSES.items() if isinstance(error, kind))
    return status


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="faqtual", description="Answers only with what your documents say.")
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        added = commands.add_parser(name, help=command.HELP, description=command.HELP)
        command.add_arguments(added)
        added.set_defaults(run=command.run)
    return made


def _line(error: Exception) -> str:
    """One line that names the file or key and says what is wrong with it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(str(error).split())


if __name__ == "__main__":
    sys.exit(main())
