"""A text and a span of it go in; its words of content come out, without grammar and without figures."""

from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise

from bot.claims.closed_class import FUNCTION_WORDS
from bot.claims.irregular import verb
from bot.claims.numerals import ONES, SCALES, TENS, distinct_words, tokens
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


def content_stems(text: str) -> set[str]:
    """The stems of `content_words`, each once."""
    return {stem(word) for word in map(_content, distinct_words(text)) if word}


@lru_cache(maxsize=200_000)
def _content(word: str) -> str:
    """The word itself, "" where it is grammar, a figure or a single letter."""
    plain = word.removesuffix("'s").replace("'", "")
    if not plain.isalpha() or plain in _NO_CONTENT or len(plain) < 2:
        return ""
    return plain


@lru_cache(maxsize=1024)
def _content_at(text: str) -> tuple[tuple[int, str], ...]:
    """Where each content word starts, and the word."""
    return tuple((token.start, word) for token in tokens(text) if (word := _content(token.word)))


def words_in(text: str, window: Span, apart: Collection[Span] = (), without: Collection[str] = ()) -> tuple[str, ...]:
    """Each content word of `window` once; what stands in one of the spans `apart`, and the words `without`, are left out."""
    found: dict[str, None] = {}
    for start, word in _content_at(text):
        if window.start <= start < window.end and word not in without and not _within(start, apart):
            found[word] = None
    return tuple(found)


def words_around(text: str, start: int, end: int, window: Span) -> tuple[str, ...]:
    """The content words of `window` that stand before `start` or behind `end`, the nearest first, those before in front."""
    found = [(token, word) for token in tokens(text) if (word := _content(token.word))]
    before = [word for token, word in found if window.start <= token.start < start][::-1]
    behind = [word for token, word in found if end <= token.start < window.end]
    ranked = [(k, 0, word) for k, word in enumerate(before)] + [(k, 1, word) for k, word in enumerate(behind)]
    return tuple(dict.fromkeys(word for _, _, word in sorted(ranked)))


def compounds_in(
    text: str, window: Span, apart: Collection[Span] = (), without: Collection[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Pairs of content words with nothing between them but a space or a hyphen: ("day", "pass")."""
    return tuple(
        (before, word)
        for first, second, before, word in _together(text)
        if window.start <= first and second < window.end and word not in without and not _within(second, apart)
    )


@lru_cache(maxsize=1024)
def _together(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """Where two content words start that stand side by side, and the words."""
    beside = ((first, second) for first, second in pairwise(tokens(text)) if second.start - first.end == 1)
    return tuple(
        (first.start, second.start, before, word)
        for first, second in beside
        if (before := _content(first.word)) and (word := _content(second.word))
    )


def _within(offset: int, spans: Collection[Span]) -> bool:
    return bool(spans) and any(span.start <= offset < span.end for span in spans)
