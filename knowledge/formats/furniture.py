"""The lines of all pages in; the same without running heads, running feet and page numbers out."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, product, zip_longest

from knowledge.formats.lines import Line

MARGIN = 0.12  # share of the page's height at its top and at its foot where page furniture stands
LEAST_SHARE = 0.4  # of the pages that a running line stands on: left and right pages may differ
SAME_PLACE = 3.0  # points
MOST_NUMBERS = 5  # of a line that are looked at

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(page|p\.|seite|página|pagina)?\s*\d{1,4}(\s*(of|/|von|de|di|van)\s*\d{1,4})?\W*", re.IGNORECASE)


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    counts = Counter(key for number, lines in enumerate(pages) for key in {k for line in lines for k in _keys(line, number)})
    least = max(2, LEAST_SHARE * len(pages))
    return [
        [line for line in lines if not (_is_number(line) or any(counts[key] >= least for key in _keys(line, number)))]
        for number, lines in enumerate(pages)
    ]


def _keys(line: Line, page: int) -> Iterator[tuple[str, int]]:
    """What a line of the margins shares with its fellows on other pages: its words, but for numbers that grow by page.

    Which of its numbers grow is not known, so each choice of them gives a key.
    """
    if not _is_in_margin(line):
        return
    place = round(line.y / SAME_PLACE)
    words = _NUMBER.split(line.text)
    numbers = [int(number) for number in _NUMBER.findall(line.text)][:MOST_NUMBERS]
    for choice in product((False, True), repeat=len(numbers)):
        parts = [f"#{number - page}" if grows else str(number) for number, grows in zip(numbers, choice, strict=True)]
        yield "".join(chain(*zip_longest(words, parts, fillvalue=""))), place


def _is_number(line: Line) -> bool:
    return _is_in_margin(line) and _PAGE_NUMBER.fullmatch(line.text) is not None


def _is_in_margin(line: Line) -> bool:
    return not MARGIN * line.height < line.y < (1 - MARGIN) * line.height
