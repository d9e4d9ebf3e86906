"""Discord for the conformance suite: the real bot, in a simulated Discord, by direct messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import simcord

from adapters.discord import create_bot
from tests.adapters.discord.harness import Person, World, settings
from tests.adapters.discord.judges import judge
from tests.adapters.discord.screens import Screen as Seen
from tests.conformance.driver import Driver, MakeCore, Screen


class DiscordDriver:
    """Learners who write direct messages to the bot."""

    def __init__(self, world: World, make_core: MakeCore) -> None:
        self._world = world
        self._make_core = make_core
        self._people: dict[str, Person] = {}

    async def command(self, user: str, name: str, **args: str) -> list[Screen]:
        return _screens(await self._person(user).command(name, **args))

    async def press(self, user: str, label: str, owner: str = "") -> list[Screen]:
        person = self._person(user)
        if owner:
            card = self._person(owner).card_with(label)
            return _screens(await person.press_forged(card, label))
        return _screens(await person.press(label))

    async def say(self, user: str, text: str) -> list[Screen]:
        return _screens(await self._person(user).say(text))

    async def press_twice(self, user: str, label: str) -> list[Screen]:
        person = self._person(user)
        return _screens(await person.press_at_once(person.card_with(label), label, label))

    async def press_old(self, user: str, label: str, age: int = 1) -> list[Screen]:
        person = self._person(user)
        return _screens(await person.press_forged(person.cards[-1 - age], label))

    async def redeliver(self, user: str) -> list[Screen]:
        return _screens(await self._person(user).redeliver())

    async def restart(self) -> None:
        await self._world.restart(await self._make_core())

    def _person(self, name: str) -> Person:
        if name not in self._people:
            self._people[name] = self._world.direct(name.title())
        return self._people[name]


class Discord:
    """The platform, for the list of those that the suite runs on."""

    name = "discord"

    @asynccontextmanager
    async def open(self, make_core: MakeCore, folder: Path) -> AsyncIterator[Driver]:
        """Start the bot in a Discord of its own."""
        core = await make_core()
        async with simcord.run(create_bot(settings(folder), core)) as env:
            world = World(env, core, settings(folder))
            yield DiscordDriver(world, make_core)
            judge(world.sent())


def _screens(seen: list[Seen]) -> list[Screen]:
    return [Screen(screen.text, screen.buttons) for screen in seen]
