"""What language models are asked and were worth: tokens a day, running calls, and breakers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date
from sqlmodel import Field, SQLModel

from bot.store import admin_tables  # noqa: F401 (the classes that spendings belong to)
from bot.store.tables import BIG_ID, NAME_LENGTH, Utc


class ModelSpendRow(SQLModel, table=True):
    """The tokens that a learner used on a day of UTC, reserved ones included."""

    __tablename__ = "model_spend"

    learner_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="learner.id")
    day: date = Field(sa_type=Date, primary_key=True)
    tokens: int


class WorkspaceSpendRow(SQLModel, table=True):
    """The tokens that a workspace used on a day of UTC, reserved ones included."""

    __tablename__ = "model_spend_workspace"

    workspace: str = Field(primary_key=True, max_length=NAME_LENGTH)
    day: date = Field(sa_type=Date, primary_key=True)
    tokens: int


class ClassSpendRow(SQLModel, table=True):
    """The tokens that a class used on a day of UTC, reserved ones included."""

    __tablename__ = "model_spend_class"

    class_id: int = Field(sa_type=BIG_ID, primary_key=True, foreign_key="class.id")
    day: date = Field(sa_type=Date, primary_key=True)
    tokens: int


class ModelCallRow(SQLModel, table=True):
    """An answer being made. It counts until `ends_at`, even where its worker has crashed."""

    __tablename__ = "model_call"

    id: str = Field(primary_key=True, max_length=40)
    model: str = Field(max_length=NAME_LENGTH, index=True)
    ends_at: datetime = Field(sa_type=Utc)


class ModelBreakerRow(SQLModel, table=True):
    """A model's faults in a row, and until when it is left alone; and what its answers were worth.

    `held`: which of its last answers held up, a digit each, 1 or 0, the oldest first.
    """

    __tablename__ = "model_breaker"

    model: str = Field(primary_key=True, max_length=NAME_LENGTH)
    faults: int
    open_until: datetime | None = Field(None, sa_type=Utc)
    held: str = Field("", max_length=40)


SPEND = SQLModel.metadata.tables["model_spend"]
WORKSPACE_SPEND = SQLModel.metadata.tables["model_spend_workspace"]
CLASS_SPEND = SQLModel.metadata.tables["model_spend_class"]
CALL = SQLModel.metadata.tables["model_call"]
BREAKER = SQLModel.metadata.tables["model_breaker"]
