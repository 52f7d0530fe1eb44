"""What was found for a question goes in; whether no score can make an answer of it, why not, and the refusal come out."""

import re

from bot.answers import Answer, Outcome, Reason
from bot.confidence import met, with_headings
from bot.dialogue import goes_on, refers_back
from bot.finding import Found, telling
from bot.language import guess
from bot.manner import Manner
from bot.prose import is_prose
from bot.questions import AnswerKind, evidence
from bot.quoting import distinct
from bot.retrieval import Correction, Query
from knowledge.text import words

NEAREST = 3
MOSTLY = 0.75  # the share of a question's words from which it is about what the documents do not know
FOREIGN = 0.5  # the same, of a message in another language
STRANGE = 0.4  # the mean cosine below which unknown words are not even close to what was found
STRANGE_STILL = 0.3  # the same after "and ...", which says that it has to do with what was said
STRANGE_THING = 0.55  # the same for a thing that may be there or not

_INTERROGATIVES = frozenset(
    {"how", "long", "much", "many", "often", "far", "soon", "when", "where", "why", "who", "which", "what"}
)
# Whether something is offered or there: then its name has to be known.
_OFFER = re.compile(
    r"""^(?:(?:and|so|but|or|hi|hello)\W+)?(?:do|can|could|would|will)\ (?:you|they|u)\ (?:also\ |still\ |even\ )?
    (?:offer|have|sell|provide|do|stock|make|run|rent|serve|supply|give)\ (?:me\ |us\ )?(?:an?\ |any\ |some\ |the\ )?(\S+)""",
    re.VERBOSE,
)


def why_not(found: Found, manner: Manner) -> Reason | None:
    """Why no score makes an answer of what was found; None where the confidence decides."""
    if not _asks_something(found) or not is_prose(found.focus.query.text):
        return Reason.NOT_A_QUESTION
    if not found.ranked:
        return reason(found, manner)
    if is_foreign(found, manner) and _unknown_share(_asked(found)) >= FOREIGN:
        return Reason.OTHER_LANGUAGE
    return Reason.UNKNOWN_WORDS if _is_strange(found, manner) else None


def reason(found: Found, manner: Manner) -> Reason:
    """Why what was found is not sure enough."""
    asked = found.focus.question.evident
    if manner.finder.first_document() is None:
        return Reason.NO_DOCUMENTS
    if is_foreign(found, manner):
        return Reason.OTHER_LANGUAGE
    if found.focus.query.unknown:
        return Reason.UNKNOWN_WORDS
    if asked and found.ranked and not asked & evidence(found.ranked[0].text):
        return Reason.NO_SUCH_KIND
    return Reason.WEAK_MATCH


def refuse(found: Found, manner: Manner, why: Reason, sure: float) -> Answer:
    """No answer, with the nearest quotes as "you may mean"; none where nothing was asked."""
    corrections, unknown = as_typed(found.focus.query)
    note = {
        Reason.UNKNOWN_WORDS: "no_answer_unknown",
        Reason.NO_SUCH_KIND: "no_answer_kind",
        Reason.OTHER_LANGUAGE: "other_language",
        Reason.NOT_A_QUESTION: "not_a_question",
        Reason.NOTHING_MORE: "nothing_more",
        Reason.NO_DOCUMENTS: "no_documents",
    }.get(why, "no_answer")
    nearest = () if why in (Reason.NOT_A_QUESTION, Reason.NOTHING_MORE) else distinct(found.ranked, NEAREST)
    return Answer(
        outcome=Outcome.NO_ANSWER,
        note=manner.say(note, words=", ".join(unknown)),
        reason=why,
        confidence=sure,
        nearest=tuple(quote.cited(n) for n, quote in enumerate(nearest, 1)),
        corrections=corrections,
        unknown=unknown,
        query=found.query,
    )


def as_typed(query: Query) -> tuple[tuple[Correction, ...], tuple[str, ...]]:
    """The corrections to words that the documents hold, and the unknown words as the visitor wrote them."""
    missed = {one.used: one.typed for one in query.corrections if set(one.used.split()) <= set(query.unknown)}
    kept = tuple(one for one in query.corrections if one.used not in missed)
    return kept, tuple(dict.fromkeys(missed.get(word, word) for word in query.unknown))


def _asks_something(found: Found) -> bool:
    """Whether any word but a bare number carries meaning, a figure or a place is asked for ("how much is it?"), or a heading
    asks just that."""
    kinds = found.focus.question.evident | (found.focus.question.kinds & {AnswerKind.PLACE})
    if any(telling(search.query) - _INTERROGATIVES for search in found.searches):
        return True
    if kinds and not _INTERROGATIVES.issuperset(found.focus.query.words):
        return True
    headings = [c.passage.heading.of(c.document.text) for c in found.ranked if c.passage.heading]
    return words(found.query) in map(words, headings)


def is_foreign(found: Found, manner: Manner) -> bool:
    first = manner.finder.first_document()
    documents = [c.document for c in found.ranked] or ([first] if first else [])
    spoken = guess(found.focus.query.text)
    return spoken is not None and spoken not in {document.lang.partition("-")[0] for document in documents}


def _is_strange(found: Found, manner: Manner) -> bool:
    """Whether it is about what the documents do not know: nearly all its words, or what it asks them to have."""
    query, best = _asked(found), found.ranked[0]
    if not query.unknown:
        return False
    close = met(query, with_headings(best, best.passage.of(best.document.text)), best.document.lang, manner.vectors).unknown
    if _offers(query):
        return close < STRANGE_THING
    return _unknown_share(query) >= MOSTLY and close < (STRANGE_STILL if goes_on(query.text) else STRANGE)


def _asked(found: Found) -> Query:
    """What has to be known to the documents: the question alone, but with its context where it points back to it."""
    if not refers_back(found.focus.query.text):
        return found.focus.query
    return max((search.query for search in found.searches), key=lambda query: len(query.words))


def _unknown_share(query: Query) -> float:
    asked = telling(query)
    return len(asked.intersection(query.unknown)) / len(asked) if asked else 0.0


def _offers(query: Query) -> bool:
    """Whether it asks if there is a thing whose name is unknown."""
    asked = _OFFER.match(" ".join(query.words))
    return asked is not None and asked[1] in query.unknown
