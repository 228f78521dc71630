"""What each product cost, and when; it begins with what each costs now."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "prices",
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_prices_product_id_products"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "since", name=op.f("pk_prices")),
    )
    op.execute(
        "INSERT INTO prices (product_id, since, price, currency, availability)"
        " SELECT product_id, checked_at, price, currency, availability FROM offers"
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("prices")
