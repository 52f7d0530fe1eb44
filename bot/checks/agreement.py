"""A sentence to be checked and a known one that speaks of the same go in; whether that one supports or denies it comes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checks.alignment import Known, Said
from bot.checks.values import borne_out, figures, same_number
from bot.claims import Claim
from bot.claims.clauses import leans_back
from bot.claims.costs import says_free
from bot.claims.forces import Force
from bot.claims.measures import Quantity, comparable, disagree
from bot.claims.modality import negative, opposed, says
from bot.claims.units import TIME_WORDS, Dimension
from bot.claims.wording import stem
from bot.consistency.clashes import ConflictKind, kind_of
from bot.consistency.contrasts import exclude
from bot.consistency.likeness import Likeness

SPOKEN_OF, PLAINLY_SPOKEN_OF = 0.35, 0.5  # the share of a claim said that an opposed claim has to be about
CONDITION_MET = 0.4  # the share of a denial's condition that has to be said
IN_CONTEXT = 0.7  # what a share counts that only the headings make up
SPOKEN_OF_BY_A_DENIAL = 0.75  # what is denied with more words is a case of its own
IN_DOUBT = 0.6  # of what has to be denied: from there on nothing is supported any more
IN_REVERSE, NEARLY_ALL = 0.8, 0.9  # what it counts that nearly all of what is denied is said
PREDICATE_MET = 0.2  # the share of what is said of the subject that an opposed claim has to speak of
SUBJECT_MET = 0.45  # the share of the subject of a value that has to be known
ALIKE = 0.1  # shares that differ by less than this are of claims that may both be meant
_PLAIN = frozenset({Force.STATED, Force.DENIED})
_COSTS = frozenset({Force.FREE, Force.CHARGED})
_DUTIES = frozenset({Force.REQUIRED, Force.OPTIONAL, Force.ADVISED})


@dataclass(frozen=True, slots=True)
class Agreement:
    """`against` is how what is known contradicts what is said, None where it does not; `supports` says that every quantity is
    borne out and nothing denied."""

    supports: bool
    against: ConflictKind | None = None


def agreement(said: Said, known: Known, likeness: Likeness) -> Agreement:
    opposed_by = _other_stance(said, known, likeness)
    against = ConflictKind.POLARITY if opposed_by >= 1 else _other_value(said, known, likeness)
    supports = against is None and opposed_by < IN_DOUBT and all(_met(one, said, known) for one in said.quantities)
    return Agreement(supports, against)


def _met(quantity: Quantity, said: Said, known: Known) -> bool:
    """Whether the sentence, or one beside it, has the value, or of what is counted at least the figure."""
    own = (claim.quantity for claim in known.statement.claims if claim.quantity and not _excluded(claim, said.words))
    there = (*own, *(claim.quantity for other in known.beside for claim in other.claims if claim.quantity))
    if any(borne_out(quantity, one) or same_number(quantity, one) for one in there):
        return True
    if _is_nothing(quantity):
        return any(says_free(one.text) for one in (known.statement, *known.beside))
    if quantity.dimension is not Dimension.COUNT:
        return False
    named = figures(said.statement.text[quantity.start : quantity.end])
    return bool(named) and named <= figures(known.statement.text)


def _is_nothing(said: Quantity) -> bool:
    return said.dimension is Dimension.MONEY and said.high == 0


def _other_value(said: Said, known: Known, likeness: Likeness) -> ConflictKind | None:
    """A quantity said that the known one has otherwise, where that is what the two have in common."""
    for claim in said.statement.claims:
        quantity = claim.quantity
        if quantity is None or (_is_nothing(quantity) and says_free(known.statement.text)):
            continue
        before = known.near_by if leans_back(known.statement.text) else ()
        if likeness.share(claim.scope.subject, (*known.own, *known.heading, *before)) < SUBJECT_MET:
            continue
        rivals = _rivals(claim, quantity, known, likeness)
        if rivals and not any(borne_out(quantity, one) or _compatible(quantity, one) for one in rivals):
            return kind_of(quantity)
    return None


def _compatible(said: Quantity, known: Quantity) -> bool:
    """A range and a value in it do not bear each other out, and do not contradict each other."""
    return said.low < said.high and known.low == known.high and disagree(said, known) is None


def _rivals(said: Claim, quantity: Quantity, known: Known, likeness: Likeness) -> list[Quantity]:
    """The comparable quantities of the known sentence that are said of what is nearest to what is said."""
    words = (*said.scope.subject, *said.scope.near, *said.scope.condition)
    found = [
        (likeness.share((*one.scope.subject, *one.scope.near), words), one.quantity)
        for one in known.statement.claims
        if one.quantity and comparable(quantity, one.quantity) and not _excluded(one, words)
    ]
    most = max((share for share, _ in found), default=0.0)
    return [one for share, one in found if share >= most - ALIKE]


def _excluded(known: Claim, words: Sequence[str]) -> bool:
    """Whether the two exclude one another: a black one is no blue one."""
    about = {word for word in (*known.scope.subject, *known.scope.near) if stem(word) not in TIME_WORDS}
    alone, others = about.difference(words), set(words) - about
    return any(exclude(word, other) for word in alone for other in others)


def _other_stance(said: Said, known: Known, likeness: Likeness) -> float:
    """How much of a claim said the known claim that is most about it denies, in terms of what has to be: from 1 on it does."""
    most = 0.0
    for claim in said.statement.claims:
        if claim.stance is None or (claim.stance.force in _COSTS and _names_a_price(said, known)):
            continue
        if claim.stance.force in _DUTIES and says(claim.stance.force, known.statement.text):
            continue  # "recommended for some, and required of others"
        shares = [(_spoken_of(claim, other, likeness), other) for other in known.statement.claims if other.stance]
        share, against = max((one for one in shares if _is_opposed(claim, one[1])), default=(0.0, None), key=_first)
        if against is None:
            continue
        beside = (one for one, other in shares if other.start != against.start and not _is_opposed(claim, other))
        if share > max(beside, default=0.0):
            most = max(most, share / _least(claim, against))
    return most


def _first(found: tuple[float, Claim | None]) -> float:
    return found[0]


def _least(said: Claim, known: Claim) -> float:
    """The share of what is said that a claim against it has to be about."""
    if said.stance and negative(said.stance):
        return SPOKEN_OF_BY_A_DENIAL
    forces = {claim.stance.force for claim in (said, known) if claim.stance}
    return PLAINLY_SPOKEN_OF if forces <= _PLAIN else SPOKEN_OF


def _names_a_price(*sides: Said | Known) -> bool:
    """Where a sum is named the sums are compared, and not the words."""
    return any(one.dimension is Dimension.MONEY and one.high > 0 for side in sides for one in side.quantities)


def _is_opposed(said: Claim, known: Claim) -> bool:
    if not said.stance or not known.stance:
        return False
    both = {said.stance.force, known.stance.force}
    if both == {Force.RESERVED, Force.STATED}:
        return False
    if both == {Force.REQUIRED, Force.ADVISED} and (_is_told_politely(said) or _is_told_politely(known)):
        return False
    return opposed(said.stance, known.stance) is not None


def _is_told_politely(claim: Claim) -> bool:
    """ "You should bring one" is what one says of what has to be brought."""
    return claim.stance is not None and claim.value[claim.stance.start : claim.stance.end].lower() in {"should", "ought to"}


def _spoken_of(said: Claim, known: Claim, likeness: Likeness) -> float:
    """The share of what is said that the known claim is about; 0 where that one holds of a case of its own."""
    if not said.stance or not known.stance or known.scope.excepting:
        return 0.0
    if likeness.share(known.scope.condition, (*said.scope.near, *said.scope.condition)) < CONDITION_MET:
        return 0.0
    if bool(said.scope.measures) is not bool(known.scope.measures) and not (said.scope.ever or known.scope.ever):
        return 0.0
    there = (*known.scope.near, *known.scope.condition, *known.scope.implied)
    if negative(known.stance) and likeness.share(known.scope.near, said.scope.near) >= NEARLY_ALL:
        return IN_REVERSE
    if negative(said.stance) and _is_opposed(said, known) and likeness.share(said.scope.near, there) >= SPOKEN_OF:
        there = (*there, *known.scope.rest)
    predicate = tuple(word for word in said.scope.near if word not in said.scope.subject)
    if predicate and likeness.share(predicate, there) < PREDICATE_MET:
        return 0.0
    in_context = IN_CONTEXT * likeness.share(said.scope.near, (*there, *known.scope.context))
    return max(likeness.share(said.scope.near, there), in_context)
