"""Documents, passages and the editorial layer to bytes and back: compact JSON under zlib, named by a hash of the JSON."""

import hashlib
import json
import zlib
from typing import Any

from knowledge.documents import (
    Document,
    Passage,
    Sentence,
    SentenceKind,
    Span,
    document_from_json,
    document_to_json,
)
from knowledge.releases import CuratedAnswer, Editorial, GoldenCheck, Quotation, SettledConflict, UrgentRule, WordingCheck

LEVEL = 6  # of zlib: a third of the size at 30 MB/s


class BlobDamagedError(ValueError):
    """Bytes that were stored came back as others."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is damaged: its words do not match its hash")


def dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def digest(data: bytes) -> str:
    """128 bits of SHA-256, as 32 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()[:32]


def pack(value: Any) -> bytes:
    return zlib.compress(dump(value), LEVEL)


def unpack(blob: bytes) -> Any:
    return json.loads(zlib.decompress(blob))


def pack_document(document: Document, passages: tuple[Passage, ...]) -> tuple[str, bytes]:
    """The hash of a document with its passages, and the blob."""
    data = dump([document_to_json(document), [passage_to_row(passage) for passage in passages]])
    return digest(data), zlib.compress(data, LEVEL)


def unpack_document(name: str, blob: bytes) -> tuple[Document, tuple[Passage, ...]]:
    """`name` is the hash that `pack_document` gave. Raises BlobDamagedError."""
    document, rows = _checked(name, blob)
    return document_from_json(document), tuple(passage_from_row(row) for row in rows)


def unpack_without_passages(name: str, blob: bytes) -> Document:
    """As `unpack_document`, in half its time."""
    return document_from_json(_checked(name, blob)[0])


def _checked(name: str, blob: bytes) -> Any:
    try:
        data = zlib.decompress(blob)
    except zlib.error as error:
        raise BlobDamagedError(name) from error
    if digest(data) != name:
        raise BlobDamagedError(name)
    return json.loads(data)


def passage_to_row(passage: Passage) -> list[Any]:
    return [
        passage.id,
        passage.start,
        passage.end,
        _pair(passage.heading),
        [_pair(span) for span in passage.context],
        [[s.start, s.end, s.kind.value, _pair(s.lead), s.quotable] for s in passage.sentences],
    ]


def passage_from_row(row: list[Any]) -> Passage:
    name, start, end, heading, context, sentences = row
    return Passage(
        name,
        start,
        end,
        tuple(Sentence(s[0], s[1], _KINDS[s[2]], _span(s[3]), s[4]) for s in sentences),
        _span(heading),
        tuple(Span(*pair) for pair in context),
    )


def editorial_to_json(editorial: Editorial) -> dict[str, Any]:
    return {
        "curated": [
            [a.id, list(a.questions), [[q.document, q.quote] for q in a.quotations], a.lead, a.verify_by]
            for a in editorial.curated
        ],
        "golden": [[g.id, g.question, g.expected and [g.expected.document, g.expected.quote]] for g in editorial.golden],
        "wordings": [[w.id, list(w.questions)] for w in editorial.wordings],
        "synonyms": [list(group) for group in editorial.synonyms],
        "suppressed": sorted(editorial.suppressed),
        "settled": [[one.conflict, one.preferred, one.over, one.note, one.about] for one in editorial.settled],
        "preferred": list(editorial.preferred),
        "urgent": [[list(rule.words), rule.text] for rule in editorial.urgent],
        "operating_point": editorial.operating_point,
    }


def editorial_from_json(value: dict[str, Any]) -> Editorial:
    """Raises KeyError, TypeError or ValueError where `value` was not made by `editorial_to_json`."""
    return Editorial(
        curated=tuple(
            CuratedAnswer(name, tuple(questions), tuple(Quotation(*pair) for pair in quotations), lead, verify_by)
            for name, questions, quotations, lead, verify_by in value["curated"]
        ),
        golden=tuple(GoldenCheck(name, question, pair and Quotation(*pair)) for name, question, pair in value["golden"]),
        wordings=tuple(WordingCheck(name, tuple(questions)) for name, questions in value["wordings"]),
        synonyms=tuple(tuple(group) for group in value["synonyms"]),
        suppressed=frozenset(value["suppressed"]),
        settled=tuple(SettledConflict(*one) for one in value.get("settled", ())),  # releases of schema 0001 have none
        preferred=tuple(value["preferred"]),
        urgent=tuple(UrgentRule(tuple(words), text) for words, text in value["urgent"]),
        operating_point=value["operating_point"],
    )


_KINDS = {kind.value: kind for kind in SentenceKind}


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)
