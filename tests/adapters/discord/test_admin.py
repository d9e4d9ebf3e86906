"""The moderators' commands: who is offered them, and what the core is told."""

from __future__ import annotations

import pytest
from simcord import SetupError

from bot.commands.words import ADMIN_COMMANDS
from bot.events import Command
from bot.replies import Card, Say
from tests.adapters.discord.harness import Person, World
from tests.adapters.discord.scripted import ScriptedCore


def told(core: ScriptedCore) -> dict[str, str]:
    """The arguments of the newest command."""
    event = core.events[-1]
    assert isinstance(event, Command)
    assert event.name == "admin"
    return dict(event.args)


def offered(person: Person) -> set[str]:
    """The moderators' commands that Discord offers a person."""
    return {name.split()[1] for name in person.known_commands() if name.startswith("admin ")}


async def test_every_moderators_command_is_offered_to_who_manages_the_server(
    world: World,
) -> None:
    assert offered(world.moderator("Eve")) == set(ADMIN_COMMANDS)


async def test_nobody_else_is_offered_them_nor_can_give_them(
    world: World, core: ScriptedCore
) -> None:
    ada = world.member("Ada")
    assert offered(ada) == set()
    assert offered(world.moderator("Eve").in_direct()) == set()
    with pytest.raises(SetupError, match="default-member-permissions"):
        await ada.command("admin overview")
    assert core.events == []


async def test_the_core_is_told_who_asks_and_what(world: World, core: ScriptedCore) -> None:
    core.on("admin", Card("The class"))
    eve = world.moderator("Eve")
    (shown,) = await eve.command("admin overview")
    assert (shown.title, shown.private) == ("The class", True)
    assert told(core) == {"sub": "overview"}
    assert core.events[-1].who.moderator
    await eve.command("admin course reload")
    assert told(core) == {"sub": "course"}


async def test_a_learner_is_named_by_a_mention(world: World, core: ScriptedCore) -> None:
    ada, eve = world.member("Ada"), world.moderator("Eve")
    await eve.command("admin reset", user=ada.actor, what="quiz-1")
    assert told(core) == {"sub": "reset", "user": f"<@{ada.id}>", "what": "quiz-1"}
    await eve.command("admin grant", user=ada.actor, what="attempts", reason="was ill")
    assert told(core)["reason"] == "was ill"


async def test_parts_and_settings_are_offered_while_typing(world: World) -> None:
    eve = world.moderator("Eve")
    assert await eve.offered("admin reset", "what", "2") == ["lesson-2", "quiz-2", "lab-2"]
    assert await eve.offered("admin items", "what", "") == ["test", "quiz-1", "quiz-2"]
    assert await eve.offered("admin settings", "name", "pass") == ["pass_mark"]


async def test_an_announcement_is_for_all_and_its_receipt_for_one(
    world: World, core: ScriptedCore
) -> None:
    core.on("admin", Card("From the teachers", "Test on Friday", private=False), Say("Posted."))
    ada, eve = world.member("Ada"), world.moderator("Eve")
    await eve.command("admin announce", text="Test on Friday")
    assert [s.title for s in ada.screens] == ["From the teachers"]
    assert eve.screens[-1].text == "Posted."
