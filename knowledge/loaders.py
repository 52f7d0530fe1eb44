"""A file's bytes in, its text out, by suffix; as `python -m knowledge.loaders`, the child process that reads untrusted files.

The child reads requests from its standard input: a line of JSON `{"suffix", "size"}`, then that many bytes. It answers each
with a line of JSON, `{"loaded": {...}}` or `{"unreadable": reason, "is_spent": whether the next file needs a fresh child}`.
Its only argument is JSON: the limits `{"memory", "seconds", "unpacked", "text"}`.
"""

import json
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

from knowledge.encoding import NotText
from knowledge.formats.loaded import Loaded, Unreadable, to_json


@dataclass(frozen=True, slots=True)
class Loader:
    """Calls `load` of `knowledge.formats.<name>`, imported on first use. A new `version` has every file parsed anew."""

    name: str
    version: int = 1

    def __call__(self, data: bytes) -> Loaded:
        loaded: Loaded = import_module(f"knowledge.formats.{self.name}").load(data)
        return loaded


LOADERS: dict[str, Loader] = {
    ".txt": Loader("plain"),
    ".md": Loader("markdown"),
    ".markdown": Loader("markdown"),
    ".html": Loader("html"),
    ".htm": Loader("html"),
    ".pdf": Loader("pdf"),
    ".docx": Loader("word"),
    ".csv": Loader("table"),
}
ZIP_BASED = (".docx",)

# What a file holds whatever its name says; a text file that begins like this is none.
SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"{\\rtf": "an RTF file",
}
LONGEST_REASON = 200  # characters


def read(suffix: str, data: bytes, limits: dict[str, int]) -> Loaded:
    """Raises Unreadable, and whatever a parser raises on a damaged file."""
    if not data.strip():
        raise Unreadable("is empty")
    if suffix in ZIP_BASED and data.startswith(b"PK"):
        from knowledge.formats import zipped

        zipped.check(data, limits["unpacked"])
    _check_signature(suffix, data)
    loaded = LOADERS[suffix](data)
    if not loaded.text.strip():
        raise Unreadable("holds no text")
    if len(loaded.text) > limits["text"]:
        raise Unreadable(f"holds more than {limits['text']:,} characters of text; split it")
    return loaded


def answer(suffix: str, data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    try:
        return {"loaded": to_json(read(suffix, data, limits))}
    except (Unreadable, NotText) as error:
        return {"unreadable": str(error), "is_spent": False}
    except MemoryError:
        return {"unreadable": f"needs more than {limits['memory'] // 1_000_000} MB of memory", "is_spent": True}
    except Exception as error:  # noqa: BLE001 - whatever a parser does with a damaged file is this file's failure, not the batch's
        reason = " ".join(f"is damaged or not what its name says ({type(error).__name__}: {error}".split())
        return {"unreadable": f"{reason[:LONGEST_REASON]})", "is_spent": True}


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    limits = json.loads(sys.argv[1])
    requests, answers = sys.stdin.buffer, _answers()
    _send(answers, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        _limit(limits)
        _send(answers, answer(request["suffix"], requests.read(request["size"]), limits))


def _answers() -> BinaryIO:
    """Standard output for the answers alone: what a parser prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _send(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value).encode("ascii") + b"\n")
    answers.flush()


def _limit(limits: dict[str, int]) -> None:
    """Set anew for each file, as processor time is counted from the start of the process."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits["seconds"] + 1
    wanted = {
        resource.RLIMIT_AS: limits["memory"],
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, value in wanted.items():
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _check_signature(suffix: str, data: bytes) -> None:
    if LOADERS[suffix].name not in ("pdf", "word"):
        for signature, what in SIGNATURES.items():
            if data.startswith(signature):
                raise Unreadable(f"is {what}, whatever its name says")


if __name__ == "__main__":
    main()
