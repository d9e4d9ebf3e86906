"""Write marks: where a learner stands in one part of the course."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, insert, select, update

from bot.gradebook import Kind, Mark
from bot.store.tables import MARK, RESULT

Part = tuple[int, str, str, str]
"""A mark's key: learner, course, kind, subject."""


def put(
    db: Connection,
    part: Part,
    now: datetime,
    before: Mark | None,
    points: tuple[int, int, int],
    attempts: int,
    complete: bool,
) -> None:
    """Write latest, best and out of (`points`); what was once complete stays so."""
    learner, course, kind, subject = part
    latest, best, out_of = points
    done_at = before.done_at if before else None
    values = {
        "latest": latest,
        "best": best,
        "out_of": out_of,
        "attempts": attempts,
        "done_at": done_at or (now if complete else None),
        "changed_at": now,
    }
    key = {"learner_id": learner, "course": course, "kind": kind, "subject": subject}
    there = (MARK.c[name] == value for name, value in key.items())
    if db.execute(update(MARK).where(*there).values(values)).rowcount == 0:
        db.execute(insert(MARK).values(**key, **values))


def settle(db: Connection, course: str, touched: Select[Any]) -> None:
    """Bring the marks that rest on sessions' results in line with all results behind each."""
    behind = and_(
        RESULT.c.learner_id == MARK.c.learner_id,
        RESULT.c.course == MARK.c.course,
        RESULT.c.kind == MARK.c.kind,
        RESULT.c.subject == MARK.c.subject,
    )
    latest = select(RESULT.c.score).where(behind).order_by(RESULT.c.attempt.desc()).limit(1)
    passed = select(func.min(RESULT.c.at)).where(behind, RESULT.c.passed)
    learners = select(RESULT.c.learner_id).where(RESULT.c.session_id.in_(touched))
    here = and_(
        MARK.c.course == course,
        MARK.c.kind.in_((Kind.QUIZ, Kind.TEST)),
        MARK.c.learner_id.in_(learners),
        select(RESULT.c.session_id).where(behind).exists(),
    )
    values = {
        "latest": latest.scalar_subquery(),
        "best": select(func.max(RESULT.c.score)).where(behind).scalar_subquery(),
        "done_at": case((MARK.c.kind == Kind.TEST, passed.scalar_subquery()), else_=MARK.c.done_at),
    }
    db.execute(update(MARK).where(here).values(values))
