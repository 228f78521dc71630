"""What operators write to everybody, who got it, and who wants no more of it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    moment = sa.DateTime(timezone=True)
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("answers", sa.Column("language", sa.Text(), nullable=True))
    op.create_table(
        "broadcasts",
        sa.Column("id", row_id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_at", moment, nullable=False),
        sa.Column("begun_at", moment, nullable=True),
        sa.Column("stopped_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "broadcast_chats",
        sa.Column("broadcast_id", row_id, autoincrement=False, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", moment, nullable=False),
        sa.Column("claimed_at", moment, nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name=op.f("fk_broadcast_chats_broadcast_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "broadcast_id", "platform", "chat_id", name=op.f("pk_broadcast_chats")
        ),
    )
    for columns in (
        ["broadcast_id", "platform", "state", "not_before"],
        ["platform", "chat_id"],
        ["platform", "person_id"],
    ):
        name = op.f(f"ix_broadcast_chats_{'_'.join(columns)}")
        op.create_index(name, "broadcast_chats", columns)
    op.create_table(
        "broadcast_refusals",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat_id", name=op.f("pk_broadcast_refusals")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("broadcast_refusals")
    op.drop_table("broadcast_chats")
    op.drop_table("broadcasts")
    op.drop_column("answers", "language")
