"""An utterance and the conversation so far go in; what to search, and with how much of the context, comes out."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.answers import Answer, Conversation, Outcome, PastTurn
from bot.questions import AnswerKind, analyse, asking_part
from bot.thread import context_for, last_question
from knowledge.text import normalise, words

REMEMBERED = 3  # turns
LONGEST_REMEMBERED = 200  # characters of an utterance or a query
LONG_MESSAGE = 14  # words from which a message is taken to bring its own context
FEW = 3  # content words up to which a question may be an ellipsis
CLOSELY = 0.7  # the share of the last question where a follow-up is read as leaning on it alone


class Act(StrEnum):
    ASK = "ask"
    MORE = "more"  # "tell me more"
    CONFIRM = "confirm"  # "are you sure?"
    PICK = "pick"  # "the second one"
    WHY = "why"  # "why?", "how come?"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an utterance asks. `focus` is searched alone and together with `context`; `weight` (0 to 1) is the share that
    the second search has in the ranking. `earlier` is the turn that it refers to; `pick` counts from 0, -1 is the last.
    `otherwise` is another way to read it, which its answer has to prove."""

    act: Act
    focus: str
    context: str = ""
    weight: float = 0.0
    earlier: PastTurn | None = None
    pick: int = 0
    repeated: bool = False
    otherwise: "Resolved | None" = None

    @property
    def query(self) -> str:
        """The self-contained question."""
        return f"{self.context} {self.focus}".strip() if self.weight else self.focus

    def weighted(self) -> list[tuple[str, float]]:
        """The texts to search with their shares of the ranking, the question itself first."""
        alone = (self.focus, 1.0 - self.weight)
        return [alone, (self.query, self.weight)] if self.weight else [alone]


_SWITCH = re.compile(
    r"""^\W*(?:(?:an?\ )?(?:different|another|new|separate|unrelated|other)\ (?:question|topic|thing|subject)
    | on\ an?(?:other)?\ (?:(?:different|other)\ )?(?:note|subject|topic) | by\ the\ way | btw | something\ else
    | changing\ (?:the\ )?(?:subject|topic) | one\ more\ (?:question|thing) | (?:next|new)\ question)\b[\s:,.;–-]*""",
    re.VERBOSE,
)
_MORE = re.compile(
    r"""^\W*(?:(?:ok(?:ay)?|and|so|please|yes),?\ )?
    (?:(?:(?:can|could|will|would)\ you\ )?(?:please\ )?(?:tell|say|show|give)\ (?:me\ )?(?:a\ (?:little|bit)\ )?more
    | (?:any|some)thing\ (?:else|more) | what\ else | more(?:\ (?:details|info|information))?
    | go\ on | continue | details | and\ then | next(?:\ one)?
    | (?:can\ you\ )?elaborate)
    (?:\ is\ there)?(?:\ (?:about|on)\ (?:it|this|that|them))?(?:\ please)?\W*$""",
    re.VERBOSE,
)
_CONFIRM = re.compile(
    r"""^\W*(?:are\ you\ (?:really\ |quite\ |absolutely\ )?(?:sure|certain)(?:\ (?:about|of)\ (?:it|this|that))?
    | really | seriously | sure | is\ (?:it|this|that)\ (?:really\ )?(?:true|right|correct) | says\ who | who\ says\ (?:so|that)
    | what | huh | eh | (?:please\ )?repeat(?:\ (?:it|this|that))? | say\ (?:it|that)\ again | what\ did\ you\ say
    | come\ again | pardon
    | where\ does\ it\ say\ (?:so|that) | how\ do\ you\ know(?:\ that)? | (?:what\ is\ |whats\ )?your\ source)\W*$""",
    re.VERBOSE,
)
_WHY = re.compile(
    r"""^\W*(?:(?:and|but|so|ok(?:ay)?)\W+)?(?:why(?:\ (?:is|was|does|do|are)\ (?:that|it|this|they|so))?(?:\ so|\ not)?
    | how\ come | what\ for | for\ what\ reason)\W*$""",
    re.VERBOSE,
)
_ORDINALS = {
    "first": 0,
    "1st": 0,
    "former": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "last": -1,
    "latter": -1,
}
_PICK = re.compile(
    rf"^\W*(?:the |number |option |i mean )*({'|'.join(_ORDINALS)})(?: (?:one|option|answer|source))?(?:,? please)?\W*$"
)
_NUMBER = re.compile(r"^\W*(?:number |no |option )?([1-9])\W*$")  # of a choice
_OPENING = re.compile(
    r"""^\W*(?:and|but|or|so|then|also|what\ about|how\ about|what\ if|in\ that\ case|for\ how\ long|since\ when|until\ when
    |which\ ones?)\b""",
    re.VERBOSE,
)
_POINTER = re.compile(
    r"""\b(?:it|its|they|them|their|theirs|this|that|these|those|there|she|he|her|him|his|hers|ones?|same|the\ other|both|either
    |neither|instead|otherwise|afterwards?|such)\b""",
    re.VERBOSE,
)
_ALONE = re.compile(
    r"^\W*(?:why|how|when|where|who|which|how (?:much|many|long|often|far|soon)|what for|since when|from when|how come)\W*$"
)


def resolve(utterance: str, conversation: Conversation, content_words: int) -> Resolved:
    """`content_words` is how many words of the utterance carry meaning, bare numbers left out."""
    plain = _plain(utterance)
    earlier = _referred_to(conversation)
    if earlier is None:
        return replace(_own_context(utterance), act=_act(plain))
    if about_the_answer := _about_the_answer(utterance, plain, earlier):
        return about_the_answer
    if switch := _SWITCH.match(plain):
        return _own_context(utterance[switch.end() :] or utterance)
    if again := _asked_before(utterance, conversation):
        return replace(_own_context(utterance), earlier=again, repeated=True)
    if weight := _leaning(plain, content_words):
        return _follow_up(utterance, conversation, earlier, weight)
    return replace(_own_context(utterance), earlier=earlier)


def _act(plain: str) -> Act:
    acts = {Act.PICK: _PICK, Act.MORE: _MORE, Act.CONFIRM: _CONFIRM, Act.WHY: _WHY}
    return next((act for act, pattern in acts.items() if pattern.match(plain)), Act.ASK)


def _about_the_answer(utterance: str, plain: str, earlier: PastTurn) -> Resolved | None:
    act, picked = _act(plain), _PICK.match(plain)
    pick = _ORDINALS[picked[1]] if picked else 0
    if earlier.outcome is Outcome.CLARIFY and (number := _NUMBER.match(plain)):
        act, pick = Act.PICK, int(number[1]) - 1
    return None if act is Act.ASK else Resolved(act, utterance, earlier.query, 1.0, earlier, pick)


def _referred_to(conversation: Conversation) -> PastTurn | None:
    """The last question that was answered, else the last one that was asked."""
    asked = [turn for turn in reversed(conversation.turns) if turn.query]
    return next((turn for turn in asked if turn.outcome is not Outcome.NO_ANSWER), next(iter(asked), None))


def _asked_before(utterance: str, conversation: Conversation) -> PastTurn | None:
    same = (turn for turn in conversation.turns if turn.passages and words(turn.utterance) == words(utterance))
    return next(same, None)


def _leaning(plain: str, content_words: int) -> float:
    """How much an utterance leans on what was said before."""
    opening = _OPENING.match(plain) is not None
    pointer = _POINTER.search(plain) is not None
    if _ALONE.match(plain) or (content_words <= 1 and (opening or pointer)):
        return 0.7
    if not (content_words or opening or pointer or _asks_on(plain)):
        return 0.0  # "the", "1": nothing to go on with
    if content_words > 2 * FEW and not opening:
        return 0.0
    if opening or pointer:
        return 0.5
    return 0.3 if content_words <= FEW else 0.0


def _asks_on(plain: str) -> bool:
    """Whether a question of small words alone goes on with what was said; "where are you?" does not."""
    kinds = analyse(plain).kinds
    return bool(kinds - {AnswerKind.DEFINITION, AnswerKind.LIST}) and not (AnswerKind.PLACE in kinds and "you" in words(plain))


def refers_back(utterance: str) -> bool:
    """Whether it says itself that it is about something before: "it", "why?"."""
    plain = _plain(utterance)
    return bool(_POINTER.search(plain) or _ALONE.match(plain))


def goes_on(utterance: str) -> bool:
    """Whether it says itself that it continues: "and ..."."""
    return _OPENING.match(_plain(utterance)) is not None


def _follow_up(utterance: str, conversation: Conversation, earlier: PastTurn, weight: float) -> Resolved:
    """Asked of what the thread is about, or else of the last question alone and closely."""
    thread = conversation.turns[: conversation.turns.index(earlier) + 1]
    closely = Resolved(Act.ASK, utterance, last_question(thread), CLOSELY, earlier)
    return Resolved(Act.ASK, utterance, context_for(utterance, thread), weight, earlier, otherwise=closely)


def _own_context(utterance: str) -> Resolved:
    """A long message asks in one of its sentences; the others are its context."""
    asked = asking_part(utterance).strip()
    rest = utterance.replace(asked, " ").strip()
    if len(words(utterance)) < LONG_MESSAGE or not rest or not asked:
        return Resolved(Act.ASK, utterance)
    return Resolved(Act.ASK, asked, rest, 0.7)


def remember(conversation: Conversation, utterance: str, answer: Answer, shown: tuple[str, ...]) -> Conversation:
    """`shown` are ids of the passages that the reply quotes."""
    turn = PastTurn(utterance[:LONGEST_REMEMBERED], answer.query[-LONGEST_REMEMBERED:], answer.outcome, shown)
    return Conversation((*conversation.turns, turn)[-REMEMBERED:])


def already_shown(conversation: Conversation) -> frozenset[str]:
    """Ids of the passages that the remembered answers quoted."""
    answers = (turn for turn in conversation.turns if turn.outcome in (Outcome.ANSWERED, Outcome.CONFLICT, Outcome.ADVICE))
    return frozenset(passage for turn in answers for passage in turn.passages)


def told_again(conversation: Conversation, query: str) -> frozenset[str]:
    """Ids of the passages that were quoted when more was asked for on `query` before."""
    turns = [turn for turn in conversation.turns if turn.query == query]
    first_is_the_question = bool(turns) and turns[0].utterance in query
    return frozenset(passage for turn in turns[first_is_the_question:] for passage in turn.passages)


def all_told(conversation: Conversation, query: str) -> bool:
    """Whether the last reply on `query` was that there is no more."""
    last = conversation.turns[-1]
    return last.query == query and last.outcome is Outcome.NO_ANSWER


def _plain(utterance: str) -> str:
    return normalise(utterance).replace("’", "'").replace("'", "").strip()
