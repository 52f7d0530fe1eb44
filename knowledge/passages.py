"""A document goes in, its passages come out: what retrieval finds, each with the spans that say what it is about."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.boilerplate import is_boilerplate
from knowledge.documents import Block, BlockKind, Document, Passage, Sentence, SentenceKind, Span, content_hash
from knowledge.headings import is_labelled, is_question, states_price
from knowledge.lines import clause_depth, number
from knowledge.sections import Section, sections
from knowledge.sentences import is_finished, split_sentences
from knowledge.text import words

ANSWER_WORDS = 120  # a question's whole answer is one passage up to this length
PASSAGE_WORDS = 100  # longer paragraphs are split at sentence ends
LINE_WORDS = 25  # what is longer is prose, finished or not
ITEM_WORDS = 20  # longer list items are quoted sentence by sentence
LIST_ITEMS, LIST_WORDS = 25, 250  # longer lists are split
WORD = 12  # characters; longer words, and scripts without spaces, count as several

_OPEN_ENDS = (":", "：", ",", "–", "—", "…")
_POINTS_ON = re.compile(r"\b(?:following|below|these|folgende[nrs]?|siguientes?|suivante?s?)\b", re.IGNORECASE)


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of `document` in reading order, without overlap. One that holds nothing quotable is left out."""
    text = document.text
    found = (passage for section in sections(document) for passage in _section_passages(text, section))
    return tuple(_named(document, (p for p in found if any(sentence.quotable for sentence in p.sentences))))


def _named(document: Document, passages: Iterator[Passage]) -> Iterator[Passage]:
    """The same passages with ids: equal words under an equal heading are told apart by their order."""
    seen: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        heading = passage.heading.of(document.text) if passage.heading else ""
        content = " ".join(words(heading)), " ".join(words(passage.of(document.text)))
        yield replace(passage, id=content_hash([document.name, *content, seen[content]]))
        seen[content] += 1


def _section_passages(text: str, section: Section) -> Iterator[Passage]:
    if _is_short_answer(text, section):
        yield from _short_answer(text, section)
        return
    lead: Span | None = None
    runs = _runs(text, section.blocks)
    for run, below in zip(runs, [*runs[1:], None], strict=True):
        announced, lead = lead, None
        if run[0].kind is BlockKind.LIST_ITEM:
            yield from _list(text, section, run, announced)
        elif run[0].kind is not BlockKind.PARAGRAPH:
            yield from _table(section, run, announced)
        else:
            sentences = [s for block in run for s in _sentences(text, section, block)]
            lead = _lead_in(text, sentences) if below and below[0].kind is not BlockKind.PARAGRAPH else None
            if lead and not is_finished(lead.of(text)):
                del sentences[-1]
            yield from _paragraph(text, section, sentences, run[0].start)


def _is_short_answer(text: str, section: Section) -> bool:
    if section.heading is None or not is_question(section.heading.of(text)):
        return False
    if any(block.kind is not BlockKind.PARAGRAPH for block in section.blocks):
        return False
    lines = {_is_line(text[block.start : block.end]) for block in section.blocks if not _is_furniture(text, section, block)}
    return len(lines) == 1 and sum(_size(text, block.start, block.end) for block in section.blocks) <= ANSWER_WORDS


def _is_furniture(text: str, section: Section, block: Block) -> bool:
    return is_boilerplate(text[block.start : block.end], [heading.of(text) for heading in section.headings])


def _short_answer(text: str, section: Section) -> Iterator[Passage]:
    said = [(block, _sentences(text, section, block)) for block in section.blocks]
    kept = [(block, sentences) for block, sentences in said if any(sentence.quotable for sentence in sentences)]
    if kept:
        yield _passage(section, [sentence for _, sentences in kept for sentence in sentences], start=kept[0][0].start)


def _runs(text: str, blocks: Sequence[Block]) -> list[list[Block]]:
    """The items of one list, the rows of one table, the bare lines of one address; every other paragraph alone."""
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and _belongs(text, runs[-1][-1], block):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _belongs(text: str, above: Block, below: Block) -> bool:
    if above.kind is BlockKind.PARAGRAPH or below.kind is BlockKind.PARAGRAPH:
        is_pair = above.kind is below.kind and text.count("\n", above.end, below.start) < 2
        return is_pair and _is_bare_line(text, above) and _is_bare_line(text, below)
    return (above.kind is BlockKind.LIST_ITEM) == (below.kind is BlockKind.LIST_ITEM)


def _is_bare_line(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    return _is_line(line) and not states_price(line) and not is_labelled(line)


def _is_line(piece: str) -> bool:
    return len(piece.split()) <= LINE_WORDS and not is_finished(piece)


def _sentences(text: str, section: Section, block: Block, lead: Span | None = None) -> list[Sentence]:
    """`lead` is what the sentences of a long list item depend on."""
    pieces = split_sentences(text, block.start + _number(text, section, block), block.end)
    headings = [heading.of(text) for heading in section.headings]
    is_line = len(pieces) == 1 and _is_line(pieces[0].of(text))
    kind = SentenceKind.LINE if is_line else SentenceKind.SENTENCE
    return [Sentence(p.start, p.end, kind, lead, not is_boilerplate(p.of(text), headings)) for p in pieces]


def _number(text: str, section: Section, block: Block) -> int:
    opening = text[block.start : min(block.end, block.start + 40)]
    return 0 if clause_depth(opening) and not section.numbered else number(opening)


def _lead_in(text: str, sentences: Sequence[Sentence]) -> Span | None:
    """The last sentence, where it announces what comes below it."""
    if not sentences or not sentences[-1].quotable:
        return None
    last = sentences[-1].of(text)
    announces = last.endswith(_OPEN_ENDS) or _POINTS_ON.search(last)
    return Span(sentences[-1].start, sentences[-1].end) if announces else None


def _paragraph(text: str, section: Section, sentences: Sequence[Sentence], start: int) -> Iterator[Passage]:
    """`start` takes in a clause's number, which is no part of its first sentence."""
    for chunk in _chunks(text, sentences):
        yield _passage(section, chunk, start=start if chunk[0] is sentences[0] else chunk[0].start)


def _chunks(text: str, sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """As few chunks of about equal length as keep to PASSAGE_WORDS."""
    sizes = [_size(text, sentence.start, sentence.end) for sentence in sentences]
    total = sum(sizes)
    aim = total / max(1, math.ceil(total / PASSAGE_WORDS))
    begin, filled = 0, 0
    for position, size in enumerate(sizes):
        if position > begin and filled + size / 2 > aim:
            yield sentences[begin:position]
            begin, filled = position, 0
        filled += size
    if begin < len(sentences):
        yield sentences[begin:]


def _list(text: str, section: Section, items: Sequence[Block], lead: Span | None) -> Iterator[Passage]:
    context = () if lead is None else (lead,)
    chunk: list[Sentence] = []
    count = filled = 0
    parents: list[Block] = []
    for item in items:
        while parents and parents[-1].level >= item.level:
            parents.pop()
        size = _size(text, item.start, item.end)
        if chunk and (count >= LIST_ITEMS or filled + size > LIST_WORDS):
            yield _passage(section, chunk, context)
            chunk, count, filled = [], 0, 0
        chunk.extend(_item(text, section, item, _item_lead(text, parents, lead)))
        parents.append(item)
        count, filled = count + 1, filled + size
    yield _passage(section, chunk, context)


def _item_lead(text: str, parents: Sequence[Block], lead: Span | None) -> Span | None:
    announcing = [Span(item.start, item.end) for item in parents if text[item.end - 1] == ":"]
    return announcing[-1] if announcing else lead


def _item(text: str, section: Section, item: Block, lead: Span | None) -> list[Sentence]:
    if _size(text, item.start, item.end) > ITEM_WORDS:
        return _sentences(text, section, item, lead)
    words_of_it = text[item.start : item.end]
    headings = [heading.of(text) for heading in section.headings]
    return [Sentence(item.start, item.end, SentenceKind.LIST_ITEM, lead, not is_boilerplate(words_of_it, headings))]


def _table(section: Section, rows: Sequence[Block], lead: Span | None) -> Iterator[Passage]:
    context = () if lead is None else (lead,)
    heads: list[Block] = []
    above: Block | None = None
    for row in rows:
        if row.kind is BlockKind.TABLE_ROW:
            columns = tuple(Span(head.start, head.end) for head in heads)
            yield _row(section, row, (*context, *columns))
        else:
            heads = [*heads, row] if above in heads else [row]
        above = row
    if above in heads:  # heads of nothing are rows
        yield from (_row(section, head, context) for head in heads)


def _row(section: Section, row: Block, context: tuple[Span, ...]) -> Passage:
    return _passage(section, [Sentence(row.start, row.end, SentenceKind.TABLE_ROW)], context)


def _passage(
    section: Section, sentences: Sequence[Sentence], context: tuple[Span, ...] = (), start: int | None = None
) -> Passage:
    begin = sentences[0].start if start is None else start
    return Passage("", begin, sentences[-1].end, tuple(sentences), section.heading, (*section.outer, *context))


def _size(text: str, start: int, end: int) -> int:
    """Words, near enough."""
    return max(len(text[start:end].split()), (end - start) // WORD)
