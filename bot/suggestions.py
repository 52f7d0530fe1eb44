"""What was found for a question goes in; the documents' own headings near the answer come out, as questions to ask next."""

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from bot.candidates import Candidate
from bot.confidence import confidence
from bot.edition import Edition
from bot.finding import Finder, Found
from bot.manner import Manner
from knowledge.text import words

MOST = 3
NEARBY = 10  # passages before and after the answer that are looked at
FEWEST_WORDS = 2  # of a heading that is understood by itself
# The operating point up to which what stands under a heading answers it, unasked: of 690 such headings of six releases the
# least sure was answered at 0.59.
ASSURED = 0.4

# How surely a heading is answered: the same for as long as the edition lives, and costs a search.
_certainty: WeakKeyDictionary[Edition, dict[tuple[str, bool], float]] = WeakKeyDictionary()


def suggestions(found: Found, manner: Manner) -> tuple[str, ...]:
    """At most MOST headings, nearest first, that are answered themselves at the operating point."""
    best = found.ranked[0]
    asked = set(words(found.query))
    chosen: list[str] = []
    for heading in _headings_near(manner.finder, best):
        fresh = heading not in chosen and not set(words(heading)) <= asked
        if fresh and (manner.operating_point <= ASSURED or _certainty_of(heading, manner) >= manner.operating_point):
            chosen.append(heading)
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _headings_near(finder: Finder, best: Candidate) -> Iterator[str]:
    """Those of the same document that stand above text which may be shown, its title and the answer's own section left out:
    questions first, and what follows before what stands above."""
    contents = finder.edition.contents
    after = range(best.position + 1, min(best.position + NEARBY + 1, contents.passage_count))
    before = range(best.position - 1, max(best.position - NEARBY - 1, -1), -1)
    headings = []
    for position in (*after, *before):
        document, passage = contents.passage(position)
        other = document.id == best.document.id and passage.heading != best.passage.heading
        if other and passage.heading and finder.may_quote(document, passage):
            headings.append(passage.heading.of(document.text).strip())
    title = words(best.document.title)
    clear = [heading for heading in dict.fromkeys(headings) if _is_clear(words(heading), title)]
    yield from sorted(clear, key=lambda heading: not heading.endswith("?"))


def _is_clear(heading: Sequence[str], title: Sequence[str]) -> bool:
    return heading != title and sum(word.isalpha() for word in heading) >= FEWEST_WORDS


def _certainty_of(heading: str, manner: Manner) -> float:
    finder = manner.finder
    known = _certainty.setdefault(finder.edition, {})
    key = (heading, finder.staff)
    if key not in known:
        found = finder.find(heading, [(heading, 1.0)])
        known[key] = confidence(found.searches, found.ranked, manner.vectors, manner.weights)
    return known[key]
