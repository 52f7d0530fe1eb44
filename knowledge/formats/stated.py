"""A property that a program wrote into a file in; the title or date that a person would recognise out, or None."""

import re
from datetime import datetime

from knowledge.metadata import LONGEST_TITLE

_PLACEHOLDER = re.compile(r"\(?(untitled|anonymous|unspecified|unknown|title|document|word document)\)?\d*", re.IGNORECASE)
_FILE_NAME = re.compile(r"(microsoft word|print) - .*|\S+\.(docx?|odt|rtf|pdf|indd|html?|pages|tex)", re.IGNORECASE)


def stated_title(value: str | None) -> str | None:
    title = " ".join((value or "").split())
    if _PLACEHOLDER.fullmatch(title) or _FILE_NAME.fullmatch(title) or len(title) > LONGEST_TITLE:
        return None
    return title or None


def stated_date(value: datetime | None) -> str | None:
    return value.date().isoformat() if value else None
