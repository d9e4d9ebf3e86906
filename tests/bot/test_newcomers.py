"""Whoever comes to a class is in it, whatever becomes of the first thing they asked."""

from __future__ import annotations

import pytest

from bot.events import Command, Learner, Place
from tests.bot.commands.admin.school import HALL, MIA, School
from tests.classroom import text_of

NEW = Learner("test", "school", "new", "Newcomer")


async def class_list(school: School) -> str:
    """What moderators see of the class."""
    return text_of(await school.admin("learners"))


@pytest.mark.parametrize("asked", [("quiz", {"lesson": "99"}), ("dance", {}), ("test", {})])
async def test_a_newcomer_whose_first_act_is_refused_is_in_the_class(
    school: School, asked: tuple[str, dict[str, str]]
) -> None:
    await school.admin("settings", "unlock in-order")
    refused = text_of(await school.command(asked[0], NEW, **asked[1]))
    assert "New" in await class_list(school)
    assert text_of(await school.command(asked[0], NEW, **asked[1])) == refused


async def test_nothing_else_of_the_refused_act_is_kept(school: School) -> None:
    await school.admin("settings", "transcripts on")
    await school.admin("settings", "questions_per_day 1")
    await school.command("quiz", NEW, lesson="99")
    kept = await school.rows(lambda unit: unit.export(2))  # type: ignore[attr-defined]
    assert {name for name, rows in kept.items() if rows} == {  # type: ignore[attr-defined]
        "learner",
        "membership",
        "delivery",
    }
    assert "may read what you say in labs" in text_of(await school.command("learn", NEW))


async def test_a_refused_act_that_comes_twice_is_refused_alike(school: School) -> None:
    event = Command(NEW, HALL, "twice", school.now, "quiz", {"lesson": "99"})
    first = text_of(await school.send(event))
    assert "Name a lesson by its number or title" in first
    assert text_of(await school.send(event)) == first


async def test_one_who_is_sent_elsewhere_has_not_joined(school: School) -> None:
    await school.admin("settings", "channels here", MIA, HALL)
    yard = Place("yard:", shared=True)
    await school.send(Command(NEW, yard, school.new_id(), school.now, "learn"))
    assert "Newcomer" not in await class_list(school)
