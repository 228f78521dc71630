"""What products are found by in words, and what an answered garment is compared by again."""

import sqlalchemy as sa
from alembic import op

from core.storage.saving import searchable
from core.words import pattern_of

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_CHUNK = 1000


def upgrade() -> None:
    """Forward."""
    op.add_column("products", sa.Column("pattern", sa.Text(), nullable=True))
    op.add_column("products", sa.Column("words", sa.Text(), nullable=True))
    op.add_column("answers", sa.Column("trace", sa.LargeBinary(), nullable=True))
    op.add_column("answers", sa.Column("space", sa.Text(), nullable=True))
    _fill()
    op.create_index(op.f("ix_products_kind"), "products", ["kind"])


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_products_kind"), "products")
    op.drop_column("answers", "space")
    op.drop_column("answers", "trace")
    op.drop_column("products", "words")
    op.drop_column("products", "pattern")


def _fill() -> None:
    connection = op.get_bind()
    names = ("id", "title", "brand", "kind", "pattern", "words")
    products = sa.table("products", *map(sa.column, names))
    said = (products.c.title, products.c.brand, products.c.kind)
    chunk = sa.select(products.c.id, *said).order_by(products.c.id).limit(_CHUNK)
    fill = sa.update(products).where(products.c.id == sa.bindparam("b_id"))
    fill = fill.values(words=sa.bindparam("b_words"), pattern=sa.bindparam("b_pattern"))
    last = 0
    while rows := connection.execute(chunk.where(products.c.id > last)).all():
        made = [
            {
                "b_id": row.id,
                "b_words": searchable(row.title, row.brand, row.kind),
                "b_pattern": pattern_of(row.title),
            }
            for row in rows
        ]
        connection.execute(fill, made)
        last = rows[-1].id
