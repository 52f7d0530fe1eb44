"""A question goes in; the kinds of answer that it asks for come out, and whether a sentence holds one.

The kinds refine the coarse classes of Li and Roth (2002, "Learning question classifiers"); cues and evidence are patterns over
normalised text, so that hundreds of candidate sentences can be looked at within a millisecond.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.retrieval.function_words import function_words
from knowledge.text import normalise


class AnswerKind(StrEnum):
    DURATION = "duration"
    TIME = "time"  # a point in time: a date, a clock time, a weekday, "after six weeks"
    FREQUENCY = "frequency"
    PRICE = "price"
    COUNT = "count"
    SIZE = "size"  # length, weight, speed, share: a number with a unit
    PLACE = "place"
    PERSON = "person"
    REASON = "reason"
    PROCEDURE = "procedure"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    LIST = "list"
    CONTACT = "contact"  # a telephone number, an address for mail


# Kinds that a sentence visibly holds or lacks; the others can be worded in any way.
EVIDENT = frozenset(
    {
        AnswerKind.DURATION,
        AnswerKind.TIME,
        AnswerKind.FREQUENCY,
        AnswerKind.PRICE,
        AnswerKind.COUNT,
        AnswerKind.SIZE,
        AnswerKind.CONTACT,
    }
)


def _pattern(verbose: str, **parts: str) -> re.Pattern[str]:
    for name, part in parts.items():
        verbose = verbose.replace(f"<{name}>", f"(?:{part})")
    return re.compile(verbose, re.VERBOSE)


_COUNT_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|"
    "hundred|thousand|million|half|quarter|several|couple|few|dozen"
)
_NUMBER = rf"\d[\d.,]*|{_COUNT_WORD}"
_SPAN = r"(?:second|minute|min|hour|hr|day|night|week|fortnight|month|quarter|year|decade)s?\b"
MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)

_EVIDENCE: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.DURATION: _pattern(
        r"""\b(?:<number>|an?)(?:\W{1,3}<number>|\W+(?:to|or|and)\W+<number>|\W+of)?(?:\W+\w+)?\W{0,2}<span>
        | \b(?:permanent|lifetime|for\ life|forever|overnight|indefinite)""",
        number=_NUMBER,
        span=_SPAN,
    ),
    AnswerKind.TIME: _pattern(
        r"""\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|a\.m|p\.m|o.?clock|uhr|h)\b | \b\d{1,2}[:.]\d\d\b
        | \b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b | \b(?:midnight|noon|midday|today|tomorrow|weekends?)\b
        | \b\d{1,2}(?:st|nd|rd|th)?\s+<month>\b | \b<month>\s+\d | \b(?:19|20)\d\d\b
        | \b(?:after|before|within|until|till|from|by|in|since|at\ least|up\ to)\b[^.]{0,30}<span>
        | \b(?:at\ once|straight\ away|immediately|at\ any\ time|any\ time|24\ hours\ a\ day|day\ and\ night)\b""",
        month=MONTH,
        span=_SPAN,
    ),
    AnswerKind.FREQUENCY: _pattern(
        r"""\b(?:every|each|per|once|twice|times?|an?)\b[^.]{0,24}<span> | \d\s?x\s?/
        | \b(?:daily|weekly|monthly|yearly|annual(?:ly)?|hourly|nightly|once|twice|every\ other|always|regularly)\b""",
        span=_SPAN,
    ),
    AnswerKind.PRICE: _pattern(
        r"""[$£€¥₹]\s?\d | \d\s?(?:[$€£] | (?:p|c|usd|eur|gbp|euros?|dollars?|pounds?|cents?|pence|francs?|kr)\b)
        | \bfree\b(?!\ (?:of|from)\b(?!\ charge)) | \bno\ (?:extra\ )?(?:charge|cost|fee)\b | \bfor\ nothing\b
        | \d\s?(?:%|per\ ?cent)"""
    ),
    AnswerKind.COUNT: _pattern(r"\b(?:<number>|no\ more\ than|none|single|only\ one|no)\b", number=_NUMBER),
    AnswerKind.SIZE: _pattern(
        r"""\d\s?(?:%|per\ ?cent|°) | \b\d+\ (?:or|and)\ (?:over|above|under|older|younger)\b | \bage[ds]?\b | <span>
        | \b\d[\d.,]*\s?(?:mm|cm|m|kms?|(?:milli|centi|kilo)?met(?:er|re)s?|miles?|inch(?:es)?|ft|feet|foot|yards?
          |kg|kilos?|g|grams?|lbs?|pounds?|oz|ounces?|stone|tonnes?|tons?|ml|l|lit(?:er|re)s?|km/h|mph|kmh|w|kw|kwh|wh
          |v|volts?|mb|gb|tb|mbit|sqm|m2|people|persons|seats)\b""",
        span=_SPAN,
    ),
    AnswerKind.CONTACT: _pattern(
        r"\+?\d[\d\ \-()/]{6,}\d | \S+@\S+\.\S+ | https?:// | www\. | \b(?:call|ring|phone|e-?mail|write\ to|contact)\b"
    ),
    AnswerKind.PLACE: _pattern(
        r"\b(?:at|in|on|near|beside|behind|opposite|next\ to|outside|inside|under|above|between|from|to|street|road|floor)\b"
    ),
    AnswerKind.REASON: _pattern(
        r"\b(?:because|since|so\ that|due\ to|as\ a\ result|therefore|which\ is\ why|in\ order|the\ reason|helps?|to)\b"
    ),
    AnswerKind.LIST: _pattern(r"[,;].*(?:,|\band\b|\bor\b) | :\s*$ | :\s"),
}

_GIVES_A_REASON = _pattern(
    r"\b(?:because|since|so\ that|due\ to|as\ a\ result|therefore|which\ is\ why|in\ order\ to|the\ reason|otherwise)\b"
)
_SPANS = "days|weeks|months|hours|minutes|years|nights"
_CUES: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.DURATION: _pattern(
        r"""\bhow\ long\b | \bhow\ (?:much|many)\ (?:more\ )?(?:time|<spans>)\b | \bhow\ much\ longer\b
        | \bhow\ (?:quick|fast|soon)(?:ly)?\b | \bduration\b""",
        spans=_SPANS,
    ),
    AnswerKind.TIME: _pattern(
        r"""(?:^|[,;:]\ |\b(?:and|so|but|until|since|by)\ )when\b
        | \b(?:what|which)\ (?:time|date|day|month|year|hours?)\b | \bopening\ (?:hours|times)\b
        | \bhow\ (?:soon|early|late)\b | \bhow\ long\ (?:until|before|ago|has|have)\b | \bdeadline\b"""
    ),
    AnswerKind.FREQUENCY: _pattern(r"\bhow\ (?:often|frequently|regularly|many\ times)\b | \bfrequency\b"),
    AnswerKind.PRICE: _pattern(
        r"""\bhow\ much\ (?:is|are|does|do|did|will|would|for|to|it|they|you|the|an?|must)\b
          (?!.*\b(?:weigh|hold|carry|fit|lift|time|notice|long)\b)
        | \b(?:pric(?:es?|ey|ing)|costs?|fees?|charged?s?|cheap(?:er|est)?|expensive|dear(?:er)?|discount|bill(?:ed)?|rates?
          |deposit|fine|for\ free)\b | \bset\ me\ back\b | \bpay(?:ing|ment)?\ (?:for|extra|more)\b"""
    ),
    AnswerKind.COUNT: _pattern(r"\bhow\ many\b | \bnumber\ of\b | \bhow\ much\ (?:credit|notice)\b"),
    AnswerKind.SIZE: _pattern(
        r"""\bhow\ (?:big|small|large|long\ is|far|heavy|tall|high|wide|deep|steep|fast|old|strong|thick|warm|cold|hot)\b
        | \bhow\ much\ (?:does|do|can|will)\ .*\b(?:weigh|hold|carry|fit|lift)\b | \b(?:what|by)\ (?:size|age|how\ much)\b
        | \b(?:weigh(?:s|t)?|size|speed|distance|kilomet\w+|miles|kilos?|limit|maximum|minimum|percent\w*|capacity)\b"""
    ),
    AnswerKind.PLACE: _pattern(
        r"""\bwhere\b | \bwhich\ (?:place|address|street|room|station|office)\b | \bget\ (?:there|here|to\ you)\b
        | \b(?:address|location|located|directions|post\ ?code|zip\ ?code)\b"""
    ),
    AnswerKind.PERSON: _pattern(r"\bwho(?:m|se)?\b"),
    AnswerKind.REASON: _pattern(r"\bwhy\b | \bhow\ come\b | \bwhat\ for\b | \bwhat\ is\ the\ (?:reason|point)\b"),
    AnswerKind.PROCEDURE: _pattern(
        r"""^(?:and\ |so\ |but\ )?how\ (?:do|can|should|would|could|to|does|did|might|must|am|are)\b | \bhow\ to\b
        | \bwhat\ (?:do|should|must|can)\ i\ do\b | \bwhat\ now\b | \bsteps?\b | \bprocedure\b | \bway\ (?:of|to)\b"""
    ),
    AnswerKind.YES_NO: _pattern(
        r"""^(?:(?:and|so|but|then|ok|also|well)\ )?
        (?:is|are|am|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had|isnt|arent|dont
          |doesnt|cant|wont|need)\b"""
    ),
    AnswerKind.DEFINITION: _pattern(
        r"""^(?:what|who)\ (?:is|are|was|were)\ (?:an?\ |the\ )?[\w-]+(?:\ [\w-]+)?\s*\??$
        | \bdefin(?:e|ition)\b | \bwhat\ does\ .*\ mean\b | \bmeaning\ of\b | \bexplain\b"""
    ),
    AnswerKind.LIST: _pattern(
        r"""\b(?:which|what)\ (?:\w+\ )?\w+s\ (?:are|do|does|can|will|have|should|must|is)\b | \blist\b
        | \bwhat\ (?:all|kinds?|sorts?|types?)\b | \b(?:effects|risks|benefits|advantages|reasons|rules)\b"""
    ),
    AnswerKind.CONTACT: _pattern(
        r"""\b(?:(?:phone|telephone)\ number|whats?\ (?:is\ )?(?:the|your)\ (?:number|e-?mail|address)|contact|hotline
          |reach\ (?:you|someone))\b"""
    ),
}

# What asks for a judgement about the visitor in person.
_ADVICE = _pattern(
    r"""\b(?:am\ i|would\ i\ be|i\ am|im)\ (?:\w+\ ){0,2}?
        (?:suitable|eligible|an?\ (?:\w+\ )?candidate|a\ good\ fit|too\ (?:old|young|fat|heavy|ill|sick))\b
    | \b(?:is|would|be)\ (?:(?:it|this|that|be)\ )*(?:\w+\ )?
        (?:right|safe|suitable|advisable|good|wise|ok|okay|a\ good\ idea)\ for\ (?:me|my)\b
    | \b(?:is|would|be)\ (?:it|this|that)\ (?:\w+\ )?(?:right|safe|suitable|advisable|wise)\ (?:if|when|while|with)\ (?:i|my)\b
    | ^(?:(?:so|and|but|then|well)\ )?should\ (?:i|my|we)\b | \bwhat\ would\ you\ (?:do|advise|recommend)\b
    | \bdo\ you\ (?:think|recommend|advise)\b.*\b(?:i|me|my)\b"""
)

_SUITABLE = _pattern(
    r"""\b(?:am\ i|would\ i\ be|is\ (?:it|this|that))\ (?:\w+\ ){0,2}?
        (?:suitable|right\ for\ me|for\ me|safe\ for\ me|candidate|a\ good\ fit)\b"""
)
# Cues that name what is asked about as well: "the fine" is a price and a thing to ask on about.
_THINGS = frozenset(
    {"fee", "fees", "fine", "deposit", "discount", "bill", "notice", "limit", "deadline", "address", "contact", "hotline"}
)
_WORDS = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for. `kinds` may be empty (keywords, a statement); `advice` asks for a personal judgement,
    `suitability` whether a thing is for the visitor at all."""

    text: str
    kinds: frozenset[AnswerKind]
    advice: bool
    suitability: bool = False

    @property
    def evident(self) -> frozenset[AnswerKind]:
        """The kinds that a fitting sentence would visibly hold; none where yes or no would do."""
        return frozenset() if AnswerKind.YES_NO in self.kinds else self.kinds & EVIDENT


@lru_cache(maxsize=1024)
def analyse(text: str) -> Question:
    """Any text; of a long message only the sentences that ask count, or its last one."""
    asked = asking_part(normalise(text).replace("'", "").replace("’", "").strip())
    kinds = frozenset(kind for kind, cue in _CUES.items() if cue.search(asked))
    return Question(text, _narrowed(kinds), _ADVICE.search(asked) is not None, _SUITABLE.search(asked) is not None)


def subject(text: str) -> str:
    """What a question is about: its words that carry meaning, but for those that say which measure is asked for."""
    cues = cue_words(text)
    found = ((word, _bare(word)) for word in _WORDS.findall(text))
    return " ".join(word for word, bare in found if bare not in cues and bare not in function_words("en"))


@lru_cache(maxsize=1024)
def cue_words(text: str) -> frozenset[str]:
    """The words of a question that say which measure, or that a place is asked for, and name no thing."""
    plain = " ".join(map(_bare, _WORDS.findall(text)))
    cues = [_CUES[kind] for kind in analyse(text).kinds & (EVIDENT | {AnswerKind.PLACE})]
    return frozenset(word for cue in cues for piece in cue.findall(plain) for word in piece.split()) - _THINGS


def _bare(word: str) -> str:
    return normalise(word).replace("'", "").replace("’", "")


def _narrowed(kinds: frozenset[AnswerKind]) -> frozenset[AnswerKind]:
    """Where a narrow kind was found, the wider one that shares its cue goes."""
    if kinds & {AnswerKind.PRICE, AnswerKind.FREQUENCY}:
        kinds -= {AnswerKind.COUNT, AnswerKind.PROCEDURE}
    if AnswerKind.DURATION in kinds:
        kinds -= {AnswerKind.COUNT, AnswerKind.SIZE}
    return kinds


def asking_part(text: str) -> str:
    """The sentences with a question mark, else the last sentence."""
    pieces = [piece.strip() for piece in re.findall(r"[^.?!]+[.?!]*", text) if piece.strip(" .?!")]
    questions = [piece for piece in pieces if piece.endswith("?")]
    return " ".join(questions) if questions else (pieces[-1] if pieces else text)


def gives_a_reason(sentence: str) -> bool:
    """Whether a sentence says why; stricter than the evidence of a reason, which any purpose is."""
    return _GIVES_A_REASON.search(normalise(sentence)) is not None


def evidence(sentence: str) -> frozenset[AnswerKind]:
    """The kinds of answer that a sentence visibly holds."""
    return frozenset(kind for kind in _EVIDENCE if holds(sentence, kind))


def holds(sentence: str, kind: AnswerKind) -> bool:
    """Whether a sentence visibly holds an answer of that kind; False for a kind that can be worded in any way."""
    return kind in _EVIDENCE and _EVIDENCE[kind].search(normalise(sentence)) is not None
