"""Bytes that somebody made up go in, into everything that reads what strangers wrote; nothing but the expected may come out.

The tests mutate the seeds by themselves for a minute; `tests.faults.guided` goes on for as long as it is let.
"""

import json
import random
import tempfile
from collections.abc import Callable
from functools import cache
from math import inf
from pathlib import Path

from bot.answers import Conversation, Outcome, PastTurn
from bot.claims.quantities import quantities
from bot.dialogue import resolve
from bot.publishing.unpublished import ephemeral
from bot.questions import analyse
from bot.redaction import redact
from bot.retrieval import Retriever
from knowledge.characters import normalise
from knowledge.manifest import FileDamaged, check_manifest, write_manifest
from knowledge.metadata import FILE_NAME, MetadataError, read_rules
from knowledge.sentences import split_sentences
from knowledge.text import stems, words
from tests.corpus import FOLDER
from web.body import parse, typed
from web.contract import Question
from web.errors import Problem
from web.tokens import Signer

QUESTIONS = (
    "What does a lost card cost?",
    "and on Sundays, 10.30-12.30?",
    "24–48 hours, £1,200.50 or 3½ %",
    "my e-mail is ada@example.org, call +44 7700 900123",
    "Darf ich 2 Bücher am 1.1.2026 behalten? \u202eabc\u202c e\u0301 カード ﷺ",
)
SIGNER = Signer(("x" * 40,))
EARLIER = Conversation((PastTurn(QUESTIONS[0], QUESTIONS[0], Outcome.ANSWERED, ("p1",)),))


def tokens(data: bytes) -> None:
    text = _text(data)
    found = words(text)
    assert all(found)
    assert len(stems(found)) == len(found)


def normaliser(data: bytes) -> None:
    once = normalise(_text(data))
    assert normalise(once) == once


def sentences(data: bytes) -> None:
    text = _text(data)
    end = 0
    for span in split_sentences(text):
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        end = span.end
    assert not text[end:].strip()


def redaction(data: bytes) -> None:
    once = redact(_text(data))
    assert redact(once) == once


def question(data: bytes) -> None:
    text = _text(data)
    for found in quantities(text):
        assert -inf < found.low <= found.high < inf
    analyse(text[:500])
    resolve(text[:500], EARLIER, 2)


def query(data: bytes) -> None:
    retriever = _retriever()
    retriever.search(retriever.understand(_text(data)[:500]), 5)


def manifest(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "manifest.json").write_bytes(data)
        try:
            check_manifest(Path(folder), "index", 1)
        except FileDamaged:
            return
        assert data == _manifest()


def rules(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE_NAME).write_bytes(data)
        try:
            read_rules(Path(folder))
        except MetadataError:
            return


def conversation(data: bytes) -> None:
    text = _text(data)
    found = SIGNER.read_conversation(text)
    assert found in (Conversation(), EARLIER)
    assert SIGNER.read_answer(text) is None
    assert SIGNER.answer_key(text) is None


def body(data: bytes) -> None:
    try:
        typed(parse(data), Question)
    except Problem as problem:
        assert problem.code in (400, 422)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1")


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


@cache
def _retriever() -> Retriever:
    return ephemeral(FOLDER, Path(tempfile.mkdtemp(prefix="faqtual-fuzzing-"))).retriever


@cache
def _manifest() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        write_manifest(Path(folder), "index", 1)
        return (Path(folder) / "manifest.json").read_bytes()


_TOKENS = (str(SIGNER._sign_turns("r1", list(EARLIER.turns))),)
_RULES = b'["*.txt"]\ntitle = "Rules"\ndate = 2026-01-01\n["a/b.md"]\nurl = "https://a.example/b"\naudience = "staff"\n'
_BODIES = [json.dumps({"question": text, "conversation": None, "lang": "en"}).encode() for text in QUESTIONS]
_TEXTS = [text.encode() for text in QUESTIONS] + [path.read_bytes()[:500] for path in sorted(FOLDER.iterdir())]

Target = Callable[[bytes], None]
TARGETS: dict[str, tuple[Target, list[bytes]]] = {
    "tokens": (tokens, _TEXTS),
    "normaliser": (normaliser, _TEXTS),
    "sentences": (sentences, _TEXTS),
    "redaction": (redaction, _TEXTS),
    "question": (question, _TEXTS),
    "query": (query, _TEXTS),
    "manifest": (manifest, [_manifest()]),
    "rules": (rules, [_RULES]),
    "conversation": (conversation, [token.encode() for token in _TOKENS]),
    "body": (body, _BODIES),
}
PIECES = (
    *(bytes([code]) for code in (0, 9, 10, 34, 39, 44, 45, 46, 91, 93, 123, 125, 127, 255)),
    *(text.encode("utf-8", "surrogatepass") for text in "\u0301\u200b\u200d\u202e\u2066\ud800\ufeff\ufdfaİßﬁ½²٣०𝟛👩🇬"),
    *(b"0", b"1e999", b"-", b"NaN", b"null", b"true", b"[[", b'{"a":', b"\\ud800", b"a.b", b"http://", b"@"),
)


def mutated(seeds: list[bytes], dice: random.Random) -> bytes:
    """A seed with a few pieces put in, taken out, repeated or moved."""
    data = bytearray(dice.choice(seeds))
    for _ in range(dice.randint(1, 8)):
        at, end = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        change = dice.randrange(4)
        if change == 0:
            data[at:at] = dice.choice(PIECES) * dice.choice((1, 1, 2, 50, 1_000))
        elif change == 1:
            del data[at : min(end, at + 20)]
        elif change == 2:
            data[at:at] = data[at:end] * dice.choice((1, 2, 10))
        elif data:
            data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data[:20_000])
