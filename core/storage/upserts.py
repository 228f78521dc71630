"""INSERT … ON CONFLICT, which both databases know and SQLAlchemy spells twice."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from core.storage.transactions import Transaction


async def upsert(
    connection: Transaction, table: Table, row: Mapping[str, Any], *, key: Sequence[str]
) -> None:
    """Insert the row, or give its values to the one that has the same key."""
    await upsert_all(connection, table, [row], key=key)


async def upsert_all(
    connection: Transaction, table: Table, rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]
) -> None:
    """Insert the rows, all with the same columns, or give their values to those that are there."""
    if rows:
        statement = _insert(connection)(table)
        others = {name: statement.excluded[name] for name in rows[0] if name not in key}
        await connection.execute(
            statement.on_conflict_do_update(index_elements=key, set_=others), rows
        )


async def upsert_where(
    connection: Transaction,
    table: Table,
    row: Mapping[str, Any],
    *,
    key: Sequence[str],
    where: ColumnElement[bool],
    replaced_where: ColumnElement[bool],
) -> bool:
    """``upsert``, where that holds, and of a row that is there that other; whether it was done."""
    values = (literal(value, table.c[name].type) for name, value in row.items())
    statement = _insert(connection)(table).from_select(list(row), select(*values).where(where))
    others = {name: statement.excluded[name] for name in row if name not in key}
    done = await connection.execute(
        statement.on_conflict_do_update(index_elements=key, set_=others, where=replaced_where)
    )
    return bool(done.rowcount)


async def insert_missing(
    connection: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert the rows, leaving those whose primary key is there as they are."""
    if rows:
        await connection.execute(_insert(connection)(table).on_conflict_do_nothing(), rows)


async def insert_if_missing(connection: Transaction, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert the row, or return False where one with its primary or other unique key is there."""
    statement = _insert(connection)(table).values(row).on_conflict_do_nothing()
    return bool((await connection.execute(statement)).rowcount)


def _insert(connection: Transaction) -> Any:  # noqa: ANN401  two classes of the same methods
    return (postgresql if connection.dialect == "postgresql" else sqlite).insert
