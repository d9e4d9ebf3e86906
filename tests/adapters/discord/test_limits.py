"""Where Discord says that a call was too many, it is made again after the time Discord asks for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.discord.bot import SeminarBot
from bot.replies import Card
from tests.adapters.discord.harness import settings
from tests.adapters.discord.scripted import ScriptedCore
from tests.adapters.discord.wire import Wire, wire

LITTLE = 0.05


async def answered(discord: Wire, folder: Path, core: ScriptedCore) -> None:
    """Have a connected bot answer one command, to its end."""
    bot = SeminarBot(settings(folder), core, 1)
    async with bot:
        await bot.login("token")
        connected = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        await discord.command("learn")
        async with asyncio.timeout(30):
            while not core.done:  # noqa: ASYNC110 (the core tells it in no other way)
                await asyncio.sleep(0.01)
        await bot.close()
        await connected


@pytest.mark.parametrize("limits", [[LITTLE], [LITTLE, LITTLE, LITTLE]])
async def test_an_acknowledgement_and_its_card_wait_and_come_once(
    limits: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = ScriptedCore()
    core.on("learn", Card("Home", "Where you are."))
    async with wire(monkeypatch) as discord:
        discord.limits = list(limits)
        await answered(discord, tmp_path, core)
    refused = [("POST", 429)] * len(limits)
    assert discord.calls == [*refused, ("POST", 200), ("PATCH", 200)]
    assert [str(shown).count("Where you are.") for shown in discord.shown] == [0, 1]
