"""Open the records' database: SQLite in WAL mode, or PostgreSQL, by URL."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from bot.errors import StoreError

BUSY_SECONDS = 30
"""How long a writer waits for another process's write on SQLite."""

BUSY_PAUSE = 0.01
"""Seconds between two attempts at what SQLite itself does not wait for."""

POOL_SIZE = 5
"""Connections a process holds to PostgreSQL; as many may overflow for a moment."""

TEXT = {"client_encoding": "utf8"}
"""A server that was set up without a locale (SQL_ASCII) would hand text over as bytes."""

READS_ONLY = "reads_only"
"""The execution option of a transaction that holds up no writer on SQLite."""


def open_database(url: str) -> Engine:
    """Return an engine for `url`; StoreError where it is no database this program can use.

    Every transaction on SQLite begins as a writer, so two presses at once are taken one after
    the other, and a commit is on disk (synchronous=FULL) before a reply is given.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as problem:
        raise StoreError("SEMINAR_DATABASE_URL is not a database URL.") from problem
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        return create_engine(
            parsed,
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            pool_pre_ping=True,
            hide_parameters=True,  # they hold learners' words, and an error is logged
            connect_args=TEXT,
        )
    except (NoSuchModuleError, ModuleNotFoundError) as problem:
        raise StoreError(
            f"The database driver for {parsed.drivername!r} is missing: "
            "install it with pip install 'seminar[postgres]'."
        ) from problem


def _sqlite(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(
                f"The data folder {Path(file).parent} cannot be made: choose another with --data."
            ) from problem
    options = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=options, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `_begin` does
    cursor = connection.cursor()
    _write_ahead(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Set WAL mode. A new file's change to it fails at once where another process is writing.

    SQLite's own wait (`BUSY_SECONDS`) is not kept there, lest two that change it wait for ever.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
