"""The blocks of a plain text go in; they come out with its headings nested: title, sections, sub-sections."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.documents import Block, BlockKind
from knowledge.headings import is_capitals, is_question
from knowledge.lines import clause_depth, number

TITLE, SUBTITLE, SECTION, PART, DEEPEST = 1, 2, 3, 4, 6

_NAMED_PART = re.compile(r"(?:section|chapter|part|article|appendix|annex|schedule|§)\s*[\divxA-Z]{1,4}\b", re.IGNORECASE)


def levelled(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks; each heading has a level from 1 (the title) to 6."""
    titles = _title_lines(text, blocks)
    inner = [text[b.start : b.end] for b in blocks[titles:] if b.kind is BlockKind.HEADING]
    capitals_part, others = _levels(inner)
    umbrella = False
    found: list[Block] = []
    for position, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            found.append(block)
            continue
        line = text[block.start : block.end]
        if position < titles:
            level = TITLE if position == 0 else SUBTITLE
        elif _depth(line):
            level = min(DEEPEST, SUBTITLE + _depth(line))
        elif is_capitals(line):
            level = capitals_part
        elif is_question(line):
            level = others + umbrella
        else:
            level = others
            umbrella = _is_heading(blocks, position + 1)
        found.append(replace(block, level=level))
    return tuple(found)


def _title_lines(text: str, blocks: Sequence[Block]) -> int:
    """How many headings at the top name the whole document. A question with its answer does not, if there are others."""
    count = 0
    while _is_heading(blocks, count):
        count += 1
    lines = [text[block.start : block.end] for block in blocks if block.kind is BlockKind.HEADING]
    if count and is_question(lines[count - 1]) and sum(map(is_question, lines)) > 1:
        count -= 1
    return min(count, 1) if count > 1 and _depth(lines[1]) else min(count, 2)


def _is_heading(blocks: Sequence[Block], position: int) -> bool:
    return position < len(blocks) and blocks[position].kind is BlockKind.HEADING


def _levels(headings: Sequence[str]) -> tuple[int, int]:
    """The levels of headings in capitals and of the others: capitals are outer only where all sections are so written."""
    numbered = sum(_depth(line) > 0 for line in headings)
    if numbered > 1:
        return SECTION, DEEPEST - 1
    capitals = [is_capitals(line) for line in headings]
    return (SECTION if sum(capitals) > 1 and capitals[0] else PART), PART


def _depth(line: str) -> int:
    """1 for "2. Fees" and "Section 4: Fees", 2 for "4.1 Fees", 0 where there is no number."""
    return clause_depth(line) or int(number(line) > 0 or bool(_NAMED_PART.match(line)))
