"""The lines of all pages in; the same without running heads, running feet and page numbers out."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, product, zip_longest

from knowledge.formats.lines import Line

MARGIN = 0.12  # share of the page's height at its top and at its foot where page furniture stands
LEAST_SHARE = 0.4  # of the pages that a running line stands on: left and right pages may differ
LEAST_PAGES = 2
LEAST_LISTED = 4  # pages of a document that has a table of contents
SAME_PLACE = 3.0  # points
MOST_NUMBERS = 5  # of a line that are looked at

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(page|p\.|seite|página|pagina)?\s*(\d{1,4}|[ivxlc]+)(\s*(of|/|von|de|di|van)\s*\d{1,4})?\W*", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:\s?\.){5,}\s*(\d{1,4}|[ivxlc]+)$")


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    counts = Counter(key for number, lines in enumerate(pages) for key in {k for line in lines for k in _keys(line, number)})
    least = max(LEAST_PAGES, LEAST_SHARE * len(pages))
    running = {key for key, count in counts.items() if count >= least}
    return [
        [
            line
            for line in lines
            if not (_is_number(line) or _is_listing(line, len(pages)) or running & set(_keys(line, number)))
        ]
        for number, lines in enumerate(pages)
    ]


def _keys(line: Line, page: int) -> Iterator[tuple[str, int]]:
    """What a line of the margins shares with its fellows on other pages: its words, but for numbers that grow by page.

    Which of its numbers grow is not known, so each choice of them gives a key. A chapter's name changes, so a page number at
    the end is a key by itself.
    """
    if not _is_in_margin(line):
        return
    place = round(line.y / SAME_PLACE)
    words = _NUMBER.split(line.text)
    numbers = [int(number) for number in _NUMBER.findall(line.text)][:MOST_NUMBERS]
    for choice in product((False, True), repeat=len(numbers)):
        parts = [f"#{number - page}" if grows else str(number) for number, grows in zip(numbers, choice, strict=True)]
        yield "".join(chain(*zip_longest(words, parts, fillvalue=""))), place
    if numbers and not words[-1]:
        yield f"... #{numbers[-1] - page}", place


def _is_number(line: Line) -> bool:
    return _is_in_margin(line) and _PAGE_NUMBER.fullmatch(line.text) is not None


def _is_listing(line: Line, pages: int) -> bool:
    """Whether this is a line of the table of contents. In a short document it may be one of a price list."""
    found = _LEADERS.search(line.text)
    if found is None or pages < LEAST_LISTED:
        return False
    return not found[1].isdigit() or int(found[1]) <= pages


def _is_in_margin(line: Line) -> bool:
    return not MARGIN * line.height < line.y < (1 - MARGIN) * line.height
