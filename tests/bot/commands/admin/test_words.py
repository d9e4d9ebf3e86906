"""Moderators' commands as they are typed: alone, in any form of a platform's, and misspelled."""

from __future__ import annotations

import pytest

from bot.commands.admin.desk import SUBS
from bot.commands.words import ADMIN_COMMANDS, parse
from bot.events import Command
from tests.bot.commands.admin.school import ADA, MIA, School
from tests.classroom import DESK, text_of


async def written(school: School, text: str) -> str:
    """What a moderator is told who writes this."""
    given = parse(text)
    assert given is not None, f"{text!r} is no command"
    key = (MIA, DESK, school.new_id(), school.now)
    return text_of(await school.send(Command(*key, *given)))


@pytest.mark.parametrize(
    "text",
    [
        "admin course reload",
        "/admin course reload",
        "admin course-reload",
        "/admin COURSE Reload",
        "admin course",
        "admin  course   reload",
    ],
)
async def test_the_course_is_reloaded_in_every_form(school: School, text: str) -> None:
    assert "The course is reloaded" in await written(school, text)


@pytest.mark.parametrize("text", ["admin", "/admin", "ADMIN", "admin help", " /admin "])
async def test_admin_alone_names_every_command(school: School, text: str) -> None:
    said = await written(school, text)
    for name in ADMIN_COMMANDS:
        assert f"/admin {name}" in said


async def test_the_help_gives_commands_from_its_list(school: School) -> None:
    await school.admin()
    await school.choose("admin audit")
    assert school.card().title == "Audit"


async def test_help_is_for_moderators_alone(school: School) -> None:
    assert "Only the people who run this class" in text_of(await school.admin("", "", ADA))


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("admin overveiw", "overview"),
        ("/admin setings pass_mark 40", "settings"),
        ("admin expotr csv", "export"),
        ("/admin lerner @ada", "learner"),
        ("admin course relaod", "course reload"),
        ("admin course delete", "course reload"),
        ("/admin REGRAD", "regrade"),
    ],
)
async def test_a_misspelled_command_is_told_the_nearest(
    school: School, text: str, near: str
) -> None:
    assert f"did you mean “admin {near}”?" in await written(school, text)


async def test_what_is_like_no_command_is_told_all_of_them(school: School) -> None:
    assert "overview, learner" in await written(school, "/admin dance")


@pytest.mark.parametrize("text", ["admin rights are unfair, why?", "admin dance", "administer it"])
def test_a_question_about_admins_is_no_command(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("name", [*ADMIN_COMMANDS, "learners", "course-reload", "help"])
def test_every_command_is_one_without_its_slash(name: str) -> None:
    assert parse(f"admin {name}") == ("admin", {"sub": name, "rest": ""})
    assert name in SUBS or name == "course"
