"""What was found for a question goes in; the documents' own headings near the answer come out, as questions to ask next."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from bot.answering import Manner
from bot.candidates import Candidate
from bot.confidence import confidence
from bot.edition import Edition
from bot.finding import Finder, Found
from knowledge.text import words

MOST = 3
NEARBY = 10  # passages before and after the answer that are looked at
FEWEST_WORDS = 2  # of a heading that is understood by itself

# How surely a heading is answered by what stands under it: the same for as long as the edition lives, and costs a search.
_certainty: WeakKeyDictionary[Edition, dict[tuple[str, bool], float]] = WeakKeyDictionary()


def suggestions(found: Found, manner: Manner) -> tuple[str, ...]:
    """At most MOST headings, nearest first, that are answered themselves at the operating point."""
    best = found.ranked[0]
    asked = set(words(found.query))
    chosen: list[str] = []
    for heading in _headings_near(manner.finder, best):
        fresh = heading not in chosen and not set(words(heading)) <= asked
        if fresh and _certainty_of(heading, manner) >= manner.operating_point:
            chosen.append(heading)
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _headings_near(finder: Finder, best: Candidate) -> Iterator[str]:
    """Of the same document and not of the answer's own section: questions first, and what follows before what stands above."""
    contents = finder.edition.contents
    after = range(best.position + 1, min(best.position + NEARBY + 1, contents.passage_count))
    before = range(best.position - 1, max(best.position - NEARBY - 1, -1), -1)
    headings = []
    for position in (*after, *before):
        document, passage = contents.passage(position)
        if document.id == best.document.id and passage.heading and passage.heading != best.passage.heading:
            headings.append(passage.heading.of(document.text).strip())
    clear = [heading for heading in dict.fromkeys(headings) if sum(word.isalpha() for word in words(heading)) >= FEWEST_WORDS]
    yield from sorted(clear, key=lambda heading: not heading.endswith("?"))


def _certainty_of(heading: str, manner: Manner) -> float:
    """Below every operating point where the best answer stands under another heading."""
    finder = manner.finder
    known = _certainty.setdefault(finder.edition, {})
    key = (heading, finder.staff)
    if key not in known:
        found = finder.find(heading, [(heading, 1.0)])
        best = next(iter(found.ranked), None)
        under = best is not None and best.passage.heading is not None and best.passage.heading.of(best.document.text) == heading
        known[key] = confidence(found.searches, found.ranked, manner.vectors, manner.weights) if under else -1.0
    return known[key]
