"""What searches stay within, the sizes of offers, and what currencies are worth."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "filters",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "person_id", "chat_id", name=op.f("pk_filters")),
    )
    op.create_table(
        "rates",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("per_euro", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_rates")),
    )
    op.add_column("offers", sa.Column("sizes", sa.Text(), nullable=True))
    op.add_column(
        "answers",
        sa.Column("unfiltered", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Back."""
    op.drop_column("answers", "unfiltered")
    op.drop_column("offers", "sizes")
    op.drop_table("rates")
    op.drop_table("filters")
