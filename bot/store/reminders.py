"""Who is to be reminded, claimed one at a time by any worker; and who wants no reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from bot.events import Learner
from bot.gradebook import Kind
from bot.rules import load
from bot.store.admin_tables import CLASS, MEMBERSHIP, REMINDER
from bot.store.tables import LEARNER, MARK
from bot.store.unit import TurnMovedError, Unit

LATE = timedelta(days=7)
"""A silence that has lasted so much longer than the class's days is not broken any more: nobody
is written to because reminders were switched on, or the program started, long after they left."""

TRIES = 3
"""How often in a row one reminder is tried."""

PAGE = 100
"""Classes, or silent learners of a class, that one transaction looks at."""

Part = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Reminding:
    """A class that has its learners reminded after `days` of silence."""

    id: int
    workspace: str
    days: int


@dataclass(frozen=True, slots=True)
class Spot:
    """How far a class was looked through: up to a learner, in the order of their silence."""

    seen_at: datetime
    learner: int


@dataclass(frozen=True, slots=True)
class Due:
    """A learner whose reminder was claimed; `before` and `tries` are how it stood until then."""

    learner: int
    who: Learner
    before: datetime | None
    tries: int


def classes(unit: Unit, platform: str, after: int) -> tuple[Reminding, ...]:
    """Return a page of a platform's classes with reminders on, in the order of their ids."""
    found = unit.db.execute(
        select(CLASS.c.id, CLASS.c.workspace, CLASS.c.rules)
        .where(
            CLASS.c.platform == platform,
            CLASS.c.course == unit.course,
            CLASS.c.id > after,
            CLASS.c.rules.contains('"reminders"'),
        )
        .order_by(CLASS.c.id)
        .limit(PAGE)
    )
    return tuple(Reminding(id_, workspace, load(text).reminders) for id_, workspace, text in found)


def claim(
    unit: Unit, group: Reminding, parts: Sequence[Part], after: Spot | None
) -> Due | Spot | None:
    """Claim the reminder of one learner who began the course, has not finished it, and is silent.

    `parts` is all of the course; `after` is where to look on. A Spot where a page of learners held
    none to be reminded; None where there are no more. TurnMovedError where another worker claimed
    the same one first.
    """
    page = _silent(unit, group, after)
    if not page:
        return None
    known = _known(unit, page)
    waiting = [spot for spot in page if _may_be_reminded(known.get(spot.learner), spot)]
    due = _unfinished(unit, _silent_everywhere(unit, group, waiting), parts)
    row = _free(unit, due)
    if row is None:
        return page[-1]
    who = Learner(row.platform, row.workspace, row.user, row.name)
    before = known.get(row.id)
    claimed = Due(row.id, who, before.at if before else None, before.tries if before else 0)
    _put(unit, claimed.learner, expected=claimed.before, at=unit.now)
    return claimed


def succeed(unit: Unit, due: Due) -> None:
    """Note that a claimed reminder was brought."""
    _change(unit, due.learner, tries=0)


def fail(unit: Unit, due: Due) -> None:
    """Give a claim back, so that it is tried again; after TRIES it is let go of."""
    tries = due.tries + 1
    if tries < TRIES:
        _change(unit, due.learner, at=due.before, tries=tries)
    else:
        _change(unit, due.learner, tries=0)


def close(unit: Unit, due: Due) -> None:
    """Note that nobody can write to a learner: they are not tried again."""
    _change(unit, due.learner, closed=True, tries=0)


def stop(unit: Unit, learner: int) -> None:
    """Let a learner have no more reminders of this course."""
    _put(unit, learner, off=True)


def resume(unit: Unit, learner: int) -> None:
    """Let a learner have reminders again, even one who could not be written to before."""
    _put(unit, learner, off=False, closed=False)


def stopped(unit: Unit, learner: int) -> bool:
    """Whether a learner wants no reminders of this course."""
    found = select(REMINDER.c.off).where(_of(unit, learner))
    return bool(unit.db.execute(found).scalar())


def _of(unit: Unit, learner: int) -> ColumnElement[bool]:
    return and_(REMINDER.c.learner_id == learner, REMINDER.c.course == unit.course)


def _silent(unit: Unit, group: Reminding, after: Spot | None) -> list[Spot]:
    """A page of the learners who were last seen in a class its days ago, or a week before that."""
    until = unit.now - timedelta(days=group.days)
    wanted = select(MEMBERSHIP.c.seen_at, MEMBERSHIP.c.learner_id).where(
        MEMBERSHIP.c.class_id == group.id,
        MEMBERSHIP.c.seen_at <= until,
        MEMBERSHIP.c.seen_at > until - LATE,
    )
    if after is not None:
        wanted = wanted.where(
            MEMBERSHIP.c.seen_at >= after.seen_at,
            or_(MEMBERSHIP.c.seen_at > after.seen_at, MEMBERSHIP.c.learner_id > after.learner),
        )
    order = (MEMBERSHIP.c.seen_at, MEMBERSHIP.c.learner_id)
    return [Spot(*row) for row in unit.db.execute(wanted.order_by(*order).limit(PAGE))]


def _known(unit: Unit, page: Sequence[Spot]) -> dict[int, Row[Any]]:
    """What is known of reminding these learners, by their ids."""
    mine = REMINDER.c.learner_id.in_([spot.learner for spot in page])
    found = unit.db.execute(select(REMINDER).where(mine, REMINDER.c.course == unit.course))
    return {row.learner_id: row for row in found}


def _may_be_reminded(known: Row[Any] | None, spot: Spot) -> bool:
    """Wants reminders, can be written to, and had none since they were last here."""
    if known is None:
        return True
    return not (known.off or known.closed) and (known.at is None or known.at <= spot.seen_at)


def _silent_everywhere(unit: Unit, group: Reminding, spots: Sequence[Spot]) -> list[int]:
    """Those who were seen in no other class of the course since."""
    ids = [spot.learner for spot in spots]
    until = unit.now - timedelta(days=group.days)
    seen = unit.db.execute(
        select(MEMBERSHIP.c.learner_id)
        .join_from(MEMBERSHIP, CLASS, CLASS.c.id == MEMBERSHIP.c.class_id)
        .where(
            MEMBERSHIP.c.learner_id.in_(ids),
            MEMBERSHIP.c.seen_at > until,
            CLASS.c.course == unit.course,
        )
    )
    there = {learner for (learner,) in seen}
    return [learner for learner in ids if learner not in there]


def _unfinished(unit: Unit, learners: Sequence[int], parts: Sequence[Part]) -> list[int]:
    """Those who have begun a part of the course, and not done all."""
    found = unit.db.execute(
        select(MARK.c.learner_id)
        .where(
            MARK.c.learner_id.in_(learners),
            MARK.c.course == unit.course,
            tuple_(MARK.c.kind, MARK.c.subject).in_(parts),
        )
        .group_by(MARK.c.learner_id)
        .having(func.count(MARK.c.done_at) < len(parts))
    )
    return [learner for (learner,) in found]


def _free(unit: Unit, learners: Sequence[int]) -> Row[Any] | None:
    """One of these learners whom no other worker, and no act of theirs, has in hand."""
    return unit.db.execute(
        select(LEARNER)
        .where(LEARNER.c.id.in_(learners))
        .order_by(LEARNER.c.id)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True)
    ).first()


def _put(unit: Unit, learner: int, *, expected: datetime | None = None, **values: object) -> None:
    """Write a learner's row, made where there is none; a claim only if it stands as expected."""
    where = [_of(unit, learner)]
    if "at" in values:
        as_expected = REMINDER.c.at == expected if expected else REMINDER.c.at.is_(None)
        where.append(as_expected)
    if unit.db.execute(update(REMINDER).where(*where).values(values)).rowcount:
        return
    usual = {"at": None, "tries": 0, "off": False, "closed": False}
    row = {"learner_id": learner, "course": unit.course, **usual, **values}
    try:
        unit.db.execute(insert(REMINDER).values(row))
    except IntegrityError as problem:
        raise TurnMovedError from problem


def _change(unit: Unit, learner: int, **values: object) -> None:
    """Change a learner's row, unless they had everything deleted meanwhile."""
    unit.db.execute(update(REMINDER).where(_of(unit, learner)).values(values))
