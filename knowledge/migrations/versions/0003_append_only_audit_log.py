"""The database itself refuses to change or delete an entry of the audit log, whoever asks.

The law may want words erased: an entry may lose its subject and its detail, both at once, and nothing else of it.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

_REFUSED = "the audit log is append-only"
_ONLY_ERASES = (
    "NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.action = OLD.action AND NEW.subject = '(erased)' AND "
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _on_postgresql()
    else:
        _on_sqlite()


def _on_sqlite() -> None:
    taken = "EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)"  # INSERT OR REPLACE asks no DELETE trigger
    for event, when in (("UPDATE", f"NOT ({_ONLY_ERASES} NEW.detail = '{{}}')"), ("DELETE", "1"), ("INSERT", taken)):
        op.execute(
            f"CREATE TRIGGER audit_log_{event.lower()} BEFORE {event} ON audit_log WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )


def _on_postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION audit_log_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_log_update BEFORE UPDATE ON audit_log FOR EACH ROW "
        f"WHEN (NOT ({_ONLY_ERASES} NEW.detail::text = '{{}}')) EXECUTE FUNCTION audit_log_refuses()"
    )
    op.execute(
        "CREATE TRIGGER audit_log_delete BEFORE DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT "
        "EXECUTE FUNCTION audit_log_refuses()"
    )
