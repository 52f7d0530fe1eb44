"""`faqtual publish DIR`: a folder in, a new live release out, or with --dry-run what it would be."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from bot import publishing
from bot.checks.golden import golden_gate
from bot.edition import EditionUnusable
from bot.publishing import open_edition
from bot.publishing.publications import FolderEmpty, FolderRefused, Preview, Publication, StaffOverwritten, Terms, open_gate
from bot.publishing.release_files import Progress
from knowledge.store import Store
from web.command.changed import changed, lines
from web.command.options import (
    DONE,
    SOME_FAILED,
    UNRESOLVED,
    UNUSABLE,
    add_data,
    folder,
    opened,
    report,
    settings_from,
)
from web.parts import assistant_for, encoder_for
from web.settings import Settings
from web.terminal import note, progress, say

ANSWERS = 60  # seconds
MOST_LISTED = 50  # changes
ALL_THE_SAME: dict[type[FolderRefused], tuple[str, int]] = {
    FolderEmpty: ("is it the right folder? --empty publishes it all the same", UNUSABLE),
    StaffOverwritten: ("bring it into the folder, or publish with --overwrite", UNRESOLVED),
}
HELP = "make a new release of a folder of documents and put it live"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="the folder of documents")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--replace", action="store_true", help="drop documents that exist only through the console")
    parser.add_argument("--overwrite", action="store_true", help="take the folder's text where staff changed it in the console")
    parser.add_argument(
        "--empty", action="store_true", help="publish a folder without documents: all that is live goes offline"
    )
    parser.add_argument("--override", action="store_true", help="publish even where golden checks break")
    text = f"look for so many seconds whose answers change, before they do (default {ANSWERS}); 0 does not look"
    parser.add_argument("--answers", metavar="SECONDS", type=float, default=ANSWERS, help=text)
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    docs = folder(options.folder)
    try:
        publication = _published(docs, settings, options)
    except FolderRefused as refused:
        hint, status = ALL_THE_SAME[type(refused)]
        note(f"faqtual: {refused}; {hint}")
        return status
    _say(publication, options)
    if options.dry_run and (publication.broken or (publication.overwritten and not options.overwrite)):
        return UNRESOLVED
    return SOME_FAILED if publication.unread else DONE


def _published(docs: Path, settings: Settings, options: Namespace) -> Publication:
    """What became of it, or with --dry-run would."""
    with opened(settings) as store:
        shown = None
        if options.dry_run or options.answers:
            with progress() as advance:
                terms = _terms(options, settings, advance)
                everything = replace(terms, overwrite=True, empty=True)
                terms = everything if options.dry_run else replace(terms, gate=open_gate)  # the real thing asks it
                shown = publishing.preview(store, docs, settings.data, terms)
        if shown and options.answers:
            _list_answers(store, shown, settings, options)
        if shown and options.dry_run:
            return shown.publication
        with progress() as advance:
            return publishing.publish(store, docs, settings.data, _terms(options, settings, advance))


def _terms(options: Namespace, settings: Settings, advance: Progress) -> Terms:
    return Terms(
        gate=golden_gate(assistant_for(settings)),
        override=options.override,
        replace=options.replace,
        overwrite=options.overwrite,
        empty=options.empty,
        keep=settings.keep_releases,
        progress=advance,
        encoder=encoder_for(settings),
    )


def _list_answers(store: Store, shown: Preview, settings: Settings, options: Namespace) -> None:
    """Whose answers would change. A live release that cannot be asked is said, and keeps nobody from publishing the next."""
    if not shown.publication.switched or store.live() is None:
        return
    try:
        live = open_edition(store, settings.data, encoder=encoder_for(settings))
    except EditionUnusable as error:
        note(f"answers were not compared: {error}")
        return
    changes, whole = changed(live, shown.edition, settings, options.answers)
    note(f"answers that change: {len(changes)}" + (":" if changes else ""))
    for line in lines(changes[:MOST_LISTED]):
        note(line)
    if len(changes) > MOST_LISTED or not whole:
        seen = f"the first {MOST_LISTED} are listed" if whole else f"not all questions were asked within {options.answers:g} s"
        note(f"{seen}; before publishing, faqtual diff {options.folder} lists them all")


def _say(publication: Publication, options: Namespace) -> None:
    report(publication, overridden=not options.dry_run)
    if publication.overwritten:
        verb = "replaced by the folder" if options.overwrite else "stops the publication unless --overwrite is given"
        note(f"changed in the console: {', '.join(publication.overwritten)} ({verb})")
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
