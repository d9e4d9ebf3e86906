"""Presses a second through the Discord bot, against a bare echo bot in the same simulator.

Run `python -m benchmarks.discord_presses`. Both bots answer a button by changing its message;
ours acknowledges first (so it makes two requests, not one) and takes the press through the
engine and its database. Two measures: as the simulator's users press, which includes the pauses
in which it waits for a bot to go quiet; and from a press to its change, without those pauses.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from discord.ext import commands
from simcord.backend.serializers import message_payload
from simcord.components import walk_components
from simcord.interactions import base_payload

from adapters.discord import create_bot
from bot.settings import Settings
from tests.classroom import Classroom

ROUNDS = 7
PRESSES = 30
WARM_UP = 5


@dataclass(frozen=True)
class Spent:
    """Seconds for one press: as users press, from press to change, and of the processor."""

    acted: float
    changed: float
    processor: float


class Echo(discord.ui.View):
    """One button that says its own number."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.count = 0

    @discord.ui.button(label="Next", custom_id="next")
    async def next(self, interaction: discord.Interaction, _: discord.ui.Button[Any]) -> None:
        """Count on."""
        self.count += 1
        await interaction.response.edit_message(content=str(self.count), view=self)


class EchoBot(commands.Bot):
    """The least bot that answers a press."""

    def __init__(self) -> None:
        super().__init__(command_prefix="!", intents=discord.Intents.default())

    async def setup_hook(self) -> None:
        """Add the one command."""

        @self.tree.command(name="start", description="Show the button")
        async def start(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("0", view=Echo())

        await self.tree.sync()


async def echo() -> Spent:
    """Measure the echo bot."""
    async with simcord.run(EchoBot()) as env:
        ada = env.create_user("ada")
        env.create_guild().add_member(ada)
        shown = (await ada.slash("start")).response
        return await _measured(Presser(env, ada, shown), ("Next",))


async def ours(folder: Path) -> Spent:
    """Measure our bot: a learner turns the pages of a lesson, on and back."""
    settings = Settings(data=folder, _env_file=None)  # type: ignore[call-arg]
    room = Classroom(folder)
    await room.engine.start()
    try:
        async with simcord.run(create_bot(settings, room.engine)) as env:
            ada = env.create_user("ada")
            env.create_guild().add_member(ada)
            shown = (await ada.slash("lesson", lesson="1")).response
            await ada.click(shown, label="Start reading")
            return await _measured(Presser(env, ada, shown), ("Next page", "Back"))
    finally:
        await room.engine.close()


class Presser:
    """Presses a button and waits until its message has changed, without the simulator's pauses."""

    def __init__(self, env: simcord.Env, who: Any, shown: Any) -> None:
        self._env = env
        self._who = who
        self._shown = shown
        self._changed = asyncio.Event()
        env.bot.add_listener(self._note, "on_raw_message_edit")  # type: ignore[attr-defined]

    async def press(self, label: str) -> None:
        """Press, and wait for the change."""
        backend = self._env.backend
        stored = backend.get_message(self._shown.channel_id, self._shown.id)
        parts = walk_components(stored.components)
        custom_id = next(part["custom_id"] for part in parts if part.get("label") == label)
        record, payload = base_payload(
            backend,
            type=discord.InteractionType.component.value,
            channel_id=stored.channel_id,
            guild_id=None,
            user_id=self._who.id,
            data={"custom_id": custom_id, "component_type": 2},
        )
        record.source_message_id = stored.id
        payload["message"] = dict(message_payload(backend, stored))
        self._changed.clear()
        backend.emit("INTERACTION_CREATE", payload)
        await asyncio.wait_for(self._changed.wait(), 10)

    def look_away(self) -> None:
        """Leave the bot as it was: a listener of ours changes how the simulator waits."""
        self._env.bot.remove_listener(self._note, "on_raw_message_edit")  # type: ignore[attr-defined]

    async def act(self, label: str) -> None:
        """Press as the simulator's users do: until the bot has gone quiet."""
        await self._who.click(self._shown, label=label)

    async def _note(self, _: discord.RawMessageUpdateEvent) -> None:
        self._changed.set()


async def _measured(presser: Presser, labels: tuple[str, ...]) -> Spent:
    turns = itertools.cycle(labels)
    for _ in range(WARM_UP):
        await presser.press(next(turns))
    clock, processor = time.perf_counter(), time.process_time()
    for _ in range(PRESSES):
        await presser.press(next(turns))
    changed = (time.perf_counter() - clock) / PRESSES
    processor = (time.process_time() - processor) / PRESSES
    presser.look_away()
    clock = time.perf_counter()
    for _ in range(PRESSES):
        await presser.act(next(turns))
    return Spent((time.perf_counter() - clock) / PRESSES, changed, processor)


async def main() -> None:
    """Measure both in turns and print the medians and their ratios."""
    bare: list[Spent] = []
    whole: list[Spent] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            bare.append(await echo())
            room = Path(folder) / str(number)
            room.mkdir()
            whole.append(await ours(room))
    for name, spent in (("echo bot", bare), ("seminar", whole)):
        acted = statistics.median(s.acted for s in spent)
        changed = statistics.median(s.changed for s in spent)
        processor = statistics.median(s.processor for s in spent)
        print(
            f"{name:9} {1 / acted:6.1f} presses/s as users press; from press to change "
            f"{changed * 1000:5.2f} ms, {processor * 1000:5.2f} ms of processor"
        )
    acted = statistics.median(w.acted / b.acted for w, b in zip(whole, bare, strict=True))
    changed = statistics.median(w.changed / b.changed for w, b in zip(whole, bare, strict=True))
    print(f"time of a press, ours to the echo bot's: {acted:.2f}x as users press (aim: 1.5x)")
    print(f"without the simulator's pauses: {changed:.1f}x")


if __name__ == "__main__":
    asyncio.run(main())
