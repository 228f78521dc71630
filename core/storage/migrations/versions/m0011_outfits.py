"""Outfits among the answers: which product is what of it, and what it may be swapped for."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("answers", sa.Column("ensemble", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("answers", "ensemble")
