"""The records of classes: their learners and rules, what was done there, what can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables import BIG_ID, NAME_LENGTH, Utc


class ClassRow(SQLModel, table=True):
    """A class: one workspace's learners of one course. `rules` is bot.rules.Rules as JSON."""

    __tablename__ = "class"
    __table_args__ = (UniqueConstraint("platform", "workspace", "course"),)

    id: int | None = Field(None, sa_column=Column(BIG_ID, primary_key=True, autoincrement=True))
    platform: str = Field(max_length=20)
    workspace: str = Field(max_length=NAME_LENGTH)
    course: str = Field(max_length=NAME_LENGTH)
    rules: str = Field("{}", sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)


class MembershipRow(SQLModel, table=True):
    """A learner in a class, with the exceptions granted to them there.

    `told_at` is when they were told that moderators may read their exchanges; only later ones
    are shown. `waived`: the wait before their next test is waived.
    """

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_seen", "class_id", "seen_at", "learner_id"),)

    class_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="class.id")
    learner_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="learner.id", index=True)
    joined_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    told_at: datetime | None = Field(None, sa_type=Utc)
    extra_attempts: int = 0
    unlocked: bool = False
    waived: bool = False


class AuditRow(SQLModel, table=True):
    """What a moderator did, or was refused. Rows are added, never changed or deleted.

    The one exception is a person who has everything about them deleted: their id, and the free
    text of what was done to them, are taken out.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_class", "class_id", "id"),)

    id: int | None = Field(None, sa_column=Column(BIG_ID, primary_key=True, autoincrement=True))
    class_id: int = Field(sa_type=BIG_ID, foreign_key="class.id")
    at: datetime = Field(sa_type=Utc)
    actor_id: int | None = Field(None, sa_type=BIG_ID, foreign_key="learner.id", index=True)
    target_id: int | None = Field(None, sa_type=BIG_ID, foreign_key="learner.id", index=True)
    action: str = Field(max_length=40)
    what: str = Field("", sa_type=Text)
    reason: str = Field("", sa_type=Text)


class ShelfRow(SQLModel, table=True):
    """What a reset took away, as JSON by table, until it expires or is put back."""

    __tablename__ = "shelf"

    id: int | None = Field(None, sa_column=Column(BIG_ID, primary_key=True, autoincrement=True))
    class_id: int = Field(sa_type=BIG_ID, foreign_key="class.id", index=True)
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id", index=True)
    at: datetime = Field(sa_type=Utc, index=True)
    what: str = Field(max_length=NAME_LENGTH)
    rows: str = Field(sa_type=Text)


class RegradeRow(SQLModel, table=True):
    """A regrade that can still be undone; `answers` is how many it changed."""

    __tablename__ = "regrade"

    id: int | None = Field(None, sa_column=Column(BIG_ID, primary_key=True, autoincrement=True))
    class_id: int = Field(sa_type=BIG_ID, foreign_key="class.id", index=True)
    at: datetime = Field(sa_type=Utc, index=True)
    answers: int


class RegradedRow(SQLModel, table=True):
    """An answer that a regrade changed, and the result it is part of, both as they stood before.

    `score` and `passed` are None where the attempt was not finished then.
    """

    __tablename__ = "regraded"
    __table_args__ = (Index("ix_regraded_session", "session_id", "regrade_id"),)

    id: int | None = Field(None, sa_column=Column(BIG_ID, primary_key=True, autoincrement=True))
    regrade_id: int = Field(sa_type=BIG_ID, foreign_key="regrade.id", index=True)
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id", index=True)
    session_id: str = Field(max_length=16)
    question: str = Field(max_length=NAME_LENGTH)
    correct: bool
    score: int | None = None
    passed: bool | None = None


class ReminderRow(SQLModel, table=True):
    """What is known of reminding one learner of one course.

    `at` is when the last reminder was begun, `tries` how often in a row that failed. `off`: the
    learner wants none. `closed`: the platform lets nobody write to them.
    """

    __tablename__ = "reminder"

    learner_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="learner.id")
    course: str = Field(primary_key=True, max_length=NAME_LENGTH)
    at: datetime | None = Field(None, sa_type=Utc)
    tries: int = 0
    off: bool = False
    closed: bool = False


class FormerItemRow(SQLModel, table=True):
    """First attempts of people who left: only how many, by question, score and option.

    `question` is "" for the attempts themselves (`chosen` is then 0, `correct` says passed).
    """

    __tablename__ = "former_item"

    class_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="class.id")
    kind: str = Field(primary_key=True, max_length=20)
    subject: str = Field(primary_key=True, max_length=NAME_LENGTH)
    out_of: int = Field(primary_key=True)
    question: str = Field(primary_key=True, max_length=NAME_LENGTH)
    score: int = Field(primary_key=True)
    chosen: int = Field(primary_key=True)
    correct: bool = Field(primary_key=True)
    n: int


class FormerMarkRow(SQLModel, table=True):
    """Parts begun and completed by people who left: only how many. Kind "" counts the people."""

    __tablename__ = "former_mark"

    class_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="class.id")
    kind: str = Field(primary_key=True, max_length=20)
    subject: str = Field(primary_key=True, max_length=NAME_LENGTH)
    begun: int
    done: int


class CourseVersionRow(SQLModel, table=True):
    """How often a course was reloaded: a worker that runs an older version reads it again."""

    __tablename__ = "course_version"

    course: str = Field(primary_key=True, max_length=NAME_LENGTH)
    version: int
    changed_at: datetime = Field(sa_type=Utc)


def _table(row: type[SQLModel]) -> Table:
    return cast(Table, row.__table__)  # type: ignore[attr-defined]


CLASS, MEMBERSHIP, AUDIT = _table(ClassRow), _table(MembershipRow), _table(AuditRow)
SHELF, COURSE_VERSION = _table(ShelfRow), _table(CourseVersionRow)
FORMER_ITEM, FORMER_MARK = _table(FormerItemRow), _table(FormerMarkRow)
REGRADE, REGRADED, REMINDER = _table(RegradeRow), _table(RegradedRow), _table(ReminderRow)
