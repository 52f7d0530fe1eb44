"""Ranked candidates go in; the quotes that are shown come out, whole sentences at their exact place."""

from collections.abc import Iterable, Sequence

from bot.answers import Citation, SourceInfo
from bot.candidates import POINTS_BACK, Candidate
from knowledge.documents import Document, SentenceKind, Span
from knowledge.text import words

SHORT_PASSAGE = 170  # characters up to which a passage of a few sentences is quoted whole
LONGEST_QUOTE = 420  # characters up to which a sentence takes along the one that it depends on
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
    opening = words(candidate.passage.sentences[number].of(candidate.document.text))[:2]
    return bool(POINTS_BACK.intersection(opening))


def _fits(candidate: Candidate, number: int) -> bool:
    earlier = candidate.passage.sentences[number]
    plain = earlier.quotable and earlier.kind is SentenceKind.SENTENCE
    return plain and candidate.sentence.end - earlier.start <= LONGEST_QUOTE


def citation(candidate: Candidate, number: int, side: int | None = None, also: Iterable[Citation] = ()) -> Citation:
    document, passage = candidate.document, candidate.passage
    span = quoted_span(candidate)
    return Citation(
        number=number,
        document=source_info(document),
        quote=span.of(document.text),
        start=span.start,
        end=span.end,
        passage=passage.id,
        heading=passage.heading.of(document.text) if passage.heading else None,
        page=document.page(span.start),
        side=side,
        also=tuple(also),
    )


def source_info(document: Document) -> SourceInfo:
    return SourceInfo(document.id, document.name, document.title, document.url, document.date, document.lang)


def is_verbatim(cited: Citation, document: Document) -> bool:
    return document.text[cited.start : cited.end] == cited.quote


def distinct(candidates: Sequence[Candidate], limit: int) -> list[tuple[Candidate, list[Candidate]]]:
    """The best `limit` quotes that say different things, each with the other places that say the same."""
    groups: list[tuple[Candidate, list[Candidate]]] = []
    for candidate in candidates:
        twin = next((group for group in groups if says_the_same(group[0], candidate)), None)
        if twin is not None:
            if not _overlapping(twin[0], candidate):
                twin[1].append(candidate)
        elif len(groups) < limit:
            groups.append((candidate, []))
    return groups


def says_the_same(first: Candidate, second: Candidate) -> bool:
    """Whether one quote lies within the other, or both have nearly the same words (Jaccard index) and the same numbers."""
    if _overlapping(first, second):
        return True
    ours, theirs = set(words(first.text)), set(words(second.text))
    common = len(ours & theirs) / max(1, len(ours | theirs))
    return common >= SAME and _numbers(ours) == _numbers(theirs)


def _numbers(found: set[str]) -> set[str]:
    return {word for word in found if word[0].isdigit()}


def _overlapping(first: Candidate, second: Candidate) -> bool:
    if first.document.id != second.document.id:
        return False
    ours, theirs = quoted_span(first), quoted_span(second)
    return ours.start < theirs.end and theirs.start < ours.end
