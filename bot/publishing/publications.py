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
    `replace` drops documents that exist only through the console. `keep` is how many releases stay, the live one included.
    `encoder` compares whole texts in place of the shipped word vectors. `beside` writes in the transaction that switches, and
    is not asked where nothing does.
    """

    who: str = "command line"
    gate: Gate = open_gate
    override: bool = False
    replace: bool = False
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
    through the console: kept, or dropped with `replace`. `broken` are the golden checks that were overridden.
    """

    release: str
    switched: bool
    changes: Changes = field(default_factory=Changes)
    unread: tuple[Unread, ...] = ()
    skipped: tuple[Unread, ...] = ()
    console_only: tuple[str, ...] = ()
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
