"""The tables, as SQLAlchemy Core describes them; `knowledge/migrations` makes them. Moments are UTC, hashes hexadecimal."""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.types import JSON

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware datetimes go in, UTC comes out, also from SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that people typed. NUL and lone surrogates are dropped: PostgreSQL refuses the one, UTF-8 cannot hold the other."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _hash(name: str) -> Column[str]:
    return Column(name, String(64), primary_key=True)


# --- releases -------------------------------------------------------------------------------------------------------------

documents = Table(
    "documents",
    metadata,
    _hash("hash"),  # of the document with its passages
    Column("document", String(64), nullable=False, index=True),  # Document.id
    Column("name", Words, nullable=False, index=True),
    Column("passages", Integer, nullable=False),
    Column("blob", LargeBinary, nullable=False),  # zlib over JSON
    Column("kept_at", Moment, nullable=False),
)

parses = Table(
    "parses",
    metadata,
    _hash("key"),  # of the file, its name and metadata, the loader and its version
    Column("document", ForeignKey("documents.hash", ondelete="CASCADE"), nullable=False, index=True),
)

releases = Table(
    "releases",
    metadata,
    _hash("id"),
    Column("number", Integer, nullable=False, unique=True),  # counts up, so that releases have an order
    Column("files", String(64), nullable=False, index=True),  # content hash that names the folder of index files
    Column("editorial", LargeBinary, nullable=False),  # zlib over JSON
    Column("unread", JSON, nullable=False),  # [[file name, reason], ...]
    Column("passages", Integer, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
)

release_documents = Table(
    "release_documents",
    metadata,
    Column("release", ForeignKey("releases.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("document", ForeignKey("documents.hash"), nullable=False, index=True),
    Column("origin", String(16), nullable=False),  # folder | console
    UniqueConstraint("release", "name"),
)

live = Table(
    "live",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("release", ForeignKey("releases.id"), nullable=False),
    Column("version", Integer, nullable=False),  # counts switches
)

publications = Table(
    "publications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release", String(64), nullable=False),
    Column("replaced", String(64)),
    Column("action", String(16), nullable=False),  # folder | console | editorial | rollback
    Column("folder", String(64)),  # content hash of what the folder held
    Column("overrode", JSON, nullable=False),  # golden checks that broke and were overridden
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

publisher = Table(
    "publisher",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("who", Words, nullable=False),
    Column("since", Moment, nullable=False),
)

draft_documents = Table(
    "draft_documents",
    metadata,
    Column("name", Words, primary_key=True),
    Column("document", ForeignKey("documents.hash"), index=True),  # null: to be removed
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

index_files = Table(
    "index_files",
    metadata,
    Column("files", String(64), primary_key=True),
    Column("path", String(255), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("chunk", ForeignKey("index_chunks.hash"), nullable=False, index=True),
)

index_chunks = Table(
    "index_chunks",
    metadata,
    _hash("hash"),  # SHA-256 of the data
    Column("data", LargeBinary, nullable=False),
)

# --- the editorial layer --------------------------------------------------------------------------------------------------

curated_answers = Table(
    "curated_answers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("questions", JSON, nullable=False),  # the question and its phrasings
    Column("quotations", JSON, nullable=False),  # [[document name, quote], ...]
    Column("lead", Words, nullable=False),
    Column("verify_by", String(10)),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

golden_checks = Table(
    "golden_checks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("question", Words, nullable=False),
    Column("expected", JSON),  # [document name, quote]; null: the question must be refused
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

wording_checks = Table(
    "wording_checks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

synonyms = Table(
    "synonyms",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("words", JSON, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

suppressed_passages = Table(
    "suppressed_passages",
    metadata,
    Column("passage", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("document", Words, nullable=False),  # its name
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

urgent_rules = Table(
    "urgent_rules",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("words", JSON, nullable=False),
    Column("text", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

operating_point = Table(
    "operating_point",
    metadata,
    Column("position", Integer, primary_key=True),  # always 0
    Column("confidence", Float, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

settled_conflicts = Table(
    "settled_conflicts",
    metadata,
    _hash("fingerprint"),
    Column("position", Integer, nullable=False),
    Column("preferred", Words),  # name of the document whose side comes first; null: it is no conflict
    Column("over", Words),  # name of the document on the other side
    Column("note", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

conflict_triage = Table(  # what staff note on a conflict that stands: no part of a release
    "conflict_triage",
    metadata,
    _hash("fingerprint"),
    Column("status", String(32), nullable=False),  # confirmed | fixed
    Column("note", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

# --- staff ----------------------------------------------------------------------------------------------------------------

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("password", String(255), nullable=False),  # argon2 hash
    Column("role", String(16), nullable=False),  # editor | viewer
    Column("disabled", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    _hash("hash"),  # SHA-256 of the cookie's value
    Column("staff", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", Words, nullable=False),
    Column("detail", JSON, nullable=False),
)

# --- conversations (nothing is written here unless the owner switches it on) ----------------------------------------------

turns = Table(
    "turns",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("release", String(64), nullable=False),
    Column("lang", String(35), nullable=False),
    Column("utterance", Words, nullable=False),  # redacted
    Column("query", Words, nullable=False),  # redacted
    Column("outcome", String(16), nullable=False),
    Column("reason", String(32)),
    Column("confidence", Float),
    Column("passages", JSON, nullable=False),
    Column("helpful", Boolean),
    Column("comment", Words),  # redacted
    Column("review", String(16)),  # null | done | dismissed
)

votes = Table(
    "votes",
    metadata,
    _hash("id"),  # of the answer's signed id: the last vote wins while it can be cast
    Column("helpful", Boolean, nullable=False),
    Column("passages", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

feedback = Table(
    "feedback",
    metadata,
    Column("passage", String(64), primary_key=True),
    Column("helpful", Integer, nullable=False),
    Column("unhelpful", Integer, nullable=False),
)
