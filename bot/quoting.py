"""Ranked candidates go in; the quotes that are shown come out, whole sentences at their exact place."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.answers import Citation, SourceInfo
from bot.candidates import Candidate
from bot.traits import Traits, traits
from knowledge.documents import Document, SentenceKind, Span

SHORT_PASSAGE = 170  # characters up to which a passage of a few sentences is quoted whole
LONGEST_QUOTE = 420  # characters up to which a sentence takes along the one that it depends on
LOOKED_AT = 40  # candidates; what says the same as a good answer is itself a good one
TOGETHER = 300  # characters up to which two sentences are quoted together
TOGETHER_WITHIN = 1.2  # in units of the score, see `bot.answering`
SAME = 0.8  # share of common words from which two quotes say the same
MOST_APART = (1 - SAME) / (1 + SAME) + 1e-9  # share of the words of both that may be in one of them alone then


def quoted_span(candidate: Candidate) -> Span:
    """The sentence with what it depends on: the sentence before for "This ...", the rest of a short passage."""
    passage, sentence = candidate.passage, candidate.sentence
    if sentence.kind is SentenceKind.LIST_ITEM and sentence.lead:
        return _list_span(candidate, sentence.lead)
    if sentence.kind is not SentenceKind.SENTENCE:
        return Span(sentence.start, sentence.end)
    start, end = passage.sentences[0].start, passage.sentences[-1].end
    if end - start <= SHORT_PASSAGE and all(s.quotable and s.kind is SentenceKind.SENTENCE for s in passage.sentences):
        return Span(start, end)
    first = candidate.number
    while first > 0 and _points_back(candidate, first) and _fits(candidate, first - 1):
        first -= 1
    return Span(passage.sentences[first].start, sentence.end)


def _list_span(candidate: Candidate, lead: Span) -> Span:
    """The lead-in and the whole list; of a long one up to the item; of a very long one the item."""
    item, last = candidate.sentence, candidate.passage.sentences[-1]
    ends = [end for end in (last.end, item.end) if end - lead.start <= LONGEST_QUOTE]
    return Span(lead.start, ends[0]) if ends else Span(item.start, item.end)


def _points_back(candidate: Candidate, number: int) -> bool:
    document = candidate.document
    return traits(candidate.passage.sentences[number].of(document.text), document.lang).points_back


def _fits(candidate: Candidate, number: int) -> bool:
    earlier = candidate.passage.sentences[number]
    plain = earlier.quotable and earlier.kind is SentenceKind.SENTENCE
    return plain and candidate.sentence.end - earlier.start <= LONGEST_QUOTE


@dataclass(frozen=True, slots=True)
class Quote:
    """What is shown of a candidate: the span around its sentence, and the quotes that say the same elsewhere."""

    best: Candidate
    span: Span
    also: list["Quote"] = field(default_factory=list)

    def cited(self, number: int, side: int | None = None) -> Citation:
        also = tuple(_citation(other.best, other.span, number) for other in self.also)
        return replace(_citation(self.best, self.span, number), side=side, also=also)

    def overlaps(self, other: "Quote") -> bool:
        same = self.best.document.id == other.best.document.id
        return same and self.span.start < other.span.end and other.span.start < self.span.end

    def shown(self) -> list[Traits]:
        """The sentences that it shows."""
        document, sentences = self.best.document, self.best.passage.sentences
        inside = [s for s in sentences if self.span.start <= s.start and s.end <= self.span.end] or [self.best.sentence]
        return [traits(sentence.of(document.text), document.lang) for sentence in inside]

    def says(self, sentence: Traits) -> bool:
        """Whether one of the sentences that it shows says the same."""
        return any(same_words(own, sentence) for own in self.shown())


def citation(candidate: Candidate) -> Citation:
    """The citation of a candidate alone."""
    return _citation(candidate, quoted_span(candidate), 1)


def _citation(candidate: Candidate, span: Span, number: int) -> Citation:
    document, passage = candidate.document, candidate.passage
    return Citation(
        number=number,
        document=source_info(document),
        quote=span.of(document.text),
        start=span.start,
        end=span.end,
        passage=passage.id,
        heading=passage.heading.of(document.text) if passage.heading else None,
        page=document.page(span.start),
    )


def source_info(document: Document) -> SourceInfo:
    return SourceInfo(document.id, document.name, document.title, document.url, document.date, document.lang)


def distinct(ranked: Sequence[Candidate], limit: int) -> list[Quote]:
    """The best `limit` quotes that say different things, each with the other places that say the same."""
    chosen, near = _Chosen(), ranked[:LOOKED_AT]
    for candidate in near:
        alone = Quote(candidate, quoted_span(candidate))
        twin = chosen.twin(alone)
        if twin is None and len(chosen.quotes) < limit:
            joined = Quote(candidate, _with_neighbour(candidate, alone.span, near))
            chosen.add(alone if chosen.overlapping(joined) else joined)
        elif twin is not None and not any(known.overlaps(alone) for known in (twin, *twin.also)):
            twin.also.append(alone)
    return chosen.quotes


class _Chosen:
    """Quotes in the order of their choice, laid out so that a further one is held only against those that it may be like."""

    def __init__(self) -> None:
        self.quotes: list[Quote] = []
        self._places: dict[str, list[int]] = {}  # document -> numbers of quotes
        self._words: dict[frozenset[str], list[tuple[int, Traits]]] = {}  # figures of a sentence that is shown -> the same

    def add(self, quote: Quote) -> None:
        number = len(self.quotes)
        self.quotes.append(quote)
        self._places.setdefault(quote.best.document.id, []).append(number)
        for told in quote.shown():
            self._words.setdefault(told.numbers, []).append((number, told))

    def overlapping(self, quote: Quote) -> list[int]:
        """The numbers of those that show some of the same text."""
        return [number for number in self._places.get(quote.best.document.id, ()) if self.quotes[number].overlaps(quote)]

    def twin(self, quote: Quote) -> Quote | None:
        """The first one that shows some of the same text, or a sentence with the same words."""
        own = quote.best.traits
        alike = (number for number, told in self._words.get(own.numbers, ()) if same_words(own, told))
        found = [*self.overlapping(quote)[:1], *islice(alike, 1)]
        return self.quotes[min(found)] if found else None


def _with_neighbour(candidate: Candidate, span: Span, near: Sequence[Candidate]) -> Span:
    """Two sentences side by side that fit the question nearly as well are quoted together."""
    if not _is_prose(candidate):
        return span
    for other in near:
        beside = other.position == candidate.position and abs(other.number - candidate.number) == 1
        if beside and candidate.score - other.score <= TOGETHER_WITHIN and _is_prose(other):
            theirs = quoted_span(other)
            both = Span(min(span.start, theirs.start), max(span.end, theirs.end))
            return both if both.end - both.start <= TOGETHER else span
    return span


def _is_prose(candidate: Candidate) -> bool:
    return candidate.sentence.kind is SentenceKind.SENTENCE


def says_the_same(first: Candidate, second: Candidate) -> bool:
    """Whether both are one place, or have the same words."""
    one_place = (first.position, first.number) == (second.position, second.number)
    return one_place or same_words(first.traits, second.traits)


def same_words(first: Traits, second: Traits) -> bool:
    """Nearly the same words (Jaccard index) and the same numbers."""
    if (first.imprint ^ second.imprint).bit_count() > MOST_APART * (len(first.vocabulary) + len(second.vocabulary)):
        return False  # whatever the words are: most pairs end here
    fewer, more = sorted((len(first.vocabulary), len(second.vocabulary)))
    if first.numbers != second.numbers or fewer < SAME * more:
        return False
    common = len(first.vocabulary & second.vocabulary)
    return common >= SAME * max(1, fewer + more - common)
