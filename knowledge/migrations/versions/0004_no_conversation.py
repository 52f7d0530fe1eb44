"""Kept questions name no conversation: nothing ever did, and two questions of one visitor are not to be joined."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_index("ix_turns_conversation", "turns")
    op.drop_column("turns", "conversation")
