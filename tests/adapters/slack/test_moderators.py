"""Who runs the class: those whom Slack calls admins or owners, asked when it matters."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.moderators import FRESH
from bot.actions import Action
from bot.commands.words import ADMIN
from bot.events import Command
from bot.flows.base import menu
from bot.replies import Button, Card
from tests.adapters.slack.fake.state import Person
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import CHANNEL, Workspace, workspace

ITEMS = Card("Overview", buttons=(Button("Items", menu(ADMIN, "items")),))
GUESTS = [("is_restricted",), ("is_ultra_restricted",), ("is_stranger",), ("deleted",)]


@pytest.fixture
def space(scripted: Workspace) -> Workspace:
    """The workspace on the scripted core."""
    return scripted


def make(space: Workspace, user: str, *flags: str, **more: Any) -> None:
    """Say what Slack says of somebody."""
    space.slack.state.people[user] = Person(user, flags=flags, **more)


def rights(core: ScriptedCore) -> list[bool]:
    return [event.who.moderator for event in core.events]


@pytest.mark.parametrize("role", ["is_admin", "is_owner", "is_primary_owner"])
async def test_admins_and_owners_of_the_workspace_moderate(
    space: Workspace, core: ScriptedCore, role: str
) -> None:
    make(space, "UADA", role)
    for user in ("UADA", "UBOB"):
        await space.command(user, "/admin overview", CHANNEL)
        await space.command(user, "admin overview", CHANNEL)
        await space.mention(user, "admin overview")
    assert rights(core) == [True] * 3 + [False] * 3


@pytest.mark.parametrize("guest", GUESTS)
async def test_no_guest_moderates_whatever_else_they_are_called(
    space: Workspace, core: ScriptedCore, guest: tuple[str, ...]
) -> None:
    make(space, "UADA", "is_admin", "is_owner", *guest)
    await space.command("UADA", "/admin overview", CHANNEL)
    assert rights(core) == [False]


async def test_who_runs_a_workspace_elsewhere_is_nobody_here(
    space: Workspace, core: ScriptedCore
) -> None:
    make(space, "UADA", "is_owner", team="T9")
    make(space, "UBOB", team="T9", enterprise="E9", org_flags=("is_owner",))
    for user in ("UADA", "UBOB"):
        await space.command(user, "/admin overview", CHANNEL)
    assert rights(core) == [False] * 2


async def test_a_press_is_checked_again_once_the_answer_is_a_minute_old(
    space: Workspace, core: ScriptedCore
) -> None:
    make(space, "UADA", "is_admin")
    core.scripts = [[ITEMS], [ITEMS], [ITEMS]]
    await space.command("UADA", "/admin overview", CHANNEL)
    make(space, "UADA")
    await space.press("UADA", "Items")
    assert len(space.called("users.info")) == 1
    space.later(FRESH.total_seconds())
    await space.press("UADA", "Items")
    await space.press("UADA", "Items")
    assert rights(core) == [True, True, False, False]
    assert len(space.called("users.info")) == 2


async def test_a_new_admin_waits_no_longer_than_that(space: Workspace, core: ScriptedCore) -> None:
    await space.command("UADA", "/admin overview", CHANNEL)
    make(space, "UADA", "is_admin")
    space.later(FRESH.total_seconds())
    await space.command("UADA", "/admin overview", CHANNEL)
    assert rights(core) == [False, True]


async def test_where_slack_does_not_say_nobody_moderates_and_nothing_is_remembered(
    space: Workspace, core: ScriptedCore
) -> None:
    make(space, "UADA", "is_admin")
    space.slack.missing.add("users.info")
    await space.command("UADA", "/admin overview", CHANNEL)
    (told,) = space.screen("UADA")
    assert "Slack does not tell me just now" in told.text
    assert told.private
    assert core.events == []
    space.slack.missing.clear()
    await space.command("UADA", "/admin overview", CHANNEL)
    assert rights(core) == [True]


async def test_whom_the_operator_names_needs_no_word_of_slack_s(core: ScriptedCore) -> None:
    settings = socket_settings(moderators="slack:UADA")
    async with workspace(core, settings) as space:
        space.slack.missing.add("users.info")
        await space.command("UADA", "/admin overview", CHANNEL)
    assert rights(core) == [True]


async def test_a_workspace_of_a_grid_has_its_own_class_and_moderators(
    space: Workspace, core: ScriptedCore
) -> None:
    space.enterprise = "E1"
    make(space, "UADA", "is_admin", enterprise="E1")
    make(space, "UBOB", enterprise="E1", org_flags=("is_admin",))
    for user in ("UADA", "UBOB"):
        await space.command(user, "/admin overview", CHANNEL)
        await space.mention(user, "admin overview")
    assert rights(core) == [True] * 4
    assert {event.where.workspace for event in core.events} == {"T1"}
    assert {event.who.workspace for event in core.events} == {"E1"}


async def test_a_class_of_a_whole_organisation_is_run_by_who_runs_the_organisation(
    space: Workspace, core: ScriptedCore
) -> None:
    space.enterprise, space.org_wide = "E1", True
    make(space, "UADA", "is_owner", enterprise="E1")
    make(space, "UBOB", team="T2", enterprise="E1", org_flags=("is_owner",))
    core.scripts = [[ITEMS], [ITEMS], [ITEMS], [ITEMS]]
    for user in ("UADA", "UBOB"):
        await space.command(user, "/admin overview", CHANNEL)
        await space.press(user, "Items")
    assert rights(core) == [False, False, True, True]
    assert {event.where.workspace for event in core.events} == {"E1"}


async def test_learners_acts_ask_slack_nothing(scripted: Workspace, core: ScriptedCore) -> None:
    go: Any = Button("Go", Action("quiz", "1", "s", 1))
    core.scripts = [[Card("Quiz", buttons=(go,))]]
    await scripted.command("UADA", "/quiz 1", CHANNEL)
    await scripted.press("UADA", "Go")
    assert scripted.called("users.info") == []


async def test_a_moderator_may_name_a_learner_by_mention(
    scripted: Workspace, core: ScriptedCore
) -> None:
    await scripted.command("UADA", "/admin learner <@UBOB|bob>", CHANNEL)
    [event] = core.events
    assert isinstance(event, Command)
    assert dict(event.args) == {"sub": "learner", "rest": "<@UBOB>"}


async def test_the_class_is_the_workspaces(scripted: Workspace, core: ScriptedCore) -> None:
    await scripted.command("UADA", "/learn", CHANNEL)
    await scripted.dm("UADA", "why?")
    core.scripts = [[Card("Home")]]
    await scripted.open_home("UADA")
    assert {event.where.workspace for event in core.events} == {"T1"}
