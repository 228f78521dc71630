"""The shops' sitemaps as they were last sent."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "sitemaps",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.name"], name=op.f("fk_sitemaps_shop")),
        sa.PrimaryKeyConstraint("shop", "url", name=op.f("pk_sitemaps")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("sitemaps")
