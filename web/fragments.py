"""A page's address and a quote in, the page opened at the quote out: a text fragment.

https://wicg.github.io/scroll-to-text-fragment; the widget does the same in `static/chat/citation.js`.
"""

import re
from urllib.parse import quote

EDGE = 5  # words at each end of a long quote that find it again
LONG = 2 * EDGE + 2  # words
UNESCAPED = "!~*'()_."  # as in JavaScript; a dash would end a prefix, so it is escaped


def on_site(url: str, quoted: str) -> str:
    """A long quote, and one of several lines or cells, is named by its first and its last words."""
    lines = [words for line in re.split(r"[\n\t|]+", quoted) if (words := line.split())]
    if not lines:
        return url
    whole = len(lines) == 1 and len(lines[0]) <= LONG
    parts = [lines[0]] if whole else [lines[0][:EDGE], lines[-1][-EDGE:]]
    fragment = ",".join(quote(" ".join(words), safe=UNESCAPED).replace("-", "%2D") for words in parts)
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"
