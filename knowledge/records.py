"""What the store knows of releases: plain data, and what can go wrong when one takes another's place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from knowledge.releases import Editorial

Origin = Literal["folder", "console"]  # where a document of a release came from
Action = Literal["folder", "console", "editorial", "rollback"]  # what made a release live


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of a release: `hash` names it with its passages in the store."""

    name: str
    hash: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that no loader could read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class NewRelease:
    """All that a release is made of. `files` is the content hash that names its folder of index files."""

    id: str
    files: str
    listed: tuple[Listed, ...]
    editorial: Editorial
    unread: tuple[Unread, ...] = ()
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Live:
    """Which release is live; `version` counts the switches."""

    release: str
    version: int


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A document that staff put up but did not publish yet; `hash` is None where it is to be removed."""

    name: str
    hash: str | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Switch:
    """Why a release goes live and what it was worked out from (`base`, None where nothing was live).

    `folder` is the content hash of what was published from a folder, `overrode` the golden checks that it broke, `drafts` are
    drafts no longer once it is live.
    """

    base: Live | None
    who: str
    action: Action
    folder: str | None = None
    overrode: tuple[str, ...] = ()
    drafts: tuple[DraftDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A release that can be made live. `number` grows whenever one goes live."""

    id: str
    number: int
    files: str
    passages: int
    made_by: str
    made_at: datetime
    live: bool
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """One switch of the live release, as the log keeps it."""

    release: str
    replaced: str | None
    action: Action
    who: str
    at: datetime
    overrode: tuple[str, ...] = ()


class PublishInProgress(Exception):
    """Somebody else publishes. `who` and `since` are None in the moment before they have signed."""

    def __init__(self, who: str | None, since: datetime | None) -> None:
        self.who = who
        self.since = since
        started = f", started by {who} at {since.astimezone():%H:%M}" if who is not None and since is not None else ""
        super().__init__(f"publish in progress{started}")


class ReleaseOutdated(Exception):
    """Another release went live since this one was worked out. Nothing was changed."""

    def __init__(self, base: Live | None, current: Live | None) -> None:
        self.base = base
        self.current = current
        super().__init__(
            f"another release went live meanwhile ({_version(current)}, this was based on {_version(base)}); try again"
        )


class DraftsOutdated(Exception):
    """What is put up is not what somebody looked at. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("what is put up has changed since you looked at it; look at what would change now, and publish then")


class ReleaseUnknown(Exception):
    """There is no release `release`."""

    def __init__(self, release: str) -> None:
        self.release = release
        super().__init__(f"there is no release {release}")


def _version(live: Live | None) -> str:
    return "nothing" if live is None else f"version {live.version}"
