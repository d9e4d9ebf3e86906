"""Every record in one file, and back: the same file for SQLite and PostgreSQL, for any version.

The file is gzipped JSON, one value a line: first what it is, then each row as [table, columns].
It is read at one moment of the database, while the program goes on.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Table,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError, NoSuchTableError

from bot.errors import StoreError
from bot.store.database import READS_ONLY, open_database
from bot.store.migrate import migrate, revision, upgrade

FORMAT = "seminar-backup-1"
VERSIONS = "alembic_version"
BATCH = 500
"""Rows written to the database by one statement."""

OWNER_ONLY = 0o600
NOT_OURS = "{file} is no backup that this program can read."


def save(engine: Engine, file: Path) -> Counter[str]:
    """Write all records to `file`, which must not exist; return how many rows of each table.

    StoreError where the records cannot be read or the file not be written.
    """
    if file.exists():
        raise StoreError(f"{file} exists already: choose another name.")
    part = file.with_name(f"{file.name}.part")
    try:
        with _told(engine), _new(part) as out, engine.connect() as connection:
            connection = connection.execution_options(**_isolation(engine))
            written = _write(connection, out)
        part.replace(file)
    except OSError as problem:
        raise StoreError(f"{file} cannot be written: {problem.strerror}.") from problem
    finally:
        part.unlink(missing_ok=True)
    return written


def load(engine: Engine, file: Path) -> Counter[str]:
    """Read all records from `file` into an empty database; return how many rows of each table.

    All or nothing. The records are then brought to this program's schema. StoreError where the
    database is not empty, or the file is damaged, missing or of a newer program.
    """
    with _told(engine), _lines(file) as lines:
        about = next(lines, None)
        if not isinstance(about, dict) or about.get("format") != FORMAT:
            raise StoreError(NOT_OURS.format(file=file))
        if (revision(engine) or "") > about["revision"]:
            return _brought_up(engine, file)
        upgrade(engine, about["revision"])
        with engine.begin() as connection:
            tables = _tables(connection)
            if any(connection.execute(select(table).limit(1)).first() for table in tables):
                raise StoreError("The records are not empty: restore into an empty database.")
            read = _insert(connection, {table.name: table for table in tables}, lines)
            if dict(read) != about["rows"]:
                raise StoreError(f"{file} is damaged: it does not hold all that it should.")
            _count_on(connection, tables)
        migrate(engine)
    return read


def _brought_up(engine: Engine, file: Path) -> Counter[str]:
    """Read a file of an older schema than the database's: by way of a database of its own."""
    with TemporaryDirectory(prefix="seminar-") as folder:
        between, newer = open_database(f"sqlite:///{folder}/between.db"), Path(folder, "newer")
        read = load(between, file)
        save(between, newer)
        between.dispose()
        load(engine, newer)
    return read


def _write(connection: Connection, out: gzip.GzipFile) -> Counter[str]:
    """Write the head, then every row; rows are counted first, in the same moment."""
    tables = _tables(connection)
    rows = Counter(
        {t.name: connection.execute(select(func.count()).select_from(t)).scalar() for t in tables}
    )
    now = connection.execute(text("SELECT CURRENT_TIMESTAMP")).scalar()
    version = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()  # noqa: S608
    about = {"format": FORMAT, "revision": version, "at": str(now)}
    _put(out, {**about, "rows": rows})
    for table in tables:
        for row in connection.execution_options(yield_per=BATCH).execute(select(table)).mappings():
            _put(out, [table.name, {name: _plain(value) for name, value in row.items()}])
    return rows


def _put(out: gzip.GzipFile, value: Any) -> None:
    out.write(json.dumps(value).encode() + b"\n")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        return aware.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _insert(connection: Connection, tables: dict[str, Table], lines: Iterable[Any]) -> Counter[str]:
    read = Counter(dict.fromkeys(tables, 0))
    for name, rows in groupby(lines, key=itemgetter(0)):
        table = tables[name]
        readers = _readers(table)
        while batch := [row for _, row in islice(rows, BATCH)]:
            for row in batch:
                row |= {k: made(row[k]) for k, made in readers.items() if row[k] is not None}
            connection.execute(insert(table), batch)
            read[name] += len(batch)
    return read


def _readers(table: Table) -> dict[str, Callable[[str], date]]:
    """How to read the columns back that JSON has no kind for."""
    kinds = ((DateTime, datetime.fromisoformat), (Date, date.fromisoformat))
    return {
        column.name: read
        for column in table.columns
        for kind, read in kinds
        if isinstance(column.type, kind)
    }


def _tables(connection: Connection) -> list[Table]:
    """Every table as the database has it, parents first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSIONS]


def _count_on(connection: Connection, tables: list[Table]) -> None:
    """Have PostgreSQL number new rows after those that were read; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        column = table.autoincrement_column
        if column is None or not isinstance(column.type, Integer):
            continue
        last = connection.execute(select(func.max(column))).scalar()
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
        if last is not None and connection.execute(select(sequence)).scalar() is not None:
            connection.execute(select(func.setval(sequence, last)))


def _isolation(engine: Engine) -> dict[str, Any]:
    """One moment for all tables, holding up nobody who writes."""
    postgres = engine.dialect.name == "postgresql"
    return {"isolation_level": "REPEATABLE READ"} if postgres else {READS_ONLY: True}


@contextmanager
def _new(part: Path) -> Iterator[gzip.GzipFile]:
    """Open a new file that only its owner may read, and see that it reaches the disk."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(handle, "wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb") as out:
            yield out
        raw.flush()
        os.fsync(handle)


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[Any]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield map(json.loads, lines)
    except FileNotFoundError as problem:
        raise StoreError(f"There is no {file}.") from problem
    except (OSError, EOFError, ValueError, KeyError, TypeError) as problem:
        raise StoreError(NOT_OURS.format(file=file)) from problem


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Say in one sentence what is wrong with the database."""
    try:
        yield
    except (DatabaseError, NoSuchTableError) as problem:
        where = engine.url.render_as_string(hide_password=True)
        raise StoreError(f"The records in {where} cannot be used: {problem.args[0]}.") from problem
