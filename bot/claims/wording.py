"""A text and a span of it go in; its words of content come out, without grammar and without figures."""

from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise

from bot.claims.closed_class import FUNCTION_WORDS
from bot.claims.irregular import verb
from bot.claims.numerals import ONES, SCALES, TENS, tokens
from knowledge.documents import Span
from knowledge.text import stems

_NO_CONTENT = FUNCTION_WORDS | {*ONES, *TENS, *SCALES}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    return stems([verb(word)])[0]


@lru_cache(maxsize=4096)
def content_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, numbers left out, in order and with repetitions."""
    return tuple(word for token in tokens(text) if (word := _content(token.word)))


@lru_cache(maxsize=200_000)
def _content(word: str) -> str:
    """The word itself, "" where it is grammar, a figure or a single letter."""
    plain = word.removesuffix("'s").replace("'", "")
    if not plain.isalpha() or plain in _NO_CONTENT or len(plain) < 2:
        return ""
    return plain


def words_in(text: str, window: Span, apart: Collection[Span] = (), without: Collection[str] = ()) -> tuple[str, ...]:
    """Each content word of `window` once; what stands in one of the spans `apart`, and the words `without`, are left out."""
    found: dict[str, None] = {}
    for token in tokens(text):
        if window.start <= token.start < window.end and not (apart and _within(token.start, apart)):
            word = _content(token.word)
            if word and word not in without:
                found[word] = None
    return tuple(found)


def compounds_in(
    text: str, window: Span, apart: Collection[Span] = (), without: Collection[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Pairs of content words with nothing between them but a space or a hyphen: ("day", "pass")."""
    pairs: list[tuple[str, str]] = []
    for first, second in pairwise(tokens(text)):
        together = second.start - first.end == 1 and window.start <= first.start and second.start < window.end
        if together and not _within(second.start, apart):
            before, word = _content(first.word), _content(second.word)
            if before and word and word not in without:
                pairs.append((before, word))
    return tuple(pairs)


def _within(offset: int, spans: Collection[Span]) -> bool:
    return any(span.start <= offset < span.end for span in spans)
