"""An engine goes in; the schema of its database is the newest one afterwards."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from knowledge.transactions import DatabaseUnavailable, is_postgresql, reading, writing

_LOCK = 7_092_600_101  # of PostgreSQL's advisory locks: one upgrade at a time


def upgrade(engine: Engine, patient: Engine, scripts: Path | None = None) -> None:
    """One transaction: killed midway, the old schema stands, and the next start upgrades it.

    `patient` is an engine to the same database that waits longer for one statement. `scripts` stands in for the shipped
    migrations. Raises DatabaseUnavailable.
    """
    revision = _revision(engine)
    if revision == revisions(scripts)[0]:
        return
    if revision is not None and revision not in revisions(scripts):
        raise DatabaseUnavailable("newer", f"its schema is {revision}")
    with writing(patient) as connection:
        if is_postgresql(patient):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = _config(scripts)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")  # nothing to do where another process was faster


def revisions(scripts: Path | None = None) -> list[str]:
    """The schemas that this version knows, the newest one first."""
    return [script.revision for script in ScriptDirectory.from_config(_config(scripts)).walk_revisions()]


def _config(scripts: Path | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts or Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(engine: Engine) -> str | None:
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()
