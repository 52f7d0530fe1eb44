"""Ranked candidates go in; the quotes that are shown come out, whole sentences at their exact place."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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


def quoted_span(candidate: Candidate) -> Span:
    """The sentence with what it depends on: the sentence before for "This ...", the rest of a short passage."""
    passage, sentence = candidate.passage, candidate.sentence
    if sentence.kind is SentenceKind.LIST_ITEM and sentence.lead:
        return _list_span(candidate, sentence.lead)
    if sentence.kind is not SentenceKind.SENTENCE:
        return Span(sentence.start, sentence.end)
    if all(s.quotable and s.kind is SentenceKind.SENTENCE for s in passage.sentences):
        whole = Span(passage.sentences[0].start, passage.sentences[-1].end)
        if whole.end - whole.start <= SHORT_PASSAGE:
            return whole
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
    quotes: list[tuple[Quote, list[Traits]]] = []
    for candidate in ranked[:LOOKED_AT]:
        alone = Quote(candidate, quoted_span(candidate))
        own = candidate.traits
        twin = next((q for q, shown in quotes if q.overlaps(alone) or any(same_words(own, other) for other in shown)), None)
        if twin is None and len(quotes) < limit:
            joined = Quote(candidate, _with_neighbour(candidate, alone.span, ranked[:LOOKED_AT]))
            chosen = alone if any(quote.overlaps(joined) for quote, _ in quotes) else joined
            quotes.append((chosen, chosen.shown()))
        elif twin is not None and not any(known.overlaps(alone) for known in (twin, *twin.also)):
            twin.also.append(alone)
    return [quote for quote, _ in quotes]


def _with_neighbour(candidate: Candidate, span: Span, ranked: Sequence[Candidate]) -> Span:
    """Two sentences side by side that fit the question nearly as well are quoted together."""
    for other in ranked:
        close = other.position == candidate.position and candidate.score - other.score <= TOGETHER_WITHIN
        if close and abs(other.number - candidate.number) == 1 and _is_prose(other) and _is_prose(candidate):
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
    fewer, more = sorted((len(first.vocabulary), len(second.vocabulary)))
    if first.numbers != second.numbers or fewer < SAME * more:
        return False
    common = len(first.vocabulary & second.vocabulary)
    return common >= SAME * max(1, fewer + more - common)
