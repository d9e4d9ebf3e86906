"""Bring the database to the newest schema, safely when many processes start at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from bot.errors import StoreError

HEAD = "0007"
"""The newest revision; a test compares it with the migrations folder."""

SCRIPTS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7_265_661_001
"""PostgreSQL's lock that one starting process holds while it migrates."""


def migrate(engine: Engine) -> None:
    """Upgrade to HEAD; nothing is done, and Alembic is not loaded, where it is there already.

    StoreError where the database is damaged, read-only, newer than this program or away.
    """
    try:
        if revision(engine) != HEAD:
            upgrade(engine, HEAD)
    except DatabaseError as problem:
        raise StoreError(_explain(engine, problem)) from problem


def revision(engine: Engine) -> str | None:
    """Return the schema that the database has, None where it has none yet; or StoreError."""
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DatabaseError as problem:
        unmade = isinstance(problem, OperationalError | ProgrammingError)
        if unmade and "alembic_version" in str(problem.orig):
            return None
        raise StoreError(_explain(engine, problem)) from problem


def upgrade(engine: Engine, target: str) -> None:
    """Upgrade to a revision; StoreError where the program knows none of that name."""
    from alembic import command  # noqa: PLC0415 (slow to import, needed once per upgrade)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        _lock(connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, target)
        except CommandError as problem:
            raise StoreError(
                "These records were written by a newer version of Seminar: upgrade the program."
            ) from problem


def _lock(connection: Connection) -> None:
    """Wait until no other process migrates; SQLite's transaction is such a lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def _explain(engine: Engine, problem: DatabaseError) -> str:
    where = engine.url.render_as_string(hide_password=True)
    remedy = "check that its server runs and that SEMINAR_DATABASE_URL leads to it."
    if engine.dialect.name == "sqlite":
        where = str(engine.url.database)
        remedy = "restore a copy, or choose another place with --data."
    reason = str(problem.orig).strip().splitlines()[0]
    return f"The records in {where} cannot be used ({reason}): {remedy}"
