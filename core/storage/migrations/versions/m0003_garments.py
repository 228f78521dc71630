"""The other garments of an answered photo, each with an answer of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("answers", sa.Column("garments", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("answers", "garments")
