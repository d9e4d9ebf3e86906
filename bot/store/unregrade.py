"""Take a regrade back within 7 days: every answer, result and mark as it stood before, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    insert,
    literal,
    select,
    update,
)

from bot.store import marks
from bot.store.admin_tables import MEMBERSHIP, REGRADE, REGRADED
from bot.store.shelf import UNDO
from bot.store.tables import ANSWER, RESULT
from bot.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Regrade:
    """A regrade that may be undone: when it was, and how many answers it changed."""

    id: int
    at: datetime
    answers: int


class Bar(StrEnum):
    """Why a regrade can no longer be undone."""

    GONE = "gone"
    """It is too old, or was undone already."""

    LATER = "later"
    """A later regrade rests on it."""

    ANSWERED = "answered"
    """Its questions were answered since then, and marked by the corrected key."""

    MOVED = "moved"
    """What it changed was reset or put back since then."""


def begin(unit: Unit, class_id: int, answers: int) -> int:
    """Note that a regrade begins, and return its id."""
    row = {"class_id": class_id, "at": unit.now, "answers": answers}
    return int(unit.db.execute(insert(REGRADE).values(row)).inserted_primary_key[0])  # type: ignore[index]


def keep(unit: Unit, regrade: int, answers: ColumnElement[bool]) -> None:
    """Keep how these answers, about to be changed, and the results they are part of stand."""
    columns = (ANSWER.c.learner_id, ANSWER.c.session_id, ANSWER.c.question, ANSWER.c.correct)
    stand = (
        select(literal(regrade), *columns, RESULT.c.score, RESULT.c.passed)
        .join_from(ANSWER, RESULT, RESULT.c.session_id == ANSWER.c.session_id, isouter=True)
        .where(answers)
    )
    names = ("regrade_id", "learner_id", "session_id", "question", "correct", "score", "passed")
    unit.db.execute(insert(REGRADED).from_select(names, stand))


def sessions(regrade: int) -> Select[Any]:
    """The sessions whose answers a regrade changed."""
    return select(REGRADED.c.session_id).where(REGRADED.c.regrade_id == regrade)


def newest(unit: Unit, class_id: int) -> Regrade | None:
    """Return the last regrade of a class that is young enough to be undone."""
    young = _young(unit, class_id).order_by(REGRADE.c.id.desc()).limit(1)
    found = unit.db.execute(young).first()
    return Regrade(*found) if found else None


def undo(unit: Unit, class_id: int, regrade: int) -> Bar | Regrade:
    """Put everything back as it stood before a regrade, or return what bars the way."""
    row = unit.db.execute(_young(unit, class_id).where(REGRADE.c.id == regrade)).first()
    if row is None:
        return Bar.GONE
    found = Regrade(*row)
    bar = _bar(unit, class_id, found)
    if bar is not None:
        return bar
    _put_back(unit, regrade)
    marks.settle(unit.db, unit.course, sessions(regrade))
    unit.db.execute(delete(REGRADED).where(REGRADED.c.regrade_id == regrade))
    unit.db.execute(delete(REGRADE).where(REGRADE.c.id == regrade))
    return found


def _young(unit: Unit, class_id: int) -> Select[Any]:
    """The regrades of a class that are not too old to be undone."""
    return select(REGRADE.c.id, REGRADE.c.at, REGRADE.c.answers).where(
        REGRADE.c.class_id == class_id, REGRADE.c.at >= unit.now - UNDO
    )


def _bar(unit: Unit, class_id: int, regrade: Regrade) -> Bar | None:
    mine = REGRADED.c.regrade_id == regrade.id
    later = REGRADED.alias("later")
    rests = exists().where(
        later.c.session_id == REGRADED.c.session_id, later.c.regrade_id > regrade.id
    )
    if unit.db.execute(select(REGRADED.c.id).where(mine, rests).limit(1)).first():
        return Bar.LATER
    if unit.db.execute(_answered_since(unit, class_id, regrade)).first():
        return Bar.ANSWERED
    moved = ~exists().where(_same(), ANSWER.c.correct != REGRADED.c.correct)
    if unit.db.execute(select(REGRADED.c.id).where(mine, moved).limit(1)).first():
        return Bar.MOVED
    return None


def _answered_since(unit: Unit, class_id: int, regrade: Regrade) -> Select[Any]:
    changed = select(REGRADED.c.question).where(REGRADED.c.regrade_id == regrade.id).distinct()
    ours = and_(MEMBERSHIP.c.learner_id == ANSWER.c.learner_id, MEMBERSHIP.c.class_id == class_id)
    return (
        select(ANSWER.c.session_id)
        .join_from(ANSWER, MEMBERSHIP, ours)
        .where(
            ANSWER.c.course == unit.course,
            ANSWER.c.question.in_(changed),
            ANSWER.c.at > regrade.at,
        )
        .limit(1)
    )


def _put_back(unit: Unit, regrade: int) -> None:
    """Write answers and results as they stood."""
    mine = REGRADED.c.regrade_id == regrade
    before = exists().where(mine, _same())
    unit.db.execute(update(ANSWER).where(before).values(correct=~ANSWER.c.correct))
    of_result = and_(
        mine, REGRADED.c.session_id == RESULT.c.session_id, REGRADED.c.score.is_not(None)
    )
    stood = {
        name: select(REGRADED.c[name]).where(of_result).limit(1).scalar_subquery()
        for name in ("score", "passed")
    }
    unit.db.execute(update(RESULT).where(exists().where(of_result)).values(stood))


def _same() -> ColumnElement[bool]:
    return and_(
        ANSWER.c.session_id == REGRADED.c.session_id, ANSWER.c.question == REGRADED.c.question
    )
