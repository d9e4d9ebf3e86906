"""The records: one class a table. Times are UTC; `course` is the course's id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

NAME_LENGTH = 200
BIG_ID = BigInteger().with_variant(Integer(), "sqlite")


class Utc(TypeDecorator[datetime]):
    """A moment, aware of its zone in Python and in UTC in every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Give the zone back where the database forgot it."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class LearnerRow(SQLModel, table=True):
    """A learner, keyed by platform, workspace and user."""

    __tablename__ = "learner"
    __table_args__ = (UniqueConstraint("platform", "workspace", "user"),)

    id: int | None = Field(None, sa_column=Column(BIG_ID, primary_key=True, autoincrement=True))
    platform: str = Field(max_length=20)
    workspace: str = Field(max_length=NAME_LENGTH)
    user: str = Field(max_length=NAME_LENGTH)
    name: str = Field("", max_length=NAME_LENGTH)
    created_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)


class SessionRow(SQLModel, table=True):
    """A flow in progress or ended: its whole state as JSON, guarded by its turn."""

    __tablename__ = "session"
    __table_args__ = (
        Index("ix_session_open", "learner_id", "course", "flow", "open"),
        Index("ix_session_place", "learner_id", "place"),
    )

    id: str = Field(primary_key=True, max_length=16)
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id")
    course: str = Field(max_length=NAME_LENGTH)
    flow: str = Field(max_length=20)
    subject: str = Field("", max_length=NAME_LENGTH)
    place: str = Field("", max_length=NAME_LENGTH)
    version: int
    turn: int
    open: bool = True
    state: str = Field(sa_type=Text)
    begun_at: datetime = Field(sa_type=Utc)
    changed_at: datetime = Field(sa_type=Utc)


class AnswerRow(SQLModel, table=True):
    """One answer to one question, once per session. `chosen` is an index into the file's order."""

    __tablename__ = "answer"
    __table_args__ = (
        # All that item statistics and a regrade read, so that they read the index alone.
        Index("ix_answer_item", "course", "question", "chosen", "correct", "attempt", "session_id"),
    )

    session_id: str = Field(primary_key=True, max_length=16, foreign_key="session.id")
    question: str = Field(primary_key=True, max_length=NAME_LENGTH)
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id", index=True)
    course: str = Field(max_length=NAME_LENGTH)
    kind: str = Field(max_length=20)
    subject: str = Field("", max_length=NAME_LENGTH)
    attempt: int
    chosen: int
    correct: bool
    at: datetime = Field(sa_type=Utc)


class ResultRow(SQLModel, table=True):
    """A finished quiz or test."""

    __tablename__ = "result"
    __table_args__ = (
        Index("ix_result_learner", "learner_id", "course", "kind", "subject"),
        Index("ix_result_first", "course", "kind", "subject", "attempt"),
    )

    session_id: str = Field(primary_key=True, max_length=16, foreign_key="session.id")
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id")
    course: str = Field(max_length=NAME_LENGTH)
    kind: str = Field(max_length=20)
    subject: str = Field("", max_length=NAME_LENGTH)
    attempt: int
    score: int
    out_of: int
    passed: bool
    at: datetime = Field(sa_type=Utc)


class MarkRow(SQLModel, table=True):
    """Where a learner stands in one part of the course; see bot.gradebook.Mark."""

    __tablename__ = "mark"

    learner_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="learner.id")
    course: str = Field(primary_key=True, max_length=NAME_LENGTH)
    kind: str = Field(primary_key=True, max_length=20)
    subject: str = Field(primary_key=True, max_length=NAME_LENGTH)
    latest: int
    best: int
    out_of: int
    attempts: int = 0
    done_at: datetime | None = Field(None, sa_type=Utc)
    changed_at: datetime = Field(sa_type=Utc)


class ExchangeRow(SQLModel, table=True):
    """A question to the tutor and the answer that was delivered."""

    __tablename__ = "exchange"
    __table_args__ = (
        Index("ix_exchange_session", "session_id", "id"),
        Index("ix_exchange_at", "at"),
        Index("ix_exchange_covered", "course", "covered", "id"),
    )

    id: int | None = Field(None, sa_column=Column(BIG_ID, primary_key=True, autoincrement=True))
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id", index=True)
    course: str = Field(max_length=NAME_LENGTH)
    session_id: str = Field(max_length=16, foreign_key="session.id")
    lesson: str = Field("", max_length=NAME_LENGTH)
    question: str = Field(sa_type=Text)
    answer: str = Field(sa_type=Text)
    covered: bool
    counted: bool
    at: datetime = Field(sa_type=Utc)


class DeliveryRow(SQLModel, table=True):
    """One delivery of a platform: what it led to, and whether that reached the learner.

    `work` is the slow effect begun for it, as JSON, until its outcome is in; `replies` is
    what was said so far. `at`: when a worker last took it up, to do its work or to tell its
    replies; while that is recent, no other worker does.
    """

    __tablename__ = "delivery"

    id: str = Field(primary_key=True, max_length=NAME_LENGTH)
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id", index=True)
    at: datetime = Field(sa_type=Utc, index=True)
    replies: str = Field("[]", sa_type=Text)
    work: str | None = Field(None, sa_type=Text)
    delivered: bool = False


def _table(row: type[SQLModel]) -> Table:
    return cast(Table, row.__table__)  # type: ignore[attr-defined]


LEARNER, SESSION, ANSWER = _table(LearnerRow), _table(SessionRow), _table(AnswerRow)
RESULT, MARK, EXCHANGE = _table(ResultRow), _table(MarkRow), _table(ExchangeRow)
DELIVERY = _table(DeliveryRow)
