"""Tokens around an amount go in; what they say of it comes out: "at least", "about", "or more", "within", "another"."""

from dataclasses import dataclass

from bot.claims.measures import Bound, Relation
from bot.claims.numerals import Token, phrase_set, word_at, word_set

_LONGEST = 5  # tokens of the longest phrase below
_LEAST = phrase_set(
    "at least|a minimum of|minimum of|minimum|min|min .|no less than|not less than|no fewer than|no sooner than|"
    "no earlier than|no younger than|no shorter than|more than|longer than|older than|greater than|larger than|bigger than|"
    "higher than|taller than|heavier than|wider than|deeper than|further than|over|over -|above|"
    "starting at|starts at|start at|starting from|starts from|start from|"
    "upwards of|upward of|exceeding|in excess of|not under|not below"
)
_MOST = phrase_set(
    "up to|at most|no more than|not more than|never more than|no longer than|not longer than|no later than|not later than|"
    "no older than|no greater than|not exceed|not exceeding|never exceed|a maximum of|maximum of|maximum|max|max .|within|"
    "under|under -|less than|fewer than|below|shorter than|younger than|smaller than|lower than|lighter than|earlier than|"
    "no further than|no larger than|no bigger than|no higher than|no taller than|no heavier than|"
    "no wider than|capped at|cap of|limited to|limit of|limit is|"
    "as many as|as much as|as large as|as long as|not over|not above|not be over|not be longer than|not be more than|in under"
)
_ABOUT = phrase_set(
    "about|around|approximately|approx|approx .|roughly|nearly|almost|some|circa|c .|~|on average|an average of|average of|"
    "averaging|typically|usually|just over|just under|just|generally|normally|in the region of|anything from"
)
_TRANSPARENT = phrase_set("a|an|of|the|aged|age|age of|between|is|the age of")
_LEAST_BEHIND = phrase_set(
    "or more|or over|or above|or older|or longer|or later|or greater|or up|and over|and above|and older|and up|and more|plus|+|"
    "minimum|min|at least|upwards"
)
_MOST_BEHIND = phrase_set(
    "or less|or fewer|or under|or below|or younger|or shorter|or earlier|and under|and below|and younger|maximum|max|"
    "at most|tops|at the most|at the latest"
)
_PHRASES = dict.fromkeys(_LEAST, Bound.AT_LEAST) | dict.fromkeys(_MOST, Bound.AT_MOST)
_BEHIND = dict.fromkeys(_LEAST_BEHIND, Bound.AT_LEAST) | dict.fromkeys(_MOST_BEHIND, Bound.AT_MOST)
_RELATIONS = {
    "for": Relation.FOR,
    "within": Relation.WITHIN,
    "after": Relation.AFTER,
    "following": Relation.AFTER,
    "first": Relation.FIRST,
    "initial": Relation.FIRST,
    "from": Relation.FROM,
    "since": Relation.FROM,
    "until": Relation.UNTIL,
    "till": Relation.UNTIL,
    "by": Relation.UNTIL,
    "before": Relation.BEFORE,
}
_BEFORE = word_set("before beforehand ahead prior")
_NOTICE = word_set("notice advance")
_ADDED = word_set("another further additional extra more adding new remaining other")
_GREATEST = word_set("exceed maximum longest highest most limit cap largest biggest oldest latest")
_LEAST_WORDS = word_set("minimum shortest lowest least smallest youngest earliest")
_VERBS = word_set("is are was be : - = –")
_LINKING = _VERBS | {"of"}
_CLAUSE_ENDS = word_set(". ; , ! ? ( )")


_TURNED = {Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}
_TURNING = word_set(
    "under below younger shorter smaller lower lighter over above older longer larger bigger higher taller heavier"
)
_TURNING |= word_set("wider deeper more fewer")
_NOT = word_set("not never n't cannot can't mustn't shouldn't")
_NONE = word_set("no nobody none nothing")
_BETWEEN = word_set("be go get weigh last take stay any much grow stand")
_HAVING = word_set("have has get gets given got allowed")
_COVERING = word_set("covers cover")  # "the permit covers 12 visits"
_GRANTING = word_set("may can could allowed permitted entitled welcome")
_USING = word_set(
    "bring take carry borrow keep have hire book reserve use park stay invite claim send order hold own rent leave lend "
    "request register add pause freeze collect buy store swap post upload loan occupy get receive"
)
_WHAT_HAPPENS = word_set("it this that which")  # "it can take three days"
_FARTHEST_GRANT = 5  # tokens before the amount
_FARTHEST_DENIAL = 8  # tokens before the limit: "no child or dog under ..."


@dataclass(frozen=True, slots=True)
class Bounds:
    """`end` is the token behind the amount and what belongs to it."""

    bound: Bound
    approximate: bool
    relation: Relation
    added: bool
    end: int


def bound_of(found: list[Token], start: int, end: int) -> Bounds:
    """What is said around the amount that tokens `start` to `end`, exclusive, write."""
    bound, approximate, at = _before(found, start)
    behind, length = _phrase_behind(found, end)
    if behind is not None:
        bound, end = behind, end + length
    if word_at(found, end) == "or" and word_at(found, end + 1) == "so":
        approximate, end = True, end + 2
    bound = bound or _limit_ahead(found, start) or _allowance(found, at, end) or Bound.EXACT
    if _denied(found, at):
        bound = _TURNED.get(bound, bound)
    relation = _relation(found, at, start, end)
    return Bounds(bound, approximate, relation, _is_added(found, at, start), end)


def _allowance(found: list[Token], at: int, end: int) -> Bound | None:
    """ "You may bring two guests", "you have 30 days to return it", "free for three hours": what is granted is a limit."""
    before = word_at(found, at - 1)
    if before in _HAVING and word_at(found, end) == "to":
        return Bound.AT_MOST
    if before in _COVERING or (before == "for" and word_at(found, at - 2) == "free"):
        return Bound.AT_MOST
    if before not in _USING:
        return None
    grants = (at - back for back in range(2, _FARTHEST_GRANT + 1) if word_at(found, at - back) in _GRANTING)
    return Bound.AT_MOST if any(word_at(found, grant - 1) not in _WHAT_HAPPENS for grant in grants) else None


def _denied(found: list[Token], at: int) -> bool:
    """ "No child under 10 may ...", "must not be higher than 2 m": what is not below is at least."""
    at += word_at(found, at) == "of"  # "may consist of more than"
    if word_at(found, at) not in _TURNING:
        return False
    between = [word_at(found, at - back) for back in range(1, _FARTHEST_DENIAL + 1)]
    if any(word in _NOT for word in between[:2]) and (between[0] in _NOT or between[0] in _BETWEEN):
        return True
    denial = next((k for k, word in enumerate(between) if word in _NONE), None)
    return denial is not None and _CLAUSE_ENDS.isdisjoint(between[:denial]) and _VERBS.isdisjoint(between[:denial])


def _before(found: list[Token], start: int) -> tuple[Bound | None, bool, int]:
    """The bound said before the amount, whether it is only approximate, and the token where these words begin."""
    bound: Bound | None = None
    approximate, at = False, start
    while True:
        for length in range(_LONGEST, 0, -1):
            phrase = tuple(word_at(found, at - length + k) for k in range(length))
            if phrase in _PHRASES or phrase in _ABOUT or phrase in _TRANSPARENT:
                bound = bound or _PHRASES.get(phrase)
                approximate = approximate or phrase in _ABOUT
                at -= length
                break
        else:
            return bound, approximate, at


def _phrase_behind(found: list[Token], end: int) -> tuple[Bound | None, int]:
    for length in (3, 2, 1):
        bound = _BEHIND.get(tuple(word_at(found, end + k) for k in range(length)))
        if bound is not None:
            return bound, length
    return None, 0


def _limit_ahead(found: list[Token], start: int) -> Bound | None:
    """ "The maximum length of a hire is 24 hours": the limit is named ahead in the clause."""
    if word_at(found, start - 1) not in _LINKING:
        return None
    for at in range(start - 1, max(-1, start - 14), -1):
        word = word_at(found, at)
        if word in _CLAUSE_ENDS:
            return None
        if word in _GREATEST:
            return Bound.AT_MOST
        if word in _LEAST_WORDS:
            return Bound.AT_LEAST
    return None


def _relation(found: list[Token], at: int, start: int, end: int) -> Relation:
    inside = {token.word for token in found[at:start]}
    if "within" in inside:
        return Relation.WITHIN
    behind = word_at(found, end)
    notice = bool({word_at(found, end + k) for k in range(3)} & _NOTICE)
    if behind in _BEFORE or (notice and word_at(found, end + 1) not in {"."}):
        return Relation.BEFORE
    for before in (word_at(found, at - 1), word_at(found, at - 2) if word_at(found, at - 1) == "the" else ""):
        if before in _RELATIONS:
            return _RELATIONS[before]
    return Relation.FIRST if "first" in inside else Relation.NONE


def _is_added(found: list[Token], at: int, start: int) -> bool:
    before = {word_at(found, at - k) for k in (1, 2)}
    return bool(before & _ADDED) and "than" not in {token.word for token in found[max(0, at - 1) : start]}
