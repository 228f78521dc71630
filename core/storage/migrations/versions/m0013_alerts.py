"""What people want to be told of, and each time that it came true; whose hour it is, quicker."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    moment = sa.DateTime(timezone=True)
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alerts",
        sa.Column("id", row_id, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", row_id, nullable=True),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("daily", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_alerts_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint(
            "platform", "person_id", "number", name=op.f("uq_alerts_platform_person_id_number")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alerts_platform_chat_id"), "alerts", ["platform", "chat_id"])
    op.create_index(op.f("ix_alerts_product_id"), "alerts", ["product_id"])
    op.create_table(
        "notices",
        sa.Column("alert_id", row_id, autoincrement=False, nullable=False),
        sa.Column("product_id", row_id, autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("found_at", moment, nullable=False),
        sa.Column("claimed_at", moment, nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_notices_alert_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_notices_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("alert_id", "product_id", "times", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_state"), "notices", ["state"])
    op.create_index(op.f("ix_notices_product_id"), "notices", ["product_id"])
    op.create_index(op.f("ix_subscriptions_at_timezone"), "subscriptions", ["at", "timezone"])


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_subscriptions_at_timezone"), "subscriptions")
    op.drop_table("notices")
    op.drop_table("alerts")
