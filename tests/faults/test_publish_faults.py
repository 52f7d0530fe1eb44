"""What may happen to a publisher and to what it wrote: killed, full disks, two at once, changed bytes, no rights."""

import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import numpy as np
import pytest

from bot.edition import EditionUnusable, NothingPublished
from bot.publishing import open_edition, publish
from bot.publishing.editions import Editions
from bot.publishing.publications import Publication, Terms
from knowledge.database import sqlite_url
from knowledge.manifest import MANIFEST, sha256
from knowledge.stamps import SETTLED_NS, stamp, state_of, unstamp
from knowledge.store import Store
from knowledge.transactions import DatabaseUnavailable
from tests.corpus import FOLDER
from tests.databases import connected
from tests.faults.publisher import number_of, write_edition
from tests.knowledge.test_database import UNPRIVILEGED

KILLS = 200 if os.environ.get("FAQTUAL_TEST_FULL") else 25
ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with connected(sqlite_url(data)) as engine:
        yield Store(engine)


# --- killed ---------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_killed_publisher_leaves_the_old_release_or_the_new_one_whole(store: Store, data: Path) -> None:
    dice = random.Random(KILLS)
    acknowledged = -1
    with _reader(store, data) as seen:
        for _ in range(KILLS):
            with _publisher(data, acknowledged + 1) as killed:
                _hear(killed, "ready")
                sleep(dice.uniform(0, 2))
                killed.kill()
                lines = killed.communicate()[0].split()
            acknowledged = max([acknowledged, *map(int, lines)])
            assert _live_number(store, data) in (acknowledged, acknowledged + 1)
            acknowledged = _live_number(store, data)
        last = _publish(store, data, acknowledged + 1)
        assert last.switched
    assert not list((data / "releases").glob("*.tmp"))
    assert sorted(seen) == seen
    assert _integrity(store) == "ok"


@pytest.mark.slow
def test_an_upgrade_that_is_killed_is_finished_by_the_next_start(data: Path) -> None:
    dice = random.Random(KILLS)
    code = "import sys; from knowledge.database import connect; print('ready', flush=True); connect(sys.argv[1])"
    for number in range(KILLS):
        url = sqlite_url(data / str(number))
        with _start("-c", code, url) as killed:
            _hear(killed, "ready")
            sleep(dice.uniform(0, 0.3))
            killed.kill()
        with connected(url) as engine:
            _publish(Store(engine), data / str(number), number)
            assert _integrity(Store(engine)) == "ok"


# --- a disk that fails ----------------------------------------------------------------------------------------------------


class _Failing:
    """Fails the k-th opening for writing, making of a folder, renaming or syncing from now on; counts them all."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.at = 0
        self._on = False
        sys.addaudithook(self._audit)
        sync = os.fsync

        def fsync(descriptor: int) -> None:
            self._step()
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)

    @contextmanager
    def __call__(self, at: int) -> Iterator[None]:
        self.count, self.at, self._on = 0, at, True
        try:
            yield
        finally:
            self._on = False

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._on:
            return
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in ("os.mkdir", "os.rename"):
            self._step()

    def _step(self) -> None:
        if not self._on:
            return
        self.count += 1
        if self.count == self.at:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.slow
def test_a_write_that_fails_changes_nothing_and_the_next_try_succeeds(
    store: Store, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = _Failing(monkeypatch)
    _publish(store, data, 0)
    with failing(at=0):
        _publish(store, data, 1)
    steps = failing.count
    assert steps > 20
    chosen = random.Random(KILLS).sample(range(1, steps + 1), min(steps, 2 * KILLS))
    for number, at in enumerate(chosen, 2):
        before = _live_number(store, data)
        try:
            with failing(at):
                _publish(store, data, number)
        except (OSError, DatabaseUnavailable) as error:
            assert "No space left" in str(error)
            assert _live_number(store, data) == before
        else:  # it only failed to tidy up
            assert _live_number(store, data) == number
        assert not list((data / "releases").glob("*.tmp"))
        _publish(store, data, number)
        assert _live_number(store, data) == number


@pytest.mark.slow
@pytest.mark.parametrize("size", [100, 3_000, 10_000, 40_000, 100_000, 400_000])
def test_a_full_disk_is_one_line_and_the_old_release_stays(store: Store, data: Path, size: int) -> None:
    _publish(store, data, 0)
    store.engine.dispose()
    code = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
        "runpy.run_module('tests.faults.publisher', run_name='__main__')"
    )
    with _start("-c", code, sqlite_url(data), str(data), "1", ONCE="1") as done:
        said, _ = done.communicate(timeout=120)
    lines = [line for line in said.splitlines() if line != "ready"]
    assert len(lines) == 1
    if lines[0] != "1":
        assert done.returncode != 0
        assert "disk" in lines[0] or "File too large" in lines[0]
        assert _live_number(store, data) == 0
    _publish(store, data, 1)
    assert _live_number(store, data) == 1


# --- two publishers -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_of_two_publishers_one_wins_and_the_other_hears_of_it(store: Store, data: Path) -> None:
    with _publisher(data, 1, HOLD="1", ONCE="1") as first:
        _hear(first, "ready", "in the gate")
        with _publisher(data, 2, ONCE="1") as second:
            said, _ = second.communicate(timeout=60)
        assert said.splitlines()[1].startswith("PublishInProgress: publish in progress, started by publisher 1 at ")
        assert first.communicate("go on\n", timeout=60)[0] == "1\n"
    assert _live_number(store, data) == 1


@pytest.mark.slow
def test_a_killed_publisher_lets_the_next_one_in(store: Store, data: Path) -> None:
    with _publisher(data, 1, HOLD="1") as first:
        _hear(first, "ready", "in the gate")
        first.kill()
    _publish(store, data, 2)
    assert _live_number(store, data) == 2


# --- files that are not what was written ----------------------------------------------------------------------------------


@pytest.fixture
def files(store: Store, data: Path) -> list[Path]:
    """Every file of the live release; an older release stands beside it."""
    _publish(store, data, 0)
    publish(store, FOLDER, data)
    folder = data / "releases" / open_edition(store, data).contents.release
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_flipped_byte_is_noticed_wherever_it_is(store: Store, data: Path, files: list[Path]) -> None:
    dice = random.Random(8)
    for turn in range(max(200, 3 * len(files))):
        path = files[turn % len(files)]
        with _restored(path) as sound:
            damaged = bytearray(sound)
            damaged[dice.randrange(len(damaged))] ^= dice.randrange(1, 256)
            path.write_bytes(damaged)
            _is_refused(store, data, path)
    assert open_edition(store, data).contents.document_count == 3


@pytest.mark.parametrize("damage", ["missing", "empty", "shortened", "longer", "pickled"])
def test_a_file_that_is_not_whole_is_noticed(store: Store, data: Path, files: list[Path], damage: str) -> None:
    for path in files:
        with _restored(path) as sound:
            if damage == "missing":
                path.unlink()
            elif damage == "pickled":
                with path.open("wb") as file:
                    np.save(file, np.array([print], dtype=object), allow_pickle=True)
            else:
                path.write_bytes({"empty": b"", "shortened": sound[:-1], "longer": sound + b"\0"}[damage])
            _is_refused(store, data, path)


def test_a_server_beside_damaged_files_serves_the_release_before_and_says_so(
    store: Store, data: Path, files: list[Path]
) -> None:
    for path in files:
        with _restored(path) as sound:
            path.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
            editions = Editions(store, data)
            editions.refresh()
            assert number_of(editions.current()) == 0
            assert editions.problem is not None
            assert path.name in editions.problem
            assert "\n" not in editions.problem


@pytest.fixture
def read(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read to be checked, from now on; all of them are older than a tick of the clock."""
    found: list[Path] = []

    def watched(path: Path) -> str:
        found.append(path)
        return sha256(path)

    monkeypatch.setattr("knowledge.manifest.sha256", watched)
    sleep(2 * SETTLED_NS / 1e9)
    unstamp(files[0].parents[1])
    return found


def test_files_are_read_once_and_again_where_they_were_touched(
    store: Store, data: Path, files: list[Path], read: list[Path]
) -> None:
    open_edition(store, data)
    assert len(read) == len(files) - 2  # the manifests are always read
    read.clear()
    open_edition(store, data)
    assert read == []
    files[5].touch()
    open_edition(store, data)
    assert files[5] in read


@pytest.mark.parametrize("torn", [b"", b"{}", b'{"archive/first.npy": [1'])
def test_a_torn_stamp_is_none(store: Store, data: Path, files: list[Path], read: list[Path], torn: bytes) -> None:
    open_edition(store, data)
    folder = files[0].parents[1]
    folder.with_name(f"{folder.name}.verified").write_bytes(torn)
    read.clear()
    open_edition(store, data)
    assert len(read) == len(files) - 2


def test_a_byte_that_changes_without_a_trace_is_found_by_reading_again(
    store: Store, data: Path, files: list[Path], read: list[Path]
) -> None:
    """A stamp that is renewed after the damage stands for a disk that changed the byte by itself."""
    open_edition(store, data)
    folder = files[0].parents[1]
    for path in files:
        with _restored(path) as sound:
            if path.name == MANIFEST or path.suffix == ".json":
                continue  # read whole at every opening
            path.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
            sleep(2 * SETTLED_NS / 1e9)
            stamp(folder, state_of(folder))
            editions = Editions(store, data)
            editions.refresh()
            assert editions.problem is None
            editions.reread(editions.current())
            assert number_of(editions.current()) == 0
            assert editions.problem is not None
            assert path.name in editions.problem


def test_a_server_reads_the_files_again_by_itself(store: Store, data: Path, files: list[Path], read: list[Path]) -> None:
    open_edition(store, data)
    path = next(path for path in files if path.name == "postings.passages.npy")
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    sleep(2 * SETTLED_NS / 1e9)
    stamp(path.parents[1], state_of(path.parents[1]))
    with Editions(store, data, check_seconds=0.02) as editions:
        deadline = monotonic() + 30
        while editions.problem is None and monotonic() < deadline:
            sleep(0.02)
        assert "postings.passages.npy does not match its checksum" in (editions.problem or "")
        assert number_of(editions.current()) == 0


def test_a_folder_that_is_gone_is_noticed(store: Store, data: Path, files: list[Path]) -> None:
    shutil.rmtree(files[0].parents[1])
    with pytest.raises(EditionUnusable, match="is missing"):
        open_edition(store, data)


# --- no rights ------------------------------------------------------------------------------------------------------------


def test_publishing_without_rights_is_one_line_that_says_what_to_do(store: Store, data: Path) -> None:
    _publish(store, data, 0)
    store.engine.dispose()
    changed = [data, *data.rglob("*")]
    for path in changed:
        path.chmod(0o500 if path.is_dir() else 0o400)
    done = subprocess.run(
        [*UNPRIVILEGED, sys.executable, "-m", "tests.faults.publisher", sqlite_url(data), str(data), "1"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    for path in changed:
        path.chmod(0o700)
    said = (done.stdout + done.stderr).strip().splitlines()[-1]
    assert done.returncode == 1
    assert "DatabaseUnavailable: the database is " in said
    assert "make the database and its folder writable" in said
    assert _live_number(store, data) == 0


# --- what the tests have in common ----------------------------------------------------------------------------------------


def _publish(store: Store, data: Path, number: int) -> Publication:
    folder = data.parent / "pages"
    folder.mkdir(exist_ok=True)
    write_edition(folder, number)
    return publish(store, folder, data, Terms(keep=3))


def _live_number(store: Store, data: Path) -> int:
    try:
        return number_of(open_edition(store, data))
    except NothingPublished:
        return -1


def _integrity(store: Store) -> object:
    with store.engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA integrity_check").scalar()


def _publisher(data: Path, first: int, **environment: str) -> subprocess.Popen[str]:
    return _start("-m", "tests.faults.publisher", sqlite_url(data), str(data), str(first), **environment)


def _start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def _hear(process: subprocess.Popen[str], *lines: str) -> None:
    assert process.stdout is not None
    for line in lines:
        assert process.stdout.readline() == f"{line}\n"


@contextmanager
def _reader(store: Store, data: Path) -> Iterator[list[int]]:
    """The numbers that a server sees meanwhile; a torn one fails the test."""
    seen: list[int] = []
    stop = Event()
    problems: list[BaseException] = []

    def read(editions: Editions) -> None:
        while not stop.wait(0.01):
            try:
                seen.append(number_of(editions.current()))
            except NothingPublished:
                continue
            except BaseException as problem:  # noqa: BLE001 - raised again below
                problems.append(problem)
                return

    with Editions(store, data, check_seconds=0.02) as editions:
        thread = Thread(target=read, args=(editions,))
        thread.start()
        try:
            yield seen
        finally:
            stop.set()
            thread.join()
    assert problems == []


@contextmanager
def _restored(path: Path) -> Iterator[bytes]:
    sound = path.read_bytes()
    yield sound
    path.write_bytes(sound)


def _is_refused(store: Store, data: Path, path: Path) -> None:
    with pytest.raises(EditionUnusable) as caught:
        open_edition(store, data)
    assert path.name in caught.value.problem
