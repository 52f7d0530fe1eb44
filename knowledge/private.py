"""The path of a folder or a file goes in; it is there afterwards, for its owner alone."""

from pathlib import Path


def make_folder(folder: Path) -> None:
    """What is there already keeps its mode: whoever made it may have meant it. Raises OSError."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def make_file(file: Path) -> None:
    """Empty where there is none. Raises OSError."""
    if not file.exists():
        file.touch(mode=0o600)
