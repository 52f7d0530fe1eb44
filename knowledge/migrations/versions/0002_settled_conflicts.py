"""What staff settled of conflicts joins the editorial layer: it goes live with the next release. Notes stay where they are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "settled_conflicts",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("preferred", sa.Text()),
        sa.Column("over", sa.Text()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_settled_conflicts"),
    )
    # Which document the preferred one stood before was not kept; it stays in `preferences`, which says who is first.
    op.execute(
        "INSERT INTO settled_conflicts (fingerprint, position, preferred, over, note, about, who, at) "
        "SELECT fingerprint, ROW_NUMBER() OVER (ORDER BY at, fingerprint) - 1, preferred, NULL, note, '', who, at "
        "FROM conflict_triage WHERE status IN ('not a conflict', 'source preferred')"
    )
    op.execute("DELETE FROM conflict_triage WHERE status IN ('not a conflict', 'source preferred')")
    with op.batch_alter_table("conflict_triage") as table:
        table.drop_column("preferred")
