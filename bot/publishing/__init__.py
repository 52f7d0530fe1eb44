"""A folder, an edit or an older release goes in; it is checked, indexed and made live, whole or not at all. Nothing else
publishes: the command line and the staff's pages both come here."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.edition import Edition, EditionUnusable, EncodedOtherwise, NothingPublished, open_files
from bot.publishing.gathering import Gathered, gather
from bot.publishing.publications import USUAL, Changes, GateClosed, Preview, Publication, Terms, open_gate
from bot.publishing.release_files import (
    Indexing,
    Wanted,
    build_files,
    discard,
    files_name,
    prune,
    releases_folder,
    sweep,
    unfinished,
)
from bot.publishing.unpublished import ephemeral
from bot.retrieval.meaning import OwnEncoder
from knowledge.codec import editorial_to_json
from knowledge.documents import content_hash
from knowledge.drafts import drafts, settle
from knowledge.index_files import fetch_folder, holds_folder, store_folder
from knowledge.manifest import FileDamaged
from knowledge.records import DraftDocument, DraftsOutdated, Listed, Live, NewRelease, Switch, Unread
from knowledge.releases import Editorial
from knowledge.store import Store
from knowledge.transactions import DatabaseUnavailable, is_postgresql, writing

__all__ = [
    "GateClosed",
    "Preview",
    "Publication",
    "Terms",
    "edit",
    "ephemeral",
    "open_edition",
    "preview",
    "preview_drafts",
    "publish",
    "publish_drafts",
    "repair",
    "rollback",
]

EDIT_PATIENCE_SECONDS = 3  # how long an edit waits for another one

log = logging.getLogger(__name__)


def publish(store: Store, folder: Path, data: Path, terms: Terms = USUAL, *, again: bool = True) -> Publication:
    """Makes a release of `folder` and of what staff put up beside it, and makes it live.

    With `again=False` a folder that is as it was when a folder was last published is left alone. Raises PublishInProgress,
    ReleaseOutdated, GateClosed, FolderRefused, DatabaseUnavailable, OSError, and what `gather` raises; then the old release
    stays live.
    """
    with store.publishing(terms.who):
        sweep(releases_folder(data))
        base, gathered = _gathered(store, folder, terms)
        if not again and base is not None and store.last_folder() == gathered.folder:
            return _reported(Publication(base.release, switched=False), gathered)
        gathered.check(terms)
        new = _release(gathered.listed, store.editorial(), gathered.unread, terms.encoder)
        switch = Switch(base, terms.who, "folder", gathered.folder)
        return _reported(_make_live(store, data, new, switch, terms), gathered)


def preview(store: Store, folder: Path, data: Path, terms: Terms = USUAL) -> Preview:
    """What `publish` would make live. Documents and index files are stored for it, the live release stays as it is.

    Raises FolderRefused, and what `gather` raises.
    """
    base, gathered = _gathered(store, folder, terms)
    gathered.check(terms)
    new = _release(gathered.listed, store.editorial(), gathered.unread, terms.encoder)
    shown = _preview(store, data, base, new, terms)
    return replace(shown, publication=_reported(shown.publication, gathered))


def edit(store: Store, data: Path, change: Callable[[Editorial], Editorial], terms: Terms = USUAL) -> Publication:
    """Makes a release of the live documents under the changed editorial layer. Nothing is parsed again.

    The layer is read from the tables: a migration may have put something there that no release holds yet. Raises
    NothingPublished, and what `publish` raises.
    """
    with store.publishing(terms.who, EDIT_PATIENCE_SECONDS):
        base = _live(store)
        now = store.release(base.release)
        new = _release(now.listed, change(store.editorial()), now.unread, terms.encoder)
        return _make_live(store, data, new, Switch(base, terms.who, "editorial"), terms)


def publish_drafts(
    store: Store, data: Path, terms: Terms = USUAL, seen: tuple[DraftDocument, ...] | None = None
) -> Publication:
    """Makes a release of the live documents with the drafts put in, and makes it live.

    Raises DraftsOutdated where `seen` are not the drafts by now, and what `publish` raises.
    """
    with store.publishing(terms.who, EDIT_PATIENCE_SECONDS):
        base, new, published = _drafted(store, terms.encoder)
        if seen is not None and seen != published:
            raise DraftsOutdated
        publication = _make_live(store, data, new, Switch(base, terms.who, "console", drafts=published), terms)
        if not publication.switched:  # the drafts say what is live already
            with writing(store.engine) as connection:
                settle(connection, published)
        return publication


def preview_drafts(store: Store, data: Path, terms: Terms = USUAL) -> Preview:
    """What `publish_drafts` would make live."""
    base, new, _ = _drafted(store, terms.encoder)
    return _preview(store, data, base, new, terms)


def rollback(store: Store, data: Path, release: str, terms: Terms = USUAL) -> Publication:
    """Makes an earlier release live again, its editorial layer included. The gate is not asked.

    Raises ReleaseUnknown, and what `publish` raises.
    """
    with store.publishing(terms.who, EDIT_PATIENCE_SECONDS):
        base = store.live()
        switch = Switch(base, terms.who, "rollback")
        _encode_anew(store, data, release, terms.encoder)
        return _make_live(store, data, store.release(release), switch, replace(terms, gate=open_gate))


def open_edition(store: Store, data: Path, release: str | None = None, encoder: OwnEncoder | None = None) -> Edition:
    """The live release's edition, or another one's; index files that are not here come from the database if it has them.

    Raises NothingPublished, ReleaseUnknown, EditionUnusable, and EncodedOtherwise where `encoder` is not what it was published
    with.
    """
    wanted = store.release(release or _live(store).release)
    folder = releases_folder(data) / wanted.files
    if not folder.is_dir():
        _fetch(store, wanted, folder)
    return open_files(folder, wanted.id, wanted.editorial, wanted.unread, encoder)


def repair(store: Store, data: Path, release: str, encoder: OwnEncoder | None = None) -> Edition:
    """Makes the index files of a release anew, from the documents in the store. Raises BlobDamagedError, OSError."""
    old = store.release(release)
    new = replace(old, files=_files(old.listed, old.editorial, encoder))
    edition = _built(store, data, new, Terms(encoder=encoder))
    if new.files != old.files:
        store.refile(release, new.files)
    return edition


def _encode_anew(store: Store, data: Path, release: str, encoder: OwnEncoder | None) -> None:
    try:
        open_edition(store, data, release, encoder)
    except EncodedOtherwise:
        repair(store, data, release, encoder)
    except EditionUnusable as damage:
        log.warning("%s", damage)  # and made anew under its name


def _fetch(store: Store, wanted: NewRelease, folder: Path) -> None:
    """Takes the files from the database, where servers without a common disk keep them."""
    if is_postgresql(store.engine) and holds_folder(store.engine, wanted.files):
        try:
            with unfinished(folder) as beside:
                fetch_folder(store.engine, wanted.files, beside)
        except FileDamaged as error:
            raise EditionUnusable(wanted.id, str(error)) from error


def _live(store: Store) -> Live:
    live = store.live()
    if live is None:
        raise NothingPublished
    return live


def _gathered(store: Store, folder: Path, terms: Terms) -> tuple[Live | None, Gathered]:
    base = store.live()
    listed = () if base is None else store.release(base.release).listed
    return base, gather(store, folder, listed, replace=terms.replace, progress=terms.progress)


def _drafted(store: Store, encoder: OwnEncoder | None) -> tuple[Live | None, NewRelease, tuple[DraftDocument, ...]]:
    """The live release with the drafts put in, and the drafts."""
    base, published = store.live(), drafts(store.engine)
    now = NewRelease("", "", (), Editorial()) if base is None else store.release(base.release)
    named = {item.name: item for item in now.listed}
    for item in published:
        if item.hash is None:
            named.pop(item.name, None)
        else:
            named[item.name] = Listed(item.name, item.hash, "console")
    listed = tuple(named[name] for name in sorted(named))
    return base, _release(listed, store.editorial(), now.unread, encoder), published


def _preview(store: Store, data: Path, base: Live | None, new: NewRelease, terms: Terms) -> Preview:
    edition = _built(store, data, new, terms)
    switched = base is None or base.release != new.id
    publication = Publication(new.id, switched, changes=_changes(store, base, new), broken=tuple(terms.gate(edition)))
    return Preview(edition, publication)


def _release(
    listed: tuple[Listed, ...], editorial: Editorial, unread: tuple[Unread, ...], encoder: OwnEncoder | None
) -> NewRelease:
    files = _files(listed, editorial, encoder)
    content = [[[item.name, item.hash, item.origin] for item in listed], editorial_to_json(editorial), files]
    return NewRelease(content_hash(content), files, listed, editorial, unread)


def _files(listed: tuple[Listed, ...], editorial: Editorial, encoder: OwnEncoder | None) -> str:
    return files_name([item.hash for item in listed], Indexing(editorial.synonyms, encoder))


def _make_live(store: Store, data: Path, new: NewRelease, switch: Switch, terms: Terms) -> Publication:
    edition = _built(store, data, new, terms)
    changes = _changes(store, switch.base, new)
    if switch.base is not None and switch.base.release == new.id:
        return Publication(new.id, switched=False)
    broken = tuple(terms.gate(edition))
    if broken and not terms.override:
        raise GateClosed(broken)
    if is_postgresql(store.engine) and not holds_folder(store.engine, new.files):
        store_folder(store.engine, new.files, releases_folder(data) / new.files)
    publication = Publication(new.id, switched=True, changes=changes, broken=broken)
    new, switch = replace(new, passages=edition.contents.passage_count), replace(switch, overrode=broken)
    store.go_live(new, switch, lambda connection: terms.beside(connection, publication))
    _forget_surplus(store, data, terms.keep)
    return publication


def _built(store: Store, data: Path, new: NewRelease, terms: Terms) -> Edition:
    """The release opened; index files that are missing or damaged are made from the documents in the store."""
    folder = releases_folder(data) / new.files
    wanted = Wanted([item.hash for item in new.listed], store.parsed)
    indexing = Indexing(new.editorial.synonyms, terms.encoder)
    build_files(folder, wanted, indexing, terms.progress)
    try:
        return open_files(folder, new.id, new.editorial, new.unread, terms.encoder)
    except EditionUnusable as damage:
        log.warning("%s; making its files anew", damage)
        discard(folder)
    build_files(folder, wanted, indexing, terms.progress)
    return open_files(folder, new.id, new.editorial, new.unread, terms.encoder)


def _changes(store: Store, base: Live | None, new: NewRelease) -> Changes:
    old = {} if base is None else {item.name: item.hash for item in store.release(base.release).listed}
    now = {item.name: item.hash for item in new.listed}
    return Changes(
        added=tuple(name for name in now if name not in old),
        changed=tuple(name for name in now if name in old and old[name] != now[name]),
        removed=tuple(name for name in old if name not in now),
    )


def _forget_surplus(store: Store, data: Path, keep: int) -> None:
    """The release is live by now: what goes wrong in tidying up is for the next publisher."""
    try:
        records, edits = store.releases(), store.edits()
        latest, others = records[: max(1, keep)], [record for record in records if record.id not in edits]
        kept = {record.id for record in (*latest, *others[: max(1, keep)])}  # many small edits leave earlier documents
        store.forget([record.id for record in records if record.id not in kept])
        prune(releases_folder(data), {record.files for record in records if record.id in kept})
    except (DatabaseUnavailable, OSError) as error:
        log.warning("older releases could not be removed: %s", error)


def _reported(publication: Publication, gathered: Gathered) -> Publication:
    told = replace(publication, unread=gathered.unread, skipped=gathered.skipped)
    return replace(told, console_only=gathered.console_only, overwritten=gathered.overwritten)
