"""Folders of files whose every byte was checked: a folder in, whether it has changed since out.

Reading a large release again takes seconds, looking at its files' sizes, times and inodes no time. What changes bytes and
leaves no trace there (a failing disk) is found by whoever reads them again later.
"""

import json
import logging
import os
import time
from collections.abc import Iterable
from pathlib import Path

SUFFIX = ".verified"
SETTLED_NS = 50_000_000  # file systems keep time in ticks: what was written just now could change again within one

State = dict[str, list[int]]

log = logging.getLogger(__name__)


def state_of(folder: Path) -> State:
    """For each file its size, its times of change and its inode. Raises OSError."""
    found = {path.relative_to(folder).as_posix(): path.stat() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: [s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino] for name, s in found.items()}


def is_stamped(folder: Path, state: State) -> bool:
    """Whether the files were checked while they were in this state. A stamp that is torn counts as none."""
    try:
        return _stamp(folder).read_bytes() == _written(state)
    except OSError:
        return False


def stamp(folder: Path, state: State) -> None:
    """Remembers that the files were checked, and what state they were in before. Where that cannot be written they are
    checked again next time."""
    if any(times[2] > time.time_ns() - SETTLED_NS for times in state.values()):
        return
    beside = _stamp(folder).with_suffix(f"{SUFFIX}.{os.getpid()}")
    try:
        beside.write_bytes(_written(state))
        beside.replace(_stamp(folder))
    except OSError as error:
        log.debug("%s", error)


def unstamp(folder: Path) -> None:
    """The files are checked again next time."""
    try:
        _stamp(folder).unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s", error)


def sweep_stamps(folders: Path) -> None:
    """Removes the stamps of folders that are gone. Raises OSError."""
    for path in _stamps(folders):
        if not path.with_name(path.name.partition(SUFFIX)[0]).is_dir():
            path.unlink(missing_ok=True)


def _stamps(folders: Path) -> Iterable[Path]:
    return folders.glob(f"*{SUFFIX}*")


def _stamp(folder: Path) -> Path:
    return folder.with_name(folder.name + SUFFIX)


def _written(state: State) -> bytes:
    return json.dumps(state).encode("ascii")
