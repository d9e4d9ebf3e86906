"""Language models: tokens spent a day, running calls, breakers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NAME = sa.String(length=200)


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "model_spend",
        sa.Column("learner_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("learner_id", "day"),
    )
    op.create_table(
        "model_spend_workspace",
        sa.Column("workspace", NAME, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "day"),
    )
    op.create_table(
        "model_call",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("model", NAME, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_model_call_model", "model_call", ["model"])
    op.create_table(
        "model_breaker",
        sa.Column("model", NAME, nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("open_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("model"),
    )
