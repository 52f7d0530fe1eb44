"""Plain text in; the decoded text as it is out. Its structure is read off the text itself, later."""

from knowledge.encoding import decode
from knowledge.formats.loaded import Loaded

LONGEST_TITLE = 100  # characters


def load(data: bytes) -> Loaded:
    text = decode(data)
    return Loaded(text, title=_title(text))


def _title(text: str) -> str | None:
    """The first line, where it is short and does not end as a sentence or a lead-in does."""
    first = text.lstrip().partition("\n")[0].strip()
    if not first or len(first) > LONGEST_TITLE or first[-1] in ".,;:":
        return None
    return first
