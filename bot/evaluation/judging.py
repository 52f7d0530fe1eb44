"""One reply and its gold quotes go in; whether it was right comes out.

A citation is right when it names a gold document, is at most `LONGEST_QUOTE` characters long and either holds at least
`ENOUGH` of a gold quote's tokens, or has `ENOUGH` of its own tokens in the gold quote and at least 0.3 (and 4) of the gold's.
`full` asks for the first of the two. An answerable question that is refused is wrong.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers import Citation, Outcome, Turn
from bot.evaluation.packs import Gold, PackQuestion

ENOUGH, LONGEST_QUOTE = 0.6, 600
ANSWERS = {Outcome.ANSWERED, Outcome.CONFLICT, Outcome.ADVICE}


@dataclass(frozen=True, slots=True)
class Judgment:
    """One reply held against its gold. `best_right` says whether the best candidate was right, shown or not."""

    id: str
    kind: str
    gold: tuple[Gold, ...]
    turns: tuple[str, ...]
    reply: Turn
    answered: bool
    first: bool
    third: bool
    full: bool
    best_right: bool


def tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).lower().replace("'", "").replace("’", "")
    return re.findall(r"[^\W_]+", folded)


def overlap(quote: str, gold: str) -> tuple[float, float]:
    """The share of the quote's tokens that stand in the gold, and of the gold's that stand in the quote."""
    ours, theirs = Counter(tokens(quote)), Counter(tokens(gold))
    common = (ours & theirs).total()
    return common / max(1, ours.total()), common / max(1, theirs.total())


def same_document(name: str, gold: str) -> bool:
    base = name.rsplit("/", 1)[-1]
    return gold in (name, base) or (len(gold) == 3 and gold.isdigit() and base.startswith(gold))


def is_right(citation: Citation, gold: Iterable[Gold]) -> bool:
    return any(_matches(citation, one, whole=False) for one in gold)


def is_full(citation: Citation, gold: Iterable[Gold]) -> bool:
    return any(_matches(citation, one, whole=True) for one in gold)


def _matches(citation: Citation, gold: Gold, whole: bool) -> bool:
    if len(citation.quote) > LONGEST_QUOTE or not same_document(citation.document.name, gold.document):
        return False
    own, covered = overlap(citation.quote, gold.quote)
    inside = own >= ENOUGH and covered >= 0.3 and covered * len(tokens(gold.quote)) >= 4
    return covered >= ENOUGH or (inside and not whole)


def judge(question: PackQuestion, turns: Sequence[str], reply: Turn) -> Judgment:
    answer = reply.answer
    answered = answer.outcome in ANSWERS
    shown = answer.citations if answered else ()
    candidates = shown or answer.nearest
    best = bool(candidates) and is_right(candidates[0], question.gold)
    if question.gold:
        first = answered and best
        third = any(is_right(citation, question.gold) for citation in shown[:3])
        full = bool(shown) and is_full(shown[0], question.gold)
    else:
        first = third = full = not answered
    return Judgment(question.id, question.kind, question.gold, tuple(turns), reply, answered, first, third, full, best)
