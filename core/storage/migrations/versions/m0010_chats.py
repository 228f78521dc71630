"""What groups' admins set for them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "chats",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("every_photo", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("keeps_quiet", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_to", sa.Time(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("barred", sa.JSON(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("platform", "chat_id", name=op.f("pk_chats")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("chats")
