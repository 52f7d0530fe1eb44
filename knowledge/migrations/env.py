"""What Alembic runs: the connection of `knowledge.migrations.upgrade` goes in, its transaction holds every step."""

from alembic import context

from knowledge.schema import metadata

# The whole upgrade is one transaction of the caller, in SQLite, too, where Alembic would otherwise commit step by step.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
