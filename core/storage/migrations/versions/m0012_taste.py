"""What tells of a taste besides likes; the days of picks, and their pauses."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "signals",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", ROW_ID, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_signals_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
        sa.UniqueConstraint(
            "platform",
            "person_id",
            "chat_id",
            "kind",
            "product_id",
            name=op.f("uq_signals_platform_person_id_chat_id_kind_product_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_signals_product_id"), "signals", ["product_id"])
    op.add_column(
        "subscriptions", sa.Column("days", sa.Integer(), nullable=False, server_default="127")
    )
    op.add_column("subscriptions", sa.Column("paused_until", MOMENT, nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("subscriptions", "paused_until")
    op.drop_column("subscriptions", "days")
    op.drop_table("signals")
