"""Two claims with their statements go in; whether short labels under headings of different things name different things.

"Family: £20" in a list of tickets and "Family: £60 a year" in a list of memberships are no two prices of one thing.
"""

from collections.abc import Sequence

from bot.claims import Claim
from bot.claims.forces import Force
from bot.claims.measures import comparable
from bot.claims.numerals import word_set
from bot.claims.units import Dimension
from bot.claims.wording import content_words, stem
from bot.consistency.likeness import Likeness
from bot.consistency.statements import LISTED, Statement
from bot.consistency.synonyms import groups_of
from knowledge.documents import SentenceKind

# What stands above any list of prices, and above anything at all: it names no thing that a label could be of.
_NO_THING = word_set(
    "price prices cost costs charge charges fee fees rate rates tariff term terms condition conditions rule rules "
    "policy policies handbook guide guidance information info note notes help question questions faq frequently "
    "asked overview general welcome home page about contact item items amount"
)
_COMING_IN = word_set("admission admissions entry entrance ticket tickets visitor visitors")  # one thing, whatever it is called
_COSTS = frozenset({Force.FREE, Force.CHARGED})
SHORT = 1  # words of a label that tells by itself too little of what it is of


def other_thing(first: Statement, a: Claim, second: Statement, b: Claim, likeness: Likeness) -> bool:
    """Whether a label of few words is all that two claims share, while what stands above them or their terms differ."""
    if not (_measured(a) and _measured(b)):
        return False
    one, other = first.sentence.kind in LISTED, second.sentence.kind in LISTED
    if one and other and _other_terms(first, second):
        return True
    return (one and _short(a) and _apart(first, second, likeness)) or (other and _short(b) and _apart(second, first, likeness))


def _measured(claim: Claim) -> bool:
    """Whether it gives a value, or says whether there is something to pay."""
    return claim.quantity is not None or (claim.stance is not None and claim.stance.force in _COSTS)


def _short(claim: Claim) -> bool:
    return len({stem(word) for word in (*claim.scope.subject, *claim.scope.near)}) <= SHORT


def _other_terms(first: Statement, second: Statement) -> bool:
    """Whether each names prices of its own kind: one by the year, one at once."""
    mine, theirs = (
        [one.quantity for one in side.claims if one.quantity and one.quantity.dimension is Dimension.MONEY]
        for side in (first, second)
    )
    return bool(mine and theirs) and not any(comparable(a, b) for a in mine for b in theirs)


def _apart(label: Statement, other: Statement, likeness: Likeness) -> bool:
    """Whether nothing that stands above the label is found above the other sentence or, in prose, in it."""
    if other.passage.heading is not None and other.passage.heading.of(other.document.text).rstrip().endswith("?"):
        return False
    mine, theirs = _above(label), _above(other)
    if not (mine and theirs):
        return False
    if other.sentence.kind is SentenceKind.SENTENCE:
        theirs = (*theirs, *content_words(other.text))
    return not any(_agree(word, theirs, likeness) for word in mine)


def _agree(word: str, others: Sequence[str], likeness: Likeness) -> bool:
    if word in _COMING_IN and not _COMING_IN.isdisjoint(others):
        return True
    return any(groups_of(word) & groups_of(other) for other in others) or likeness.found(word, others) > 0


def _above(statement: Statement) -> tuple[str, ...]:
    """The words of the title, the headings, the column heads and the lead-in."""
    passage, sentence, text = statement.passage, statement.sentence, statement.document.text
    spans = [*passage.context, *([passage.heading] if passage.heading else []), *([sentence.lead] if sentence.lead else [])]
    said = (statement.document.title, *(span.of(text) for span in spans))
    return tuple(word for one in said for word in content_words(one) if word not in _NO_THING)
