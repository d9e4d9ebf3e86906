"""Regrades that can be undone, reminders, and the tokens of a class."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NAME = sa.String(length=200)


def upgrade() -> None:
    """Make the four tables."""
    _regrades()
    op.create_table(
        "reminder",
        sa.Column("learner_id", BIG_ID, nullable=False),
        sa.Column("course", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("learner_id", "course"),
    )
    op.create_table(
        "model_spend_class",
        sa.Column("class_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"]),
        sa.PrimaryKeyConstraint("class_id", "day"),
    )


def _regrades() -> None:
    op.create_table(
        "regrade",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("class_id", BIG_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_regrade_class_id", "regrade", ["class_id"])
    op.create_index("ix_regrade_at", "regrade", ["at"])
    op.create_table(
        "regraded",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("regrade_id", BIG_ID, nullable=False),
        sa.Column("learner_id", BIG_ID, nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("question", NAME, nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrade.id"]),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_regraded_regrade_id", "regraded", ["regrade_id"])
    op.create_index("ix_regraded_learner_id", "regraded", ["learner_id"])
    op.create_index("ix_regraded_session", "regraded", ["session_id", "regrade_id"])
