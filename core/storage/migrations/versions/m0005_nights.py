"""What a night has read before it is judged, and what went wrong in each run, by kind."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "staged_pages",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("product_keys", sa.JSON(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("records", sa.JSON(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.name"], name=op.f("fk_staged_pages_shop_shops")),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["runs.id"],
            name=op.f("fk_staged_pages_run_id_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("shop", "url", name=op.f("pk_staged_pages")),
    )
    op.create_index(op.f("ix_staged_pages_run_id"), "staged_pages", ["run_id"])
    op.add_column("runs", sa.Column("errors", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("runs", "errors")
    op.drop_index(op.f("ix_staged_pages_run_id"), "staged_pages")
    op.drop_table("staged_pages")
