"""`faqtual rollback ID`: an earlier release goes live again. The beginning of an id will do where it is the only one."""

from argparse import ArgumentParser, Namespace

from bot.publishing import rollback
from bot.publishing.publications import Terms
from knowledge.store import Store
from web.command.options import DONE, WrongInput, add_data, opened, settings_from
from web.parts import encoder_for
from web.terminal import progress, say

HELP = "put an earlier release live again"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("release", metavar="ID", help="as `faqtual releases` lists it; its first digits will do")
    add_data(parser)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    with opened(settings) as store, progress() as advance:
        terms = Terms(keep=settings.keep_releases, progress=advance, encoder=encoder_for(settings))
        release = _whole(options.release, store)
        publication = rollback(store, settings.data, release, terms)
    say(f"release {release} is live" if publication.switched else f"release {release} is live already")
    return DONE


def _whole(beginning: str, store: Store) -> str:
    found = [record.id for record in store.releases() if record.id.startswith(beginning)]
    if len(found) != 1:
        how_many = "no release" if not found else f"{len(found)} releases"
        raise WrongInput(f"{how_many} with an id that starts with {beginning}; see: faqtual releases")
    return found[0]
