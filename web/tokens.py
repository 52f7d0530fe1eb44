"""Signed text that a visitor carries: a conversation or an answer's id in, a URL-safe token out, and back.

A token is readable by its holder and cannot be changed or made up. It holds the visitor's own words and hashes of what
was shown, never a document's text. Several secrets: the first signs, all verify.
"""

import hashlib
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.answers import Answer, Conversation, Outcome, PastTurn, Turn
from knowledge.manifest import sync
from knowledge.private import make_folder
from web.settings import Settings, SettingsError

LONGEST = 2_048  # characters of a conversation token
GOOD_FOR = 24 * 3600  # seconds
FILE = "secret.key"  # one secret a line, the one that signs first
KEPT = 3  # secrets that stay when a new one is made


@dataclass(frozen=True, slots=True)
class AnswerId:
    """What an answer's id says: `passages` are the ids of what was shown, `made` is the time in seconds since 1970 (UTC)."""

    release: str
    outcome: Outcome
    passages: tuple[str, ...]
    nonce: str
    made: int

    @property
    def key(self) -> str:
        """What the answer is called in the database: nobody can vote or look anything up with it."""
        return key_of(self.nonce)


def key_of(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()


class Signer:
    """Signs and verifies with a list of secrets; safe to share between threads."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._conversations = _serializer(keys, "conversation")
        self._answers = _serializer(keys, "answer")

    def conversation(self, turn: Turn) -> str:
        """A token of at most LONGEST characters: what does not fit is forgotten, the oldest first."""
        turns = list(turn.conversation.turns)
        while turns:
            token = self._sign_turns(turn.release, turns)
            if len(token) <= LONGEST:
                return token
            turns = turns[1:] or _shortened(turns[0])
        return self._sign_turns(turn.release, [])

    def read_conversation(self, token: str | None) -> Conversation:
        """What the token carries; a fresh conversation where it is missing, tampered with, expired or of another secret."""
        if not token or len(token) > LONGEST:
            return Conversation()
        try:
            turns = self._conversations.loads(token, max_age=GOOD_FOR)["turns"]
            return Conversation(tuple(_turn_from(fields) for fields in turns))
        except (BadData, KeyError, TypeError, ValueError):
            return Conversation()

    def answer(self, turn: Turn) -> str:
        """The id of one answer, no two alike."""
        shown = shown_passages(turn.answer)
        return _text(self._answers.dumps([turn.release, turn.answer.outcome.value, shown, secrets.token_urlsafe(8)]))

    def read_answer(self, token: str) -> AnswerId | None:
        """What the id says, None where it is not ours or older than a day."""
        try:
            (release, outcome, passages, nonce), made = self._answers.loads(token, max_age=GOOD_FOR, return_timestamp=True)
            return AnswerId(release, Outcome(outcome), tuple(passages), nonce, int(made.timestamp()))
        except (BadData, TypeError, ValueError):
            return None

    def answer_key(self, token: str) -> str | None:
        """AnswerId.key of an id of any age, None where it is not ours: what is kept can be erased however old it is."""
        try:
            _release, _outcome, _passages, nonce = self._answers.loads(token)
        except (BadData, TypeError, ValueError):
            return None
        return key_of(nonce)

    def _sign_turns(self, release: str, turns: list[PastTurn]) -> str:
        return _text(self._conversations.dumps({"release": release, "turns": [_turn_fields(turn) for turn in turns]}))


def _serializer(keys: tuple[str, ...], salt: str) -> URLSafeTimedSerializer:
    """Its keys are oldest first: the last one signs."""
    return URLSafeTimedSerializer(list(reversed(keys)), salt=salt, signer_kwargs={"digest_method": hashlib.sha256})


def shown_passages(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.passage for citation in answer.citations))


def _turn_fields(turn: PastTurn) -> list[Any]:
    """The query is left out where it is what was typed: most often it is."""
    query = None if turn.query == turn.utterance else turn.query
    return [turn.utterance, query, turn.outcome.value, list(turn.passages)]


def _turn_from(fields: list[Any]) -> PastTurn:
    utterance, query, outcome, passages = fields
    return PastTurn(utterance, utterance if query is None else query, Outcome(outcome), tuple(passages))


def _shortened(turn: PastTurn) -> list[PastTurn]:
    """Half of a long turn's words; nothing once there is hardly anything to halve."""
    if len(turn.utterance) + len(turn.query) < 40:
        return []
    query = turn.query[: len(turn.query) // 2]
    return [PastTurn(turn.utterance[: len(turn.utterance) // 2], query, turn.outcome, turn.passages[:10])]


def _text(signed: str | bytes) -> str:
    return signed if isinstance(signed, str) else signed.decode("ascii")


def load_secrets(settings: Settings) -> tuple[str, ...]:
    """The owner's secrets, else the data folder's own, made at the first start. Raises SettingsError."""
    if settings.secret_key:
        return settings.secret_key
    if settings.shares_database:
        hint = 'set it for every server alike: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        raise SettingsError("secret_key", "FAQTUAL_SECRET_KEY", f"PostgreSQL needs a secret that all servers share; {hint}")
    return read_secret_file(settings.data / FILE)


def read_secret_file(file: Path) -> tuple[str, ...]:
    """The secrets of the data folder, one a line; made where there is no file, and only its owner's to read."""
    try:
        make_folder(file.parent)
        if not file.exists():
            _create(file)
        file.chmod(0o600)
        found = tuple(file.read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("data", str(file), f"the secret cannot be read or made: {error}") from error
    if not found or any(len(secret) < 32 for secret in found):
        raise SettingsError("data", str(file), "holds no secret of at least 32 characters; remove it and a new one is made")
    return found


def rotate_secret_file(file: Path, *, forget: bool = False) -> None:
    """A new secret signs, those before it verify on; with `forget` they do not. Raises SettingsError, OSError."""
    earlier = () if forget else read_secret_file(file)
    make_folder(file.parent)
    draft = _draft(file, (secrets.token_urlsafe(48), *earlier[: KEPT - 1]))
    draft.replace(file)
    sync(file.parent)


def _create(file: Path) -> None:
    """Written beside and linked into place, so that of two servers that start at once one wins and both read its secret."""
    draft = _draft(file, (secrets.token_urlsafe(48),))
    try:
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()


def _draft(file: Path, lines: tuple[str, ...]) -> Path:
    """A file beside `file` that nobody else can read."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.{time.monotonic_ns()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.writelines(f"{line}\n" for line in lines)
        opened.flush()
        os.fsync(opened.fileno())
    return draft
