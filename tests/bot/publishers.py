"""A process that publishes and rolls back ten times: `python -m tests.bot.publishers URL DATA DOCS`."""

import sys
from pathlib import Path

from bot.publishing import publish, rollback
from bot.publishing.publications import Terms
from knowledge.database import connect
from knowledge.store import Store


def main(url: str, data: str, docs: str) -> None:
    store = Store(connect(url))
    terms = Terms(who="bob", keep=30)
    page = Path(docs) / "questions.md"
    page.write_text(page.read_text().replace("9 weeks", "Ten weeks"))
    earlier = [record.id for record in store.releases()]
    for release in earlier[:10]:
        assert publish(store, Path(docs), Path(data), terms).switched
        assert rollback(store, Path(data), release, terms).switched


if __name__ == "__main__":
    main(*sys.argv[1:])
