"""`faqtual releases`: the releases that can be rolled back to, the latest first."""

import json
from argparse import ArgumentParser, Namespace

from web.command.options import DONE, add_data, opened, settings_from
from web.terminal import say

HELP = "list the releases, what went live last first"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    add_data(parser)


def run(options: Namespace) -> int:
    with opened(settings_from(options)) as store:
        records = store.releases()
    if options.json:
        rows = [
            {
                "id": r.id,
                "number": r.number,
                "live": r.live,
                "passages": r.passages,
                "at": r.made_at.isoformat(),
                "by": r.made_by,
            }
            for r in records
        ]
        say(json.dumps(rows))
        return DONE
    for r in records:
        live = "live" if r.live else "    "
        say(f"{r.id}  {live}  {r.made_at.astimezone():%Y-%m-%d %H:%M}  {r.passages:>6} passages  {r.made_by}")
    if not records:
        say("nothing is published yet; run: faqtual publish DIR")
    return DONE
