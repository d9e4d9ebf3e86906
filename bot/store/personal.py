"""All that is kept about one learner: found in every table, handed over, deleted.

A table is about learners where it has a `learner_id`. Two others name people in their own way:
the audit (who did what to whom), and Slack's installations (who installed the app).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    false,
    or_,
    select,
    update,
)
from sqlmodel import SQLModel

from bot.store import former, model_tables, summaries  # noqa: F401 (their rows are personal too)
from bot.store.admin_tables import AUDIT
from bot.store.slack_tables import INSTALLATION
from bot.store.tables import LEARNER

SLACK = "slack"
LEARNER_COLUMN = "learner_id"


def export(db: Connection, learner: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a learner by table, times as ISO 8601 in UTC."""
    found = {table.name: _rows(db, table, column, learner) for table, column in _personal()}
    installed = _installations(db, learner)
    return {**found, AUDIT.name: _audit(db, learner), INSTALLATION.name: installed}


def forget(db: Connection, learner: int) -> None:
    """Delete every row about a learner, the learner's own last.

    What stays is one more in the counts of their classes (bot.store.former), the book of what
    moderators did, without the person, and an installation of the app, without who installed it:
    the whole workspace is served by it.
    """
    former.count_in(db, learner)
    _leave_audit(db, learner)
    _leave_installations(db, learner)
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
    """A value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date) else value


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


def _installations(db: Connection, learner: int) -> list[dict[str, Any]]:
    """The workspaces that a learner installed the app in, without its tokens."""
    columns = (INSTALLATION.c.enterprise, INSTALLATION.c.team, INSTALLATION.c.installed_at)
    found = db.execute(select(*columns).where(_installed_by(db, learner))).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _leave_installations(db: Connection, learner: int) -> None:
    """Take a person out of what they installed; of several nameless ones the newest is kept."""
    key = (INSTALLATION.c.enterprise, INSTALLATION.c.team)
    mine = db.execute(
        select(*key, INSTALLATION.c.installed_at).where(_installed_by(db, learner))
    ).all()
    for enterprise, team, installed_at in mine:
        here = and_(key[0] == enterprise, key[1] == team)
        nameless = and_(here, INSTALLATION.c.user == "")
        db.execute(delete(INSTALLATION).where(nameless, INSTALLATION.c.installed_at < installed_at))
        by_them = and_(here, _installed_by(db, learner))
        if db.execute(select(key[0]).where(nameless)).first():
            db.execute(delete(INSTALLATION).where(by_them))
        else:
            db.execute(update(INSTALLATION).where(by_them).values(user=""))


def _installed_by(db: Connection, learner: int) -> ColumnElement[bool]:
    """The installations of one person: Slack's user ids are its own within an organisation."""
    columns = (LEARNER.c.platform, LEARNER.c.workspace, LEARNER.c.user)
    who = db.execute(select(*columns).where(LEARNER.c.id == learner)).first()
    if who is None or who.platform != SLACK:
        return false()
    at_home = or_(INSTALLATION.c.enterprise == who.workspace, INSTALLATION.c.team == who.workspace)
    return and_(at_home, INSTALLATION.c.user == who.user)
