"""Who runs the class: by permission, by a role that the operator names, or by name."""

from __future__ import annotations

import discord
import pytest
from simcord import SetupError

from bot.commands.words import ADMIN
from bot.events import Command, Pressed, Submitted, Typed
from bot.flows.base import menu
from bot.replies import Button, Card
from tests.adapters.discord.harness import Person, World
from tests.adapters.discord.scripted import ScriptedCore

ITEMS = Button("Items", menu(ADMIN, "items"))
GRANT = Button("One more", menu(ADMIN, "form-grant", "#2", "attempts"))
OVERVIEW = Card("The class", buttons=(ITEMS, GRANT))


def tutor(world: World, *, named: bool = True) -> Person:
    """Return a person with a role that manages nothing, and that may use `/admin`."""
    role = world.guild.create_role("Tutors")
    if named:
        world.set(moderators=frozenset({f"discord-role:{role.id}"}))
    world.allow(ADMIN, role)
    return world.holder("Tom", role)


def rights(core: ScriptedCore) -> list[bool]:
    return [event.who.moderator for event in core.events]


async def test_a_role_that_the_operator_names_runs_the_class(
    world: World, core: ScriptedCore
) -> None:
    core.on(ADMIN, OVERVIEW)
    tom = tutor(world)
    await tom.command("admin overview")
    await tom.press("Items")
    await tom.press("One more")
    await tom.submit("was ill")
    assert [type(event) for event in core.events] == [Command, Pressed, Submitted]
    assert rights(core) == [True] * 3


async def test_being_allowed_the_command_is_not_enough(world: World, core: ScriptedCore) -> None:
    tom = tutor(world, named=False)
    await tom.command("admin overview")
    assert rights(core) == [False]


async def test_a_named_role_is_offered_the_command_once_the_server_allows_it(
    world: World, core: ScriptedCore
) -> None:
    role = world.guild.create_role("Tutors")
    world.set(moderators=frozenset({f"discord-role:{role.id}"}))
    tom = world.holder("Tom", role)
    with pytest.raises(SetupError, match="default-member-permissions"):
        await tom.command("admin overview")
    await tom.say(f"<@{world.bot_id}> admin learner Ada")
    await tom.press("Show my answer")
    (event,) = core.events
    assert isinstance(event, Command)
    assert (event.name, dict(event.args)) == (ADMIN, {"sub": "learner", "rest": "Ada"})
    assert event.who.moderator


async def test_a_role_that_was_taken_away_counts_no_more(world: World, core: ScriptedCore) -> None:
    core.on(ADMIN, OVERVIEW)
    tom, eve = tutor(world), world.moderator("Eve")
    for person in (tom, eve):
        await person.command("admin overview")
        world.strip(person)
        await person.press("Items")
    assert rights(core) == [True, False] * 2


async def test_a_person_whom_the_operator_names_needs_no_role(
    world: World, core: ScriptedCore
) -> None:
    ada, bob = world.member("Ada"), world.member("Bob")
    world.set(moderators=frozenset({f"discord:{ada.id}", f"slack:{bob.id}"}))
    await ada.command("learn")
    await bob.command("learn")
    await ada.in_direct().command("learn")
    assert rights(core) == [True, False, True]


async def test_a_role_of_another_server_counts_for_nothing_here(
    world: World, core: ScriptedCore
) -> None:
    elsewhere = world.env.create_guild(name="Elsewhere")
    role = elsewhere.create_role("Tutors")
    world.set(moderators=frozenset({f"discord-role:{role.id}"}))
    ada = world.member("Ada")
    elsewhere.add_member(ada.actor.user, roles=[role])
    await ada.command("learn")
    await ada.in_direct().command("learn")
    assert rights(core) == [False, False]


async def test_who_runs_another_server_runs_its_class_alone(
    world: World, core: ScriptedCore
) -> None:
    elsewhere = world.env.create_guild(name="Elsewhere")
    boss = elsewhere.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    zoe = world.member("Zoe")
    there = elsewhere.add_member(zoe.actor.user, roles=[boss])
    await zoe.command("learn")
    await Person(world, there, elsewhere.create_text_channel("hall")).command("learn")
    known = [(event.where.workspace, event.who.moderator) for event in core.events]
    assert known == [(str(world.guild.id), False), (str(elsewhere.id), True)]


async def test_what_is_offered_while_typing_is_for_moderators(world: World) -> None:
    tom = tutor(world)
    assert await tom.offered("admin items", "what", "") == ["test", "quiz-1", "quiz-2"]
    world.set(moderators=frozenset())
    for command, option in (("reset", "what"), ("items", "what"), ("settings", "name")):
        assert await tom.offered(f"admin {command}", option, "") == []


async def test_words_that_are_no_command_stay_a_question(world: World, core: ScriptedCore) -> None:
    ada = world.member("Ada")
    await ada.say(f"<@{world.bot_id}> admin rights are unfair, why?")
    await ada.press("Show my answer")
    (event,) = core.events
    assert isinstance(event, Typed)
