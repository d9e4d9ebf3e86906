"""The class of an event and the learner's place in it: one statement a press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, Select, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import LearnerError
from bot.events import Learner, Place
from bot.rules import Exceptions, Rules, load
from bot.store.admin_tables import CLASS, COURSE_VERSION, MEMBERSHIP
from bot.store.unit import TurnMovedError, Unit
from bot.words import say

SEEN_EVERY = timedelta(hours=1)
"""How exactly `seen_at` is kept: a press within this time of the last writes nothing."""


@dataclass(frozen=True, slots=True)
class Member:
    """A learner in a class. `seen_at` is None where they are not in it (yet).

    `workspace` is whose class it is. `version` is the course's version by the records: how often
    it was reloaded.
    """

    class_id: int
    learner: int
    rules: Rules
    granted: Exceptions
    version: int
    workspace: str
    seen_at: datetime | None = None
    told_at: datetime | None = None


_VERSION = (
    select(COURSE_VERSION.c.version)
    .where(COURSE_VERSION.c.course == bindparam("course"))
    .scalar_subquery()
)
_COLUMNS = (
    CLASS.c.id,
    CLASS.c.rules,
    CLASS.c.workspace,
    MEMBERSHIP.c.seen_at,
    MEMBERSHIP.c.told_at,
    MEMBERSHIP.c.extra_attempts,
    MEMBERSHIP.c.unlocked,
    MEMBERSHIP.c.waived,
    _VERSION.label("version"),
)
_OURS = (MEMBERSHIP.c.class_id == CLASS.c.id) & (MEMBERSHIP.c.learner_id == bindparam("learner"))
_BY_WORKSPACE: Select[tuple[object, ...]] = (
    select(*_COLUMNS)
    .select_from(CLASS.outerjoin(MEMBERSHIP, _OURS))
    .where(
        CLASS.c.platform == bindparam("platform"),
        CLASS.c.workspace == bindparam("workspace"),
        CLASS.c.course == bindparam("course"),
    )
)
_LAST_SEEN: Select[tuple[object, ...]] = (
    select(*_COLUMNS)
    .select_from(CLASS.join(MEMBERSHIP, _OURS))
    .where(CLASS.c.course == bindparam("course"))
    .order_by(MEMBERSHIP.c.seen_at.desc())
    .limit(1)
)


def find(unit: Unit, who: Learner, where: Place, learner: int) -> Member:
    """Return the class that an event belongs to, made on first sight, and the learner's part.

    It is the class of the place's workspace, else of the learner's own. Where neither is known
    (a direct message on Discord) it is the class in which the learner was last seen, so the
    rules of a class hold for its learners in direct messages too.
    """
    workspace = where.workspace or who.workspace
    key = {"platform": who.platform, "workspace": workspace, "course": unit.course}
    row: RowMapping | None = None
    if not workspace:
        mine = {"learner": learner, "course": unit.course}
        row = unit.db.execute(_LAST_SEEN, mine).mappings().first()
    if row is None:
        row = unit.db.execute(_BY_WORKSPACE, {**key, "learner": learner}).mappings().first()
    if row is None:
        return Member(_new_class(unit, key), learner, Rules(), Exceptions(), 0, workspace)
    return Member(
        class_id=row["id"],
        learner=learner,
        rules=load(row["rules"]),
        granted=Exceptions(row["extra_attempts"] or 0, bool(row["unlocked"]), bool(row["waived"])),
        version=row["version"] or 0,
        workspace=row["workspace"],
        seen_at=row["seen_at"],
        told_at=row["told_at"],
    )


def meet(unit: Unit, member: Member) -> None:
    """Note that a learner is in a class, and that they were seen now."""
    if member.seen_at is None:
        key = {"class_id": member.class_id, "learner_id": member.learner}
        row = {**key, "joined_at": unit.now, "seen_at": unit.now}
        usual = {"told_at": None, "extra_attempts": 0, "unlocked": False, "waived": False}
        try:
            unit.db.execute(insert(MEMBERSHIP).values(**row, **usual))
        except IntegrityError as problem:
            raise TurnMovedError from problem
    elif unit.now - member.seen_at >= SEEN_EVERY:
        change(unit, member.class_id, member.learner, seen_at=unit.now)


def change(unit: Unit, class_id: int, learner: int, **values: object) -> None:
    """Change columns of a membership; LearnerError where the learner is not in the class."""
    done = unit.db.execute(
        update(MEMBERSHIP)
        .where(MEMBERSHIP.c.class_id == class_id, MEMBERSHIP.c.learner_id == learner)
        .values(values)
    )
    if done.rowcount != 1:
        raise LearnerError(say("admin.nobody"))


def set_rules(unit: Unit, class_id: int, rules: str) -> None:
    """Keep the rules of a class, as JSON."""
    unit.db.execute(update(CLASS).where(CLASS.c.id == class_id).values(rules=rules))


def tell_again(unit: Unit, class_id: int) -> None:
    """Have every learner of a class told anew that moderators may read their exchanges."""
    unit.db.execute(
        update(MEMBERSHIP).where(MEMBERSHIP.c.class_id == class_id).values(told_at=None)
    )


def raise_version(unit: Unit) -> int:
    """Count one more reload of the course; return its new version."""
    mine = COURSE_VERSION.c.course == unit.course
    raised = unit.db.execute(
        update(COURSE_VERSION)
        .where(mine)
        .values(version=COURSE_VERSION.c.version + 1, changed_at=unit.now)
    )
    if raised.rowcount == 0:
        row = {"course": unit.course, "version": 1, "changed_at": unit.now}
        unit.db.execute(insert(COURSE_VERSION).values(row))
    return version(unit)


def version(unit: Unit) -> int:
    """Return how often the course was reloaded."""
    mine = COURSE_VERSION.c.course == unit.course
    return unit.db.execute(select(COURSE_VERSION.c.version).where(mine)).scalar() or 0


def _new_class(unit: Unit, key: dict[str, str]) -> int:
    try:
        made = unit.db.execute(insert(CLASS).values(**key, rules="{}", created_at=unit.now))
    except IntegrityError as problem:
        raise TurnMovedError from problem
    return int(made.inserted_primary_key[0])  # type: ignore[index]
