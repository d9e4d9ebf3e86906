"""The records: made, migrated, shared between processes, and honest about damage."""

from __future__ import annotations

import asyncio
import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from bot.errors import StoreError
from bot.store.database import open_database
from bot.store.migrate import HEAD, SCRIPTS, migrate
from tests.classroom import ADA, Classroom, text_of


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'seminar.db'}"


def migrate_in_a_process(where: str) -> None:
    migrate(open_database(where))


def test_the_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    engine = open_database(url(tmp_path))
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_ten_processes_may_start_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        pool.map(migrate_in_a_process, [url(tmp_path)] * 10)
    with sqlite3.connect(tmp_path / "seminar.db") as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_a_new_file_that_another_process_writes_to_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "seminar.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE made_elsewhere (id INTEGER)")
    done = threading.Timer(0.2, other.execute, ["COMMIT"])
    done.start()
    with open_database(url(tmp_path)).connect() as connection:
        assert not done.is_alive()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("SELECT count(*) FROM made_elsewhere").scalar() == 0
    other.close()


def test_a_damaged_database_is_said_in_one_sentence_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "seminar.db"
    file.write_bytes(b"this is no database at all, but a note to self" * 100)
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"cannot be used.*--data"):
        migrate(open_database(url(tmp_path)))
    assert file.read_bytes() == before


def test_records_of_a_newer_program_are_left_alone(tmp_path: Path) -> None:
    migrate(open_database(url(tmp_path)))
    with sqlite3.connect(tmp_path / "seminar.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    with pytest.raises(StoreError, match="newer version"):
        migrate(open_database(url(tmp_path)))


def test_a_url_that_is_none_is_said_in_one_sentence() -> None:
    with pytest.raises(StoreError, match="SEMINAR_DATABASE_URL"):
        open_database("no url")


async def test_a_read_only_database_refuses_and_loses_nothing(room: Classroom) -> None:
    await room.take_quiz([True, True])
    await room.engine.close()
    room.engine = room._engine()
    file = room.folder / "class.db"
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute(
            "CREATE TRIGGER stop BEFORE INSERT ON answer "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    db.close()
    await room.command("quiz", lesson="1")
    said = text_of(await room.answer(room.course.lessons[0].quiz[0]))
    assert "nothing of yours was lost" in said
    with sqlite3.connect(file) as db:
        db.execute("DROP TRIGGER stop")
    db.close()
    assert "1-tides-q1 why" in text_of(await room.answer(room.course.lessons[0].quiz[0]))


async def test_presses_of_many_learners_at_once_are_all_kept(room: Classroom) -> None:
    learners = [type(ADA)("test", "school", f"learner-{n}") for n in range(20)]
    await asyncio.gather(*(room.command("quiz", who, lesson="1") for who in learners))
    await asyncio.gather(*(room.press("A", who) for who in learners))
    kept = [(await room.rows(lambda unit, n=n: unit.export(n)))["answer"] for n in range(1, 21)]  # type: ignore[index]
    assert [len(rows) for rows in kept] == [1] * 20
