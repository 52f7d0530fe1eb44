"""Code goes in, a hash comes out: what another version of the program made is not taken for what this one would make."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import knowledge
from bot import resources, retrieval
from knowledge import archive, codec, documents, text


@cache
def reader() -> str:
    """Of the code that turns files into documents and passages."""
    return _digest(Path(knowledge.__file__).parent.rglob("*.py"))


@cache
def indexer() -> str:
    """Of the code that turns documents and passages into index files, and of the word vectors that go into them."""
    modules = [Path(str(module.__file__)) for module in (archive, codec, documents, text)]
    vectors = resources.SHIPPED / "meaning" / resources.MANIFEST
    return _digest([*modules, *Path(retrieval.__file__).parent.glob("*.py"), vectors])


def _digest(paths: Iterable[Path]) -> str:
    digest = sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
