"""Slack's own records: installations by workspace, OAuth states, and streams that were stopped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from bot.store.tables import Utc

ID_LENGTH = 40
"""Slack's ids are 9 to 11 characters today; leave room."""

STATE_LENGTH = 80


class SlackInstallationRow(SQLModel, table=True):
    """One installer's grant in one workspace. `team` is "" for a grant to a whole enterprise.

    `sealed` is the installation as JSON, tokens and all, encrypted; the rest is for finding it.
    """

    __tablename__ = "slack_installation"

    enterprise: str = Field(primary_key=True, max_length=ID_LENGTH)
    team: str = Field(primary_key=True, max_length=ID_LENGTH)
    user: str = Field(primary_key=True, max_length=ID_LENGTH)
    installed_at: datetime = Field(sa_type=Utc)
    sealed: str = Field(sa_type=Text)


class SlackStateRow(SQLModel, table=True):
    """An OAuth state that was issued and not used yet."""

    __tablename__ = "slack_state"

    state: str = Field(primary_key=True, max_length=STATE_LENGTH)
    expires_at: datetime = Field(sa_type=Utc)


class SlackStopRow(SQLModel, table=True):
    """A stream that its learner stopped."""

    __tablename__ = "slack_stop"

    channel: str = Field(primary_key=True, max_length=ID_LENGTH)
    ts: str = Field(primary_key=True, max_length=ID_LENGTH)


INSTALLATION = SQLModel.metadata.tables["slack_installation"]
STATE = SQLModel.metadata.tables["slack_state"]
STOP = SQLModel.metadata.tables["slack_stop"]
