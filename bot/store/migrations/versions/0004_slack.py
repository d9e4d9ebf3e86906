"""Slack's installations, OAuth states and stopped streams."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID_LENGTH = 40


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "slack_installation",
        sa.Column("enterprise", sa.String(length=ID_LENGTH), nullable=False),
        sa.Column("team", sa.String(length=ID_LENGTH), nullable=False),
        sa.Column("user", sa.String(length=ID_LENGTH), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("enterprise", "team", "user"),
    )
    op.create_table(
        "slack_state",
        sa.Column("state", sa.String(length=80), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state"),
    )
    op.create_table(
        "slack_stop",
        sa.Column("channel", sa.String(length=ID_LENGTH), nullable=False),
        sa.Column("ts", sa.String(length=ID_LENGTH), nullable=False),
        sa.PrimaryKeyConstraint("channel", "ts"),
    )
