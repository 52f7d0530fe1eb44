"""Backup and restore of the database, while publishers and servers go on."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.publishing import open_edition, publish
from bot.publishing.editions import Editions
from knowledge.backup import BackupUnusable, back_up, restore
from knowledge.database import connect, sqlite_url
from knowledge.store import Store
from knowledge.transactions import DatabaseUnavailable, writing
from tests.databases import connected
from tests.faults.publisher import number_of, write_edition


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with connected(sqlite_url(data)) as engine:
        yield Store(engine)


def _publish(store: Store, data: Path, number: int) -> None:
    folder = data.parent / f"pages{data.name}"
    folder.mkdir(exist_ok=True)
    write_edition(folder, number)
    publish(store, folder, data)


def _publish_all(store: Store, data: Path) -> None:
    for number in range(1, 6):
        _publish(store, data, number)


def test_a_backup_made_while_publishing_holds_one_whole_moment(store: Store, data: Path, tmp_path: Path) -> None:
    _publish(store, data, 0)
    with ThreadPoolExecutor(1) as pool:
        publishing = pool.submit(_publish_all, store, data)
        made = [tmp_path / f"backup-{number}" for number in range(5)]
        for target in made:
            back_up(store.engine, target)
        publishing.result()
    numbers = []
    for target in made:
        elsewhere = tmp_path / f"restored-{target.name}"
        with connected(sqlite_url(elsewhere)) as engine:
            restore(engine, target)
            editions = Editions(Store(engine), elsewhere)
            editions.refresh()
            assert editions.problem is None
            numbers.append(number_of(editions.current()))
    assert numbers == sorted(numbers)


def test_a_running_server_takes_over_what_is_restored(store: Store, data: Path, tmp_path: Path) -> None:
    _publish(store, data, 1)
    back_up(store.engine, tmp_path / "backup")
    _publish(store, data, 2)
    editions = Editions(store, data)
    editions.refresh()
    assert number_of(editions.current()) == 2
    restore(store.engine, tmp_path / "backup")
    editions.refresh()
    assert number_of(editions.current()) == 1
    _publish(store, data, 3)
    assert number_of(open_edition(store, data)) == 3


def test_a_backup_is_for_its_owner_only_and_replaces_nothing(store: Store, tmp_path: Path) -> None:
    back_up(store.engine, tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError, match="is there already"):
        back_up(store.engine, tmp_path / "backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "data"]


@pytest.mark.parametrize("damage", ["missing", "letter", "stranger", "shortened", "newer"])
def test_what_is_no_sound_backup_is_refused_and_nothing_is_changed(
    store: Store, data: Path, tmp_path: Path, damage: str
) -> None:
    _publish(store, data, 1)
    target = tmp_path / "backup"
    back_up(store.engine, target)
    if damage == "missing":
        target.unlink()
    elif damage == "letter":
        target.write_text("Dear Sir or Madam, " * 500)
    elif damage == "shortened":
        target.write_bytes(target.read_bytes()[:-20_000])
    else:
        with sqlite3.connect(target) as connection:
            connection.execute(
                "DROP TABLE alembic_version" if damage == "stranger" else "UPDATE alembic_version SET version_num = 9"
            )
        connection.close()
    with pytest.raises(BackupUnusable, match="backup"):
        restore(store.engine, target)
    assert number_of(open_edition(store, data)) == 1


def test_restoring_waits_for_no_writer_for_ever(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.database.BUSY_SECONDS", 0.1)
    back_up(store.engine, tmp_path / "backup")
    impatient = connect(str(store.engine.url))
    with writing(store.engine), pytest.raises(DatabaseUnavailable, match="try again"):
        restore(impatient, tmp_path / "backup")
    impatient.dispose()


def test_the_copied_files_of_a_stopped_server_are_a_backup_as_well(store: Store, data: Path, tmp_path: Path) -> None:
    _publish(store, data, 1)
    store.engine.dispose()
    shutil.copytree(data, tmp_path / "copy")
    with connected(sqlite_url(tmp_path / "copy")) as engine:
        assert number_of(open_edition(Store(engine), tmp_path / "copy")) == 1
