"""What is kept about a person is in every table found, handed over and deleted."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, insert, inspect, select
from sqlmodel import SQLModel

from bot.events import Learner
from bot.replies import Document
from bot.store.model_ledger import StoredLedger
from bot.store.slack_tables import INSTALLATION
from bot.store.summaries import SUMMARY
from bot.store.tables import LEARNER
from bot.store.unit import Unit
from bot.tutor.model.ports import Call, Limits
from tests.bot.commands.admin.school import School, corrected
from tests.classroom import MORNING

ZOE = Learner("slack", "T0SCHOOL", "U0ZEBULON", "Zebulon Quux")
BOSS = Learner("slack", "T0SCHOOL", "U0BOSS", "Boss", moderator=True)
SECRET = "xylophone"

NAMES_PEOPLE = ("learner", "user", "actor", "target", "person", "member")
"""What a column is called that says who somebody is."""

BY_THEIR_ID = {"learner_id"}
IN_ITS_OWN_WAY = {
    ("learner", "id"): "the learner's own row",
    ("learner", "user"): "the learner's own row",
    ("audit", "actor_id"): "emptied: the book of what moderators did stays, without the person",
    ("audit", "target_id"): "emptied, with the reason that was written of them",
    ("slack_installation", "user"): "emptied: the whole workspace is served by the installation",
}
"""Every other column that names somebody, and what becomes of it."""


def columns(school: School) -> list[tuple[str, str]]:
    """Every column of every table that there is in the database."""
    found = inspect(school.engine._store._engine)
    names = [name for name in found.get_table_names() if name != "alembic_version"]
    return [(name, column["name"]) for name in names for column in found.get_columns(name)]


async def test_every_column_that_names_a_person_is_accounted_for(school: School) -> None:
    naming = {
        (table, column)
        for table, column in columns(school)
        if any(word in column for word in NAMES_PEOPLE) or (table, column) in IN_ITS_OWN_WAY
    }
    others = {key for key in naming if key[1] not in BY_THEIR_ID}
    assert others == set(IN_ITS_OWN_WAY)
    referring = {
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is LEARNER for key in column.foreign_keys)
    }
    assert referring <= naming


async def test_every_table_of_the_database_is_known_to_the_export(school: School) -> None:
    there = {table for table, _ in columns(school)}
    assert there == set(SQLModel.metadata.tables)
    personal_ones = {table for table, column in columns(school) if column in BY_THEIR_ID}
    kept = await school.rows(lambda unit: set(unit.export(1)))  # type: ignore[attr-defined]
    assert kept == personal_ones | {"learner", "audit", "slack_installation"}


async def test_a_person_is_found_in_every_table_and_afterwards_in_none(school: School) -> None:
    learner = await live(school)
    kept: dict[str, Any] = await school.rows(lambda unit: unit.export(learner))  # type: ignore[attr-defined, assignment]
    assert [table for table, rows in kept.items() if not rows] == [], "the life has a gap"
    before = await everything(school)
    for word in (ZOE.user, "Zebulon", SECRET, *sessions(kept)):
        assert word in before
    await forget(school)
    after = await everything(school)
    for word in (ZOE.user, "Zebulon", SECRET, *sessions(kept)):
        assert word not in after
    for table in SQLModel.metadata.sorted_tables:
        assert await count(school, table, learner) == 0, table.name


async def test_the_workspace_keeps_its_app_when_its_installer_leaves(school: School) -> None:
    learner = await school.rows(lambda unit: unit.learner(ZOE))  # type: ignore[attr-defined]
    for days in range(3):
        who = "" if days == 0 else ZOE.user if days == 1 else "U0OTHER"
        await install(school, who, "T0SCHOOL", f"sealed-{days}", days)
    await install(school, ZOE.user, "T0ELSEWHERE", "sealed-there", 0)
    await school.rows(lambda unit: unit.forget(learner))  # type: ignore[attr-defined]
    left = await school.rows(
        lambda unit: unit.db.execute(  # type: ignore[attr-defined]
            select(INSTALLATION.c.team, INSTALLATION.c.user, INSTALLATION.c.sealed)
        ).all()
    )
    assert sorted(map(tuple, left)) == [  # type: ignore[call-overload]
        ("T0ELSEWHERE", ZOE.user, "sealed-there"),
        ("T0SCHOOL", "", "sealed-1"),
        ("T0SCHOOL", "U0OTHER", "sealed-2"),
    ]


async def test_the_export_says_what_was_shown_and_when_and_quotes_nothing_twice(
    school: School,
) -> None:
    await live(school)
    await school.command("privacy", ZOE)
    [document] = await school.press("Export my data", ZOE)
    assert isinstance(document, Document)
    kept = json.loads(document.text)
    shown = kept["delivery"][0]
    assert set(shown) == {"id", "at", "delivered", "shown"}
    assert any("Lesson about tides" in text for row in kept["delivery"] for text in row["shown"])
    assert isinstance(kept["session"][0]["state"], dict)
    assert '\\"' not in document.text
    assert "Boss" not in document.text
    assert "sealed" not in document.text


def sessions(kept: dict[str, Any]) -> list[str]:
    """The ids of a person's sessions."""
    return [row["id"] for row in kept["session"]]


async def live(school: School) -> int:
    """Leave something in every table; return the learner's id."""
    await school.command("lesson", ZOE, lesson="1")
    await school.take_test([True, True, True, True, False], ZOE)
    await school.type(f"why is a {SECRET} a tide?", ZOE)
    await school.command("privacy", ZOE)
    await school.press("No more reminders", ZOE)
    await school.command("quiz", ZOE, lesson="1")
    await school.admin("grant", f"@{ZOE.user} attempts Zebulon was ill", BOSS)
    await school.admin("overview", "", ZOE)
    await school.admin("reset-now", f"@{ZOE.user} quiz-1", BOSS)
    school.workshop.course = corrected(school.course, "t4", 1)
    await school.admin("course", "reload", BOSS)
    await school.admin("regrade", "", BOSS)
    await school.press("Regrade 1 answer", BOSS)
    await install(school, ZOE.user, "T0SCHOOL", "sealed", 0)

    def learner(unit: Unit) -> int:
        found = unit.learner(ZOE)
        session = unit.export(found)["session"][0]["id"]
        row = {"session_id": session, "learner_id": found, "course": unit.course, "upto": 1}
        unit.db.execute(insert(SUMMARY).values(**row, text=SECRET, at=MORNING))
        return found

    found: int = await school.rows(learner)  # type: ignore[arg-type, assignment]
    call = Call("call", "fake:model", found, "slack:T0SCHOOL", 10, class_id=1)
    await StoredLedger(school.engine._store).admit(call, Limits())
    return found


async def install(school: School, user: str, team: str, sealed: str, days: int) -> None:
    """Keep an installation of the app."""
    row = {"enterprise": "", "team": team, "user": user, "sealed": sealed}
    at = MORNING + timedelta(days=days)
    await school.rows(
        lambda unit: unit.db.execute(insert(INSTALLATION).values(**row, installed_at=at))  # type: ignore[attr-defined]
    )


async def forget(school: School) -> None:
    """Have everything about the person deleted."""
    await school.command("privacy", ZOE)
    await school.press("Delete my data", ZOE)
    await school.press("Delete my progress and conversations", ZOE)


async def everything(school: School) -> str:
    """Every value of every row of every table, as text."""

    def read(unit: Unit) -> str:
        rows = [
            row
            for table in SQLModel.metadata.sorted_tables
            for row in unit.db.execute(select(table)).all()
        ]
        return "\n".join(map(repr, rows))

    found: str = await school.rows(read)  # type: ignore[arg-type, assignment]
    return found


async def count(school: School, table: Table, learner: int) -> int:
    """How many rows of a table still refer to a person's id."""
    refer = [
        column
        for column in table.columns
        if column.name.endswith(("learner_id", "actor_id", "target_id"))
    ]

    def read(unit: Unit) -> int:
        return sum(
            len(unit.db.execute(select(column).where(column == learner)).all()) for column in refer
        )

    found: int = await school.rows(read)  # type: ignore[arg-type, assignment]
    return found
