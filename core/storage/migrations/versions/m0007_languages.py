"""Which languages people and groups chose, and which one picks were asked for in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "languages",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "person_id", "chat_id", name=op.f("pk_languages")),
    )
    op.add_column("subscriptions", sa.Column("language", sa.Text(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("subscriptions", "language")
    op.drop_table("languages")
