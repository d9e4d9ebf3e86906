"""All that is kept about one learner: found in every table, handed over, deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, select
from sqlmodel import SQLModel

from bot.store.tables import LEARNER

LEARNER_COLUMN = "learner_id"


def export(db: Connection, learner: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a learner by table, times as ISO 8601 in UTC."""
    return {table.name: _rows(db, table, column, learner) for table, column in _personal()}


def forget(db: Connection, learner: int) -> None:
    """Delete every row about a learner, the learner's own last."""
    for table, column in reversed(_personal()):
        db.execute(delete(table).where(column == learner))


def _personal() -> list[tuple[Table, Column[Any]]]:
    """Every table with rows about learners, in the order of their foreign keys."""
    tables = SQLModel.metadata.sorted_tables
    return [
        (table, table.c.id if table is LEARNER else table.c[LEARNER_COLUMN])
        for table in tables
        if table is LEARNER or LEARNER_COLUMN in table.c
    ]


def _rows(db: Connection, table: Table, column: Column[Any], learner: int) -> list[dict[str, Any]]:
    found = db.execute(select(table).where(column == learner)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
