"""What an answer can be gone on from by: the wish that it is within, and when it was shown."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("answers", sa.Column("wish", sa.JSON(), nullable=True))
    op.add_column(
        "answers",
        sa.Column("shops_asked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("answers", sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        op.f("ix_answers_platform_chat_id_shown_at"), "answers", ["platform", "chat_id", "shown_at"]
    )


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_answers_platform_chat_id_shown_at"), "answers")
    op.drop_column("answers", "shown_at")
    op.drop_column("answers", "shops_asked")
    op.drop_column("answers", "wish")
