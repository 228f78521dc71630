"""Which products of an answer were opened, and what this bot keeps to itself."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "opens",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("product_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("picks", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["answers.key"], name=op.f("fk_opens_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_opens_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", "product_id", name=op.f("pk_opens")),
    )
    op.create_index(op.f("ix_opens_product_id"), "opens", ["product_id"])
    op.create_index(op.f("ix_opens_at"), "opens", ["at"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("secrets")
    op.drop_table("opens")
