"""Take what a learner did in a part of the course away, and put it back within 7 days."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Table, and_, delete, func, insert, select, true

from bot.gradebook import Kind
from bot.store.admin_tables import SHELF
from bot.store.summaries import SUMMARY
from bot.store.tables import ANSWER, EXCHANGE, MARK, RESULT, SESSION, Utc
from bot.store.unit import Unit

UNDO = timedelta(days=7)
"""How long a reset can be undone."""

MOST = 5
"""Resets of one learner that a card offers to undo."""

ALL = "all"
"""The part that stands for the whole course."""

_KINDS = tuple(Kind)
"""What a session's flow is named that works on a part; questions asked at any time are none."""

_TABLES = (SESSION, ANSWER, RESULT, EXCHANGE, SUMMARY, MARK)
"""In the order in which rows are put back, so that every row finds what it refers to."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """What was taken away of whom; `what` is as `part_name` says it."""

    id: int
    learner: int
    at: datetime
    what: str


def take_away(unit: Unit, class_id: int, learner: int, part: tuple[Kind, str] | None) -> int:
    """Shelve all rows of a learner in one part (None: all parts); return the shelf's id."""
    kept = {
        table.name: [dict(row) for row in unit.db.execute(select(table).where(where)).mappings()]
        for table, where in ((t, _of(unit, t, learner, part)) for t in _TABLES)
    }
    for table in reversed(_TABLES):
        unit.db.execute(delete(table).where(_of(unit, table, learner, part)))
    row = {
        "class_id": class_id,
        "learner_id": learner,
        "at": unit.now,
        "what": part_name(part),
        "rows": json.dumps(kept, default=_moment),
    }
    return int(unit.db.execute(insert(SHELF).values(row)).inserted_primary_key[0])  # type: ignore[index]


def put_back(unit: Unit, class_id: int, shelf: int) -> Shelved | None:
    """Put shelved rows back; None where they are gone, or the learner has begun there anew."""
    where = (SHELF.c.id == shelf, SHELF.c.class_id == class_id)
    found = unit.db.execute(select(SHELF).where(*where)).mappings().first()
    if found is None or unit.now - found["at"] > UNDO:
        return None
    learner, part = found["learner_id"], _part(found["what"])
    begun = select(MARK.c.kind).where(_of(unit, MARK, learner, part)).limit(1)
    under_way = select(SESSION.c.id).where(_of(unit, SESSION, learner, part)).limit(1)
    if unit.db.execute(begun).first() or unit.db.execute(under_way).first():
        return None
    rows: dict[str, list[dict[str, Any]]] = json.loads(found["rows"])
    for table in _TABLES:
        for row in rows.get(table.name, ()):  # a shelf may be older than a table
            unit.db.execute(insert(table).values(_typed(table, row)))
    unit.db.execute(delete(SHELF).where(*where))
    return Shelved(shelf, learner, found["at"], found["what"])


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a learner's there is in a part."""

    rows: int
    attempts: int
    answers: int
    exchanges: int


def size(unit: Unit, learner: int, part: tuple[Kind, str] | None) -> Size:
    """Count what `take_away` would take."""
    counts = {}
    for table in _TABLES:
        where = _of(unit, table, learner, part)
        counts[table] = (
            unit.db.execute(select(func.count()).select_from(table).where(where)).scalar() or 0
        )
    return Size(sum(counts.values()), counts[RESULT], counts[ANSWER], counts[EXCHANGE])


def of(unit: Unit, class_id: int, learner: int) -> tuple[Shelved, ...]:
    """Return what was taken away of a learner and can still be put back, newest first."""
    found = unit.db.execute(
        select(SHELF.c.id, SHELF.c.learner_id, SHELF.c.at, SHELF.c.what)
        .where(
            SHELF.c.class_id == class_id,
            SHELF.c.learner_id == learner,
            SHELF.c.at >= unit.now - UNDO,
        )
        .order_by(SHELF.c.id.desc())
        .limit(MOST)
    )
    return tuple(Shelved(*row) for row in found)


def part_name(part: tuple[Kind, str] | None) -> str:
    """Return a part as the shelf and the audit name it: "quiz 1-tides", "test test", "all"."""
    return ALL if part is None else f"{part[0]} {part[1]}"


def _part(what: str) -> tuple[Kind, str] | None:
    kind, _, subject = what.partition(" ")
    return None if what == ALL else (Kind(kind), subject)


def _of(
    unit: Unit, table: Table, learner: int, part: tuple[Kind, str] | None
) -> ColumnElement[bool]:
    """The rows of one table that belong to a learner's part of the course."""
    mine = and_(table.c.learner_id == learner, table.c.course == unit.course)
    kinds, subject = (_KINDS, None) if part is None else ((part[0],), part[1])
    if table in (MARK, RESULT, ANSWER):
        return and_(mine, table.c.kind.in_(kinds), _subject(table, subject))
    ours = and_(
        SESSION.c.learner_id == learner,
        SESSION.c.course == unit.course,
        SESSION.c.flow.in_(kinds),
        _subject(SESSION, subject),
    )
    if table is SESSION:
        return ours
    return and_(mine, table.c.session_id.in_(select(SESSION.c.id).where(ours)))


def _subject(table: Table, subject: str | None) -> ColumnElement[bool]:
    return true() if subject is None else table.c.subject == subject


def _moment(value: datetime) -> str:
    return value.isoformat()


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value)
        if value is not None and isinstance(table.c[name].type, DateTime | Utc)
        else value
        for name, value in row.items()
    }
