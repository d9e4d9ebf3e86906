"""Classes in the records: who belongs where, and what stays of a person who leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config

from bot.commands.admin.base import Desk
from bot.commands.admin.items import measured
from bot.events import Command, Learner, Place
from bot.gradebook import TEST_SUBJECT, Kind
from bot.replies import Document
from bot.store import class_records, membership
from bot.store.class_records import Reach
from bot.store.database import open_database
from bot.store.migrate import SCRIPTS
from bot.store.unit import Unit
from tests.bot.commands.admin.school import ADA, BOB, HALL, MIA, School
from tests.classroom import DESK, no_answer, text_of

T = TypeVar("T")
PERSON = Learner("test", "school", "U0FORGET", "Zebulon Quux")
TEST = (Kind.TEST, TEST_SUBJECT)


async def read(school: School, work: Callable[[Unit], T]) -> T:
    return await school.rows(work)  # type: ignore[arg-type, return-value]


async def statistics(school: School) -> Any:
    def count(unit: Unit) -> Any:
        member = membership.find(unit, MIA, DESK, unit.learner(MIA))
        return (
            measured(Desk(unit, school.course, member, DESK, school.course.policy), TEST),
            class_records.reach(unit, 1),
            class_records.enrolment(unit, 1),
        )

    return await read(school, count)


async def live_a_lot(school: School, who: Learner) -> None:
    """Leave a trace in every table."""
    await school.admin("settings", "transcripts on")
    await school.command("lesson", who, lesson="1")
    await school.press("Start reading", who)
    await school.take_quiz([True, False], who=who)
    await school.command("lab", who, lesson="1")
    await school.type(f"I am {who.name}, why two tides?", who)
    school.tutor.script = [no_answer()]
    await school.type(f"what does {who.name} cost?", who)
    await school.take_test([True, False, True, False, True], who)
    await school.admin("learner", who.user)
    await school.admin("transcripts", who.user)
    await school.admin("grant", f"{who.user} attempts '{who.name} was ill'")
    await school.admin("reset-now", f"{who.user} quiz-1")
    await school.admin("overview", "", who)
    await school.admin("export", "json")
    await school.admin("learners")


def everything(school: School) -> str:
    """Every value of every column of every table, JSON and all."""
    found = []
    with sqlite3.connect(school.folder / "class.db") as db:
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            found += [repr(row) for row in db.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    db.close()
    return "\n".join(found)


async def forget(school: School, who: Learner) -> None:
    await school.command("privacy", who)
    await school.press("Delete my data", who)
    await school.press("Delete my progress and conversations", who)


async def test_nothing_in_any_table_names_a_person_who_left(school: School) -> None:
    await live_a_lot(school, PERSON)
    before = everything(school)
    sessions = await read(school, lambda unit: [r["id"] for r in unit.export(2)["session"]])
    assert PERSON.user in before
    assert PERSON.name in before
    assert any(session in before for session in sessions)
    await forget(school, PERSON)
    after = everything(school)
    assert PERSON.user not in after
    assert "Zebulon" not in after
    assert not any(session in after for session in sessions)


async def test_statistics_of_the_class_are_the_same_after_somebody_left(school: School) -> None:
    await school.both_take_the_test()
    await school.take_test([False, True, False, True, False], PERSON)
    await school.take_quiz([True, True], who=PERSON)
    (items, whole), reached, enrolled = await statistics(school)
    await forget(school, PERSON)
    (items_after, whole_after), reached_after, enrolled_after = await statistics(school)
    assert (items_after, whole_after, reached_after) == (items, whole, reached)
    assert (enrolled.enrolled, enrolled.former) == (3, 0)
    assert (enrolled_after.enrolled, enrolled_after.former) == (2, 1)
    assert reached_after["quiz", "1-tides"] == Reach(1, 1)
    assert "1 who had their data deleted" in text_of(await school.admin("overview"))


async def test_two_who_left_add_up(school: School) -> None:
    await school.both_take_the_test()
    await forget(school, ADA)
    await forget(school, BOB)
    (_, whole), reached, enrolled = await statistics(school)
    assert whole.counts == (0, 0, 1, 0, 0, 1)
    assert reached["test", "test"] == Reach(2, 1)
    assert enrolled.former == 2


async def test_somebody_who_comes_back_starts_afresh(school: School) -> None:
    await school.both_take_the_test()
    await forget(school, ADA)
    assert "0 of 7 parts done" in text_of(await school.command("learn", ADA))
    assert (await statistics(school))[2].enrolled == 2


async def test_the_export_holds_membership_exceptions_and_what_moderators_did(
    school: School,
) -> None:
    await live_a_lot(school, PERSON)
    await school.command("privacy", PERSON)
    [document] = await school.press("Export my data", PERSON)
    assert isinstance(document, Document)
    for word in ('"extra_attempts": 1', "Zebulon Quux was ill", '"shelf"', '"action": "grant"'):
        assert word in document.text
    assert "Mia" not in document.text


async def test_a_moderator_who_leaves_is_taken_out_of_the_book(school: School) -> None:
    await school.open()
    await school.admin("grant", "@ada attempts she was ill")
    await forget(school, MIA)
    said = text_of(await school.admin("audit"))
    assert "somebody who left granted" in said
    assert "she was ill" in said


async def test_a_learner_of_two_servers_is_in_both_classes(school: School) -> None:
    nomad = Learner("test", "", "nomad", "Nomad")
    for guild in ("one", "two"):
        where = Place(f"{guild}-channel", shared=True, workspace=guild)
        await school.send(Command(nomad, where, school.new_id(), school.now, "learn"))
    chief = Learner("test", "", "chief", "Chief", moderator=True)
    for guild in ("one", "two"):
        where = Place(f"{guild}-channel", shared=True, workspace=guild)
        assert "Nomad" in text_of(await school.admin("learners", "", chief, where))


async def test_being_seen_is_written_once_an_hour(school: School) -> None:
    await school.open()
    first = await read(school, seen)
    school.later(minutes=59)
    await school.open()
    assert await read(school, seen) == first
    school.later(minutes=2)
    await school.open()
    assert await read(school, seen) == school.now


def seen(unit: Unit) -> object:
    return membership.find(unit, ADA, HALL, 1).seen_at


async def test_learners_of_the_first_schema_are_in_their_class(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    url = f"sqlite:///{tmp_path / 'class.db'}"
    with open_database(url).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO learner VALUES "
            "(1, 'test', 'school', 'ada', 'Ada', '2026-01-05', '2026-01-05')"
        )
        connection.exec_driver_sql(
            "INSERT INTO session VALUES "
            "('s', 1, 'tides', 'quiz', '1-tides', 'desk', 1, 5, 0, '{}', '2026-01-05', "
            "'2026-01-06')"
        )
        connection.exec_driver_sql(
            "INSERT INTO result VALUES "
            "('s', 1, 'tides', 'quiz', '1-tides', 1, 1, 2, 0, '2026-01-06')"
        )
    old = School(tmp_path)
    await old.engine.start()
    assert "1 learner" in text_of(await old.admin("learners"))
    assert "quiz 1, attempt 1: 1 of 2" in text_of(await old.admin("learner", "@ada"))
    await old.engine.close()
