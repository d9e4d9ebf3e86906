"""Who runs the class: workspace admins and owners, asked of Slack when it matters."""

from __future__ import annotations

from typing import Any

from bot.actions import Action
from bot.commands.words import ADMIN
from bot.events import Command
from bot.flows.base import menu
from bot.replies import Button, Card
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.workspace import CHANNEL, Workspace


async def test_only_an_admin_of_the_workspace_moderates(
    scripted: Workspace, core: ScriptedCore
) -> None:
    scripted.slack.state.people["UADA"].admin = True
    for user in ("UADA", "UBOB"):
        await scripted.command(user, "/admin overview", CHANNEL)
        await scripted.command(user, "admin overview", CHANNEL)
        await scripted.mention(user, "admin overview")
    assert [event.who.moderator for event in core.events] == [True] * 3 + [False] * 3


async def test_a_moderators_press_is_checked_again(scripted: Workspace, core: ScriptedCore) -> None:
    scripted.slack.state.people["UADA"].admin = True
    core.scripts = [[Card("Overview", buttons=(Button("Items", menu(ADMIN, "items")),))]]
    await scripted.command("UADA", "/admin overview", CHANNEL)
    scripted.slack.state.people["UADA"].admin = False
    await scripted.press("UADA", "Items")
    assert [event.who.moderator for event in core.events] == [True, False]


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
