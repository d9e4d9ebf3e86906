"""Talks with the tutor in short."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "talk_summary",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("learner_id", BIG_ID, nullable=False),
        sa.Column("course", sa.String(length=200), nullable=False),
        sa.Column("upto", BIG_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"]),
        sa.PrimaryKeyConstraint("session_id"),
    )
    op.create_index("ix_talk_summary_learner_id", "talk_summary", ["learner_id"])
