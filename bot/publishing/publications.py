"""What is asked of a publication and what became of it: plain data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.edition import Edition
from bot.publishing.release_files import Progress, silent
from bot.retrieval.meaning import OwnEncoder
from knowledge.records import Unread

Gate = Callable[[Edition], list[str]]  # the golden checks that an edition would break, in words


Beside = Callable[[Connection, "Publication"], None]  # writes what belongs to a switch of the live release


def nothing(_connection: Connection, _publication: "Publication") -> None:
    """Nothing else is written."""


def open_gate(_proposed: Edition) -> list[str]:
    """Nothing breaks."""
    return []


@dataclass(frozen=True, slots=True)
class Terms:
    """On whose behalf and under which conditions something is published.

    `gate` is asked about every proposed edition; what it names stops the publication unless `override`, which is recorded.
    `replace` drops documents that exist only through the console; `overwrite` lets a folder take the place of what staff put
    up under the same name, and `empty` lets one without documents take what is live offline. `keep` is how many releases stay,
    the live one included, and as many that are no mere edits. `encoder` compares whole texts in place of the shipped word
    vectors. `beside` writes in the transaction that switches, and is not asked where nothing does.
    """

    who: str = "command line"
    gate: Gate = open_gate
    override: bool = False
    replace: bool = False
    overwrite: bool = False
    empty: bool = False
    keep: int = 10
    progress: Progress = silent
    encoder: OwnEncoder | None = None
    beside: Beside = nothing


USUAL = Terms()


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of documents, against the release that was live before."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of it. `switched` is False where the same content was live already.

    `unread` are files that could not be read, `skipped` files of other kinds; `console_only` are documents that exist only
    through the console: kept, or dropped with `replace`; `overwritten` are those of theirs whose place the folder takes.
    `broken` are the golden checks that were overridden.
    """

    release: str
    switched: bool
    changes: Changes = field(default_factory=Changes)
    unread: tuple[Unread, ...] = ()
    skipped: tuple[Unread, ...] = ()
    console_only: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What `publish` would make live, opened, and what it would report."""

    edition: Edition
    publication: Publication


class GateClosed(Exception):
    """Golden checks break; nothing was published. `broken` says which, in words."""

    def __init__(self, broken: Sequence[str]) -> None:
        self.broken = tuple(broken)
        count = "1 golden check breaks" if len(self.broken) == 1 else f"{len(self.broken)} golden checks break"
        super().__init__(f"{count}: {'; '.join(self.broken)}")


class FolderRefused(Exception):
    """Publishing the folder would undo what is live, and nobody said that it may; nothing was published."""


class FolderEmpty(FolderRefused):
    """`live` is how many documents would go offline."""

    def __init__(self, live: int) -> None:
        self.live = live
        count = "the document that is" if live == 1 else f"the {live} documents that are"
        super().__init__(f"the folder holds no document that can be read, and would take {count} live offline")


class StaffOverwritten(FolderRefused):
    """`names` are documents that staff put up in the console and that the folder holds otherwise."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"the folder would undo what staff changed in the console: {', '.join(names)}")
