"""All that is kept about one learner: found in every table, handed over, deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, or_, select, update
from sqlmodel import SQLModel

from bot.store import former, model_tables  # noqa: F401 (its rows are personal too)
from bot.store.admin_tables import AUDIT
from bot.store.tables import LEARNER

LEARNER_COLUMN = "learner_id"


def export(db: Connection, learner: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a learner by table, times as ISO 8601 in UTC."""
    found = {table.name: _rows(db, table, column, learner) for table, column in _personal()}
    return {**found, AUDIT.name: _audit(db, learner)}


def forget(db: Connection, learner: int) -> None:
    """Delete every row about a learner, the learner's own last.

    What stays is one more in the counts of their classes (bot.store.former), and the book of
    what moderators did, without the person.
    """
    former.count_in(db, learner)
    _leave_audit(db, learner)
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


def _audit(db: Connection, learner: int) -> list[dict[str, Any]]:
    """Entries that a learner made or that are about them, without other people."""
    columns = (AUDIT.c.at, AUDIT.c.action, AUDIT.c.what, AUDIT.c.reason)
    mine = or_(AUDIT.c.actor_id == learner, AUDIT.c.target_id == learner)
    by_you = (AUDIT.c.actor_id == learner).label("by_you")
    found = db.execute(select(*columns, by_you).where(mine).order_by(AUDIT.c.id)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _leave_audit(db: Connection, learner: int) -> None:
    """Take a person out of the audit: who they are, and what was written of them."""
    target = update(AUDIT).where(AUDIT.c.target_id == learner)
    db.execute(target.values(target_id=None, reason=""))
    actor = update(AUDIT).where(AUDIT.c.actor_id == learner)
    db.execute(actor.values(actor_id=None))
