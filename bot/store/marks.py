"""Write a mark: where a learner stands in one part of the course."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, update

from bot.gradebook import Mark
from bot.store.tables import MARK

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
