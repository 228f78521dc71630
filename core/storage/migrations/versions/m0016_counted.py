"""What is counted of answers and deliveries is in their indexes by time."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_WIDER = (
    ("answers", "created_at", ("shown", "platform", "person_id", "chat_id")),
    ("deliveries", "claimed_at", ("kind", "state")),
)


def upgrade() -> None:
    """Forward."""
    for table, time, counted in _WIDER:
        op.drop_index(op.f(f"ix_{table}_{time}"), table)
        name = "_".join(("ix", table, time, *counted))
        op.create_index(op.f(name), table, [time, *counted])


def downgrade() -> None:
    """Back."""
    for table, time, counted in _WIDER:
        op.drop_index(op.f("_".join(("ix", table, time, *counted))), table)
        op.create_index(op.f(f"ix_{table}_{time}"), table, [time])
