"""How Alembic runs a migration: on the connection that `bot.store.migrate` holds locked."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from bot.store import admin_tables, model_tables, slack_tables, tables  # noqa: F401 (registers the tables)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,  # the caller's transaction holds it all
)
context.run_migrations()
