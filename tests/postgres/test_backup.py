"""Backup and restore, upgrade of old records: on SQLite, on PostgreSQL, and from one to another."""

from __future__ import annotations

import gzip
import os
import stat
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, Table, event, insert, select, text
from sqlmodel import SQLModel

from bot.errors import StoreError
from bot.store.backup import load, save
from bot.store.database import open_database
from bot.store.migrate import HEAD, migrate, revision, upgrade
from tests.classroom import Classroom, text_of
from tests.postgres.cluster import Cluster

FIRST = "0001"
"""The first released schema."""

OLD = [f"{number:04}" for number in range(1, int(HEAD))]
"""Every schema before the newest."""

ROWS = {
    "learner": "(1, 'test', 'school', 'ada', 'Ada', :at, :at)",
    "session": "('s1', 1, 'tides', 'quiz', '1-tides', 'desk', 1, 4, :no, '{}', :at, :at)",
    "answer": "('s1', '1-tides-q1', 1, 'tides', 'quiz', '1-tides', 1, 0, :yes, :at)",
    "result": "('s1', 1, 'tides', 'quiz', '1-tides', 1, 2, 2, :yes, :at)",
    "mark": "(1, 'tides', 'quiz', '1-tides', 2, 2, 2, 1, :at, :at)",
    "exchange": "(1, 1, 'tides', 's1', '1-tides', 'why?', 'The moon.', :yes, :yes, :at)",
    "delivery": "('d1', 1, :at, '[]', NULL, :yes)",
}
MOMENT = "2026-01-05 09:00:00.000000"

ANY = {
    int: 1,
    str: "x",
    bool: True,
    date: date(2026, 1, 5),
    datetime: datetime(2026, 1, 5, tzinfo=UTC),
}
"""A value of each kind of column: alike in all, so that every row finds what it refers to."""

Open = Callable[[str], Engine]


@pytest.fixture
def fresh(postgres: Cluster, tmp_path: Path) -> Open:
    """Opens an empty database of a kind."""

    def opened(kind: str) -> Engine:
        sqlite = f"sqlite:///{tmp_path / os.urandom(4).hex()}.db"
        return open_database(sqlite if kind == "sqlite" else postgres.create())

    return opened


def old_records(engine: Engine) -> None:
    upgrade(engine, FIRST)
    with engine.begin() as connection:
        for table, row in ROWS.items():
            statement = f"INSERT INTO {table} VALUES {row}"  # noqa: S608 (rows of ours)
            connection.execute(text(statement), {"at": MOMENT, "yes": True, "no": False})


def rows_of(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in ROWS
        }


def tables_of(engine: Engine) -> list[Table]:
    """The tables that the database has, parents first."""
    found = MetaData()
    found.reflect(engine)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def a_row_in_every_table(engine: Engine, release: str) -> None:
    upgrade(engine, release)
    tables = tables_of(engine)
    with engine.begin() as connection:
        for table in tables:
            row = {column.name: ANY[column.type.python_type] for column in table.columns}
            connection.execute(insert(table).values(row))


def plain_rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by column, as the database has them."""
    tables = tables_of(engine)
    with engine.connect() as connection:
        return {t.name: [dict(r) for r in connection.execute(select(t)).mappings()] for t in tables}


def everything(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table of the newest release, as the program reads them."""
    names = [table.name for table in tables_of(engine)]
    tables = SQLModel.metadata.tables
    with engine.connect() as connection:
        return {name: list(connection.execute(select(tables[name]))) for name in names}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_records_of_the_first_release_are_upgraded_with_all_that_is_in_them(
    kind: str, fresh: Open
) -> None:
    engine = fresh(kind)
    old_records(engine)
    migrate(engine)
    assert revision(engine) == HEAD
    assert rows_of(engine) == dict.fromkeys(ROWS, 1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("release", OLD)
def test_an_upgrade_from_any_release_keeps_every_value(
    release: str, kind: str, fresh: Open
) -> None:
    engine = fresh(kind)
    a_row_in_every_table(engine, release)
    before = plain_rows(engine)
    migrate(engine)
    after = plain_rows(engine)
    for table, (row,) in before.items():
        assert any(row.items() <= new.items() for new in after[table]), table


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_upgrade_that_fails_half_way_leaves_the_old_schema(kind: str, fresh: Open) -> None:
    engine = fresh(kind)
    old_records(engine)
    before = [table.name for table in tables_of(engine)]

    def fail(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "CREATE TABLE talk_summary" in statement:
            raise InterruptedError

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(InterruptedError):
        migrate(engine)
    event.remove(engine, "before_cursor_execute", fail)
    assert revision(engine) == FIRST
    assert [table.name for table in tables_of(engine)] == before
    migrate(engine)
    assert rows_of(engine) == dict.fromkeys(ROWS, 1)


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_a_backup_of_an_old_release_is_restored_into_the_newest(
    source: str, target: str, fresh: Open, tmp_path: Path
) -> None:
    old, new = fresh(source), fresh(target)
    old_records(old)
    assert save(old, tmp_path / "backup") == load(new, tmp_path / "backup")
    assert revision(new) == HEAD
    assert rows_of(new) == dict.fromkeys(ROWS, 1)
    with new.connect() as connection:
        moment = connection.execute(text("SELECT done_at FROM mark")).scalar_one()
        assert str(moment).startswith("2026-01-05 09:00:00")


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_a_backup_holds_every_table_to_the_last_value(
    source: str, target: str, fresh: Open, tmp_path: Path
) -> None:
    old, new = fresh(source), fresh(target)
    a_row_in_every_table(old, HEAD)
    save(old, tmp_path / "backup")
    load(new, tmp_path / "backup")
    assert everything(new) == everything(old)
    assert {len(rows) for rows in everything(new).values()} == {1}


async def test_a_class_goes_on_where_it_stood_in_restored_records(
    room: Classroom, fresh: Open, tmp_path: Path
) -> None:
    await room.take_quiz([True, False])
    await room.command("test")
    await room.answer(room.course.test[0])
    before = open_database(room.url)
    save(before, tmp_path / "backup")
    await room.engine.close()
    after = fresh("sqlite")
    load(after, tmp_path / "backup")
    room.engine._store._engine = after
    resumed = room._engine()
    resumed._store._engine = after
    room.engine = resumed
    await room.engine.start()
    assert "t0 why 0" in text_of(await room.command("test"))
    assert "1 of 2" in text_of(await room.command("progress"))


def test_new_learners_are_numbered_after_the_restored_ones(fresh: Open, tmp_path: Path) -> None:
    old, new = fresh("sqlite"), fresh("postgresql")
    old_records(old)
    save(old, tmp_path / "backup")
    load(new, tmp_path / "backup")
    row = ROWS["learner"].replace("1,", "", 1).replace("ada", "bob")
    columns = 'platform, workspace, "user", name, created_at, seen_at'
    with new.begin() as connection:
        added = f"INSERT INTO learner ({columns}) VALUES {row} RETURNING id"  # noqa: S608
        assert connection.execute(text(added), {"at": MOMENT}).scalar_one() == 2


def test_a_backup_is_its_owner_s_alone_and_is_never_written_over(
    fresh: Open, tmp_path: Path
) -> None:
    engine, file = fresh("sqlite"), tmp_path / "backup"
    migrate(engine)
    save(engine, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(StoreError, match="exists already"):
        save(engine, file)


def test_records_that_are_not_empty_are_never_restored_into(fresh: Open, tmp_path: Path) -> None:
    engine = fresh("sqlite")
    old_records(engine)
    save(engine, tmp_path / "backup")
    with pytest.raises(StoreError, match="not empty"):
        load(engine, tmp_path / "backup")


@pytest.mark.parametrize("damage", ["cut", "short", "foreign", "binary", "missing"])
def test_a_damaged_backup_restores_nothing(damage: str, fresh: Open, tmp_path: Path) -> None:
    old, new, file = fresh("sqlite"), fresh("sqlite"), tmp_path / "backup"
    old_records(old)
    save(old, file)
    whole = file.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    damaged = {
        "cut": whole[:-40],
        "short": gzip.compress(b"".join(lines[:-1])),
        "foreign": gzip.compress(b'{"format": "another"}\n'),
        "binary": os.urandom(200),
        "missing": None,
    }[damage]
    file.unlink() if damaged is None else file.write_bytes(damaged)
    with pytest.raises(StoreError):
        load(new, file)
    migrate(new)
    assert rows_of(new) == dict.fromkeys(ROWS, 0)


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_an_old_backup_is_restored_where_a_newer_program_was_started_already(
    target: str, fresh: Open, tmp_path: Path
) -> None:
    old, new = fresh("sqlite"), fresh(target)
    old_records(old)
    save(old, tmp_path / "backup")
    migrate(new)
    load(new, tmp_path / "backup")
    migrate(old)
    assert everything(new) == everything(old)
