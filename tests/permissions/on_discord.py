"""The class in a Discord server that lets everybody give `/admin`, so that only the bot refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import simcord
from discord import app_commands

from adapters.discord import create_bot
from adapters.discord.admin import admin
from adapters.discord.ids import action_text
from bot.commands.words import ADMIN
from bot.events import Learner
from tests.adapters.discord.harness import World, settings
from tests.adapters.discord.judges import judge
from tests.adapters.discord.screens import Screen, parts
from tests.permissions.stage import WORDS, Shown, Staffed, moderates

PATIENCE = 60.0
"""Seconds that a busy machine may take for one act."""


class DiscordStage:
    """See tests.permissions.stage.Stage."""

    refused: tuple[str, ...] = ("learner", "elsewhere", "demoted")
    allowed: tuple[str, ...] = ("manager", "tutor", "named")

    def __init__(self, world: World, room: Staffed) -> None:
        self.world, self.room = world, room
        guild, env = world.guild, world.env
        managing = discord.Permissions(manage_guild=True)
        other = env.create_guild(name="Elsewhere")
        tutors, role = guild.create_role("Tutors"), other.create_role("Boss", permissions=managing)
        self.people = {
            "learner": world.member("Ada"),
            "elsewhere": world.member("Zoe"),
            "manager": world.moderator("Eve"),
            "tutor": world.holder("Tom", tutors),
            "named": world.member("Nan"),
        }
        self.people["demoted"] = self.people["manager"]
        other.add_member(self.people["elsewhere"].actor.user, roles=[role])
        world.allow(ADMIN, guild.default_role)
        room.named = frozenset({f"discord:{self.user('named')}"})
        world.set(moderators=room.named | {f"discord-role:{tutors.id}"})

    def user(self, role: str) -> str:
        """The id of a person."""
        return str(self.people[role].id)

    async def open(self) -> None:
        """Have the operator's list hold, and the learner in the class with a finished test."""
        await self.room.restart()
        await self.world.restart(self.room.engine)
        await self.people["learner"].command("learn")
        ada = Learner("discord", "", self.user("learner"), "Ada")
        await self.room.take_test([True] * 5, ada)

    async def give(self, role: str, sub: str) -> list[Shown]:
        """Give a command as Discord has it, options and all."""
        person = self.people[role]
        command = _command(sub)
        ada = self.people["learner"].actor
        options = {p.name: ada if p.name == "user" else _value(p) for p in command.parameters}
        return _shown(await person.command(command.qualified_name, **options))

    async def press(self, role: str, number: int) -> list[Shown]:
        """Press on the manager's card, which everybody now sees; send off the form, if it opens."""
        person, (shown, custom_id, value) = self.people[role], self._pressable()[number]
        self.world.show_to_all(shown)
        actor = person.actor
        if value is None:
            done = await person.act(actor.click(shown.message, custom_id=custom_id))
        else:
            done = await person.act(actor.select(shown.message, [value], custom_id=custom_id))
        return _shown(await person.submit("was ill") if person.form else done)

    def pressable(self) -> int:
        """How many buttons and entries of lists the manager sees."""
        return len(self._pressable())

    async def demote(self) -> None:
        """Take the manager's role."""
        self.world.strip(self.people["manager"])

    def _pressable(self) -> list[tuple[Screen, str, str | None]]:
        found: list[tuple[Screen, str, str | None]] = []
        for shown in self.people["manager"].screens:
            for part in parts(shown.message):
                entries = part.get("options", [])[:1]
                found += [(shown, part["custom_id"], entry["value"]) for entry in entries]
                if part["type"] == 2:
                    found.append((shown, part["custom_id"], None))
        return [one for one in found if moderates(one[2] or action_text(one[1]))]


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[DiscordStage]:
    """Start the bot in a Discord of its own."""
    room = Staffed(folder)
    await room.engine.start()
    env = simcord.Env(create_bot(settings(folder), room.engine), settle_timeout=PATIENCE)
    await env.start()
    world = World(env, room.engine, settings(folder))
    stage = DiscordStage(world, room)
    await stage.open()
    yield stage
    judge(world.sent())
    await env.shutdown()
    await room.engine.close()


def _command(sub: str) -> app_commands.Command:  # type: ignore[type-arg]
    (found,) = [
        command
        for command in admin.walk_commands()
        if isinstance(command, app_commands.Command) and command.qualified_name.split()[1] == sub
    ]
    return found


def _value(parameter: app_commands.Parameter) -> str:
    if parameter.choices:
        return str(parameter.choices[0].value)
    return WORDS.get(parameter.name, "1")


def _shown(screens: list[Screen]) -> list[Shown]:
    return [Shown(screen.text, screen.private) for screen in screens]
