"""`faqtual publish DIR`: a folder in, a new live release out, or with --dry-run what it would be."""

from argparse import ArgumentParser, Namespace

from bot import publishing
from bot.checks.golden import golden_gate
from bot.publishing.publications import Publication, Terms
from knowledge.store import Store
from web.command.options import (
    DONE,
    SOME_FAILED,
    UNRESOLVED,
    add_data,
    folder,
    opened,
    report,
    settings_from,
)
from web.parts import assistant_for, encoder_for
from web.settings import Settings
from web.terminal import note, progress, say

HELP = "make a new release of a folder of documents and put it live"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="the folder of documents")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--replace", action="store_true", help="drop documents that exist only through the console")
    parser.add_argument("--override", action="store_true", help="publish even where golden checks break")
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    docs = folder(options.folder)
    with opened(settings) as store, progress() as advance:
        terms = Terms(
            gate=golden_gate(assistant_for(settings)),
            override=options.override,
            replace=options.replace,
            keep=settings.keep_releases,
            progress=advance,
            encoder=encoder_for(settings),
        )
        if options.dry_run:
            publication = publishing.preview(store, docs, settings.data, terms).publication
        else:
            publication = publishing.publish(store, docs, settings.data, terms)
    _say(publication, options)
    if options.dry_run and publication.broken:
        return UNRESOLVED
    return SOME_FAILED if publication.unread else DONE


def _say(publication: Publication, options: Namespace) -> None:
    report(publication)
    if publication.console_only:
        verb = "dropped" if options.replace else "kept; --replace drops them"
        note(f"only in the console: {', '.join(publication.console_only)} ({verb})")
    if not publication.switched:
        say(f"release {publication.release} is live already: nothing has changed")
    elif options.dry_run:
        say(f"would publish release {publication.release}")
    else:
        say(f"release {publication.release} is live")


def publish_if_changed(store: Store, settings: Settings, terms: Terms) -> Publication | None:
    """What `serve --docs` does first: publishes the folder unless it is what was last published from a folder."""
    if settings.docs is None:
        return None
    return publishing.publish(store, folder(str(settings.docs)), settings.data, terms, again=False)
