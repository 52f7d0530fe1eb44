"""What several commands share: exit statuses, arguments that are settings, and the edition that a command works on."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.edition import Edition
from bot.publishing import open_edition
from bot.publishing.publications import Publication
from bot.publishing.unpublished import ephemeral
from knowledge.private import make_folder
from knowledge.records import Unread
from knowledge.store import Store
from web.parts import encoder_for, open_store
from web.settings import Settings, load
from web.terminal import note, progress

DONE, UNRESOLVED, UNUSABLE, SOME_FAILED, TRY_AGAIN, INTERRUPTED = 0, 1, 2, 3, 4, 130


class WrongInput(Exception):
    """Something that was typed cannot be used; the message says what and what to type instead."""


def add_data(parser: ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="where the database and the index files live (default ./faqtual-data)")


def add_docs(parser: ArgumentParser) -> None:
    parser.add_argument("--docs", metavar="DIR", help="use the documents of this folder; what is live is not touched")


def settings_from(options: Namespace, *names: str) -> Settings:
    """The settings, with `data` and those named of the command line on top. Raises SettingsError."""
    return load({key: getattr(options, key) for key in ("data", *names)})


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store, closed with its block."""
    store = open_store(settings)
    try:
        yield store
    finally:
        store.engine.dispose()


def edition_of(docs: str | None, settings: Settings) -> Edition:
    """Of the folder `docs`, made for the occasion, else of what is live. Raises NothingPublished where nothing is."""
    encoder = encoder_for(settings)
    if docs is None:
        with opened(settings) as store:
            return open_edition(store, settings.data, encoder=encoder)
    make_folder(settings.data)
    with progress() as advance:
        edition = ephemeral(folder(docs), settings.data, advance, encoder)
    report_unread(edition.unread)
    return edition


def folder(path: str) -> Path:
    found = Path(path)
    if not found.is_dir():
        raise WrongInput(f"{path}: no such folder; name a folder of documents")
    return found


def report_unread(unread: tuple[Unread, ...]) -> None:
    for file in unread:
        note(f"not read: {file.name}: {file.reason}")


def report(publication: Publication, *, overridden: bool = True) -> None:
    """What publishing did, document by document; with `overridden=False`, what it would do."""
    for sign, names in (
        ("+", publication.changes.added),
        ("~", publication.changes.changed),
        ("-", publication.changes.removed),
    ):
        for name in names:
            note(f"{sign} {name}")
    report_unread((*publication.unread, *publication.skipped))
    for broken in publication.broken:
        note(f"golden check {'overridden' if overridden else 'breaks'}: {broken}")
