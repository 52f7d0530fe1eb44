"""Two words go in; whether they exclude one another comes out: a day ticket is no month ticket, however alike the words are."""

from bot.claims.numerals import word_set
from bot.claims.wording import stem

# A group a line: what a thing is only one of, with bars between; words without a bar between them say the same.
_GROUPS = (
    "hour hourly|day daily|night nightly|week weekly|weekend|fortnight fortnightly|month monthly|quarter quarterly|season|"
    "year yearly annual annually|lifetime",
    "morning|afternoon|evening|lunchtime",
    "breakfast|brunch|lunch|dinner supper",
    "spring|summer|autumn|winter",
    "child kid|adult|senior pensioner|student|junior|baby infant|toddler|teenager|family",
    "boy|girl",
    "man men male|woman women female",
    "small little tiny|medium|large big",
    "short|long",
    "first|second|third|fourth|final last",
    "single|double twin|triple",
    "single|return",
    "left|right",
    "front|back rear|side",
    "upper top|lower bottom|middle",
    "inside indoor indoors|outside outdoor outdoors",
    "north|south|east|west",
    "red|blue|green|yellow|white|black|orange|purple|pink|brown|grey gray|silver|gold",
    "basic|standard|plus|premium|deluxe|pro|starter|enterprise",
    "full|half|partial",
    "old|new",
    "hot|cold|warm",
    "online|phone telephone|post",
    "public|private",
    "local|national domestic|international",
    "early|late",
    "digital|paper printed",
)


def _places() -> dict[str, frozenset[tuple[int, int]]]:
    """Stem -> the groups that it is in and its place there."""
    places: dict[str, frozenset[tuple[int, int]]] = {}
    for number, group in enumerate(_GROUPS):
        for place, words in enumerate(group.split("|")):
            for word in word_set(words):
                places[stem(word)] = places.get(stem(word), _NOWHERE) | {(number, place)}
    return places


_NOWHERE: frozenset[tuple[int, int]] = frozenset()
_PLACES = _places()


def exclude(a: str, b: str) -> bool:
    """Whether both are of a group of which a thing is only one."""
    first, second = _PLACES.get(stem(a)), _PLACES.get(stem(b))
    if first is None or second is None or first & second:
        return False
    return any(group == other for group, _ in first for other, _ in second)
