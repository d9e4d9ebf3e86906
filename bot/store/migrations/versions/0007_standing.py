"""Which of a model's last answers held up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add a column to the breakers: none of their models has shown anything yet."""
    held = sa.Column("held", sa.String(length=40), nullable=False, server_default="")
    op.add_column("model_breaker", held)
