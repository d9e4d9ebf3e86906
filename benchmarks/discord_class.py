"""A class on Discord pressing at once, beside a bare echo bot in the same simulator.

Run `python -m benchmarks.discord_class [LEARNERS]`. Every learner turns the pages of a lesson, on
and back: first all at the same moment, again and again, then a tenth of them at a time. Measured
from each press to its acknowledgement, which Discord wants within 3 seconds, and to the changed
card. Ours brings each press through the engine and its SQLite database; the echo bot keeps
nothing, and changes its message in the acknowledgement itself. Bot and simulator share a process.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.backend.serializers import message_payload
from simcord.components import walk_components
from simcord.interactions import base_payload

from adapters.discord import create_bot
from benchmarks.discord_presses import EchoBot
from benchmarks.quantiles import milliseconds, quantile
from bot.settings import Settings
from tests.classroom import Classroom

LEARNERS = 100
TURNS = 4
"""Presses of each learner in each part."""

LOOK_SECONDS = 0.001
PATIENCE = 60.0


@dataclass
class Times:
    """Seconds from each press to its acknowledgement and to its change, and those of all."""

    acks: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    total: float = 0.0

    def told(self) -> str:
        """One line of numbers."""
        return (
            f"{len(self.changes) / self.total:6.1f} presses/s"
            f"   ack p50 {milliseconds(self.acks, 50)} p95 {milliseconds(self.acks, 95)}"
            f"   card p50 {milliseconds(self.changes, 50)} p95 {milliseconds(self.changes, 95)}"
        )


class Crowd:
    """Learners with a card each. A press is over when its card has changed."""

    def __init__(self, env: simcord.Env, labels: tuple[str, ...]) -> None:
        self._env, self._labels = env, labels
        self._cards: list[tuple[int, int, int]] = []
        self._changed: dict[int, asyncio.Event] = {}
        self._waiting: list[tuple[Any, float, Times]] = []
        env.bot.add_listener(self._note, "on_raw_message_edit")  # type: ignore[attr-defined]

    def seat(self, user: int, channel: int, message: int) -> None:
        """Take in a learner with the card that they were shown."""
        self._cards.append((user, channel, message))
        self._changed[message] = asyncio.Event()

    async def press(self, at_once: int) -> Times:
        """Have everybody press TURNS times, so many at once; return how long it took."""
        times, gate = Times(), asyncio.Semaphore(at_once)
        looking = asyncio.create_task(self._look())
        begun = time.perf_counter()
        await asyncio.gather(*(self._presses(card, gate, times) for card in self._cards))
        times.total = time.perf_counter() - begun
        async with asyncio.timeout(PATIENCE):
            while self._waiting:  # noqa: ASYNC110 (the simulator tells it in no other way)
                await asyncio.sleep(LOOK_SECONDS)
        looking.cancel()
        return times

    async def _presses(
        self, card: tuple[int, int, int], gate: asyncio.Semaphore, times: Times
    ) -> None:
        for turn in range(TURNS):
            async with gate:
                await self._press(card, self._labels[turn % len(self._labels)], times)

    async def _press(self, card: tuple[int, int, int], label: str, times: Times) -> None:
        user, channel, message = card
        backend = self._env.backend
        stored = backend.get_message(channel, message)
        parts = walk_components(stored.components)
        custom_id = next(part["custom_id"] for part in parts if part.get("label") == label)
        record, payload = base_payload(
            backend,
            type=discord.InteractionType.component.value,
            channel_id=channel,
            guild_id=None,
            user_id=user,
            data={"custom_id": custom_id, "component_type": 2},
        )
        record.source_message_id = message
        payload["message"] = dict(message_payload(backend, stored))
        changed = self._changed[message]
        changed.clear()
        begun = time.perf_counter()
        self._waiting.append((record, begun, times))
        backend.emit("INTERACTION_CREATE", payload)
        await asyncio.wait_for(changed.wait(), PATIENCE)
        times.changes.append(time.perf_counter() - begun)

    async def _look(self) -> None:
        """Note each acknowledgement as soon as it is there."""
        while True:
            now = time.perf_counter()
            for record, begun, times in self._waiting:
                if record.responded:
                    times.acks.append(now - begun)
            self._waiting = [waits for waits in self._waiting if not waits[0].responded]
            await asyncio.sleep(LOOK_SECONDS)

    async def _note(self, edit: discord.RawMessageUpdateEvent) -> None:
        if edit.message_id in self._changed:
            self._changed[edit.message_id].set()


async def _measured(crowd: Crowd, learners: int) -> tuple[Times, Times]:
    await crowd.press(max(1, learners // 10))  # a warm-up
    return await crowd.press(learners), await crowd.press(max(1, learners // 10))


async def echo(learners: int) -> tuple[Times, Times]:
    """Measure the echo bot."""
    async with simcord.run(EchoBot()) as env:
        crowd = Crowd(env, ("Next",))
        guild = env.create_guild()
        for number in range(learners):
            user = env.create_user(f"user{number}")
            guild.add_member(user)
            shown = (await user.slash("start")).response
            crowd.seat(user.id, shown.channel_id, shown.id)
        return await _measured(crowd, learners)


async def ours(folder: Path, learners: int) -> tuple[Times, Times]:
    """Measure our bot."""
    settings = Settings(data=folder, _env_file=None)  # type: ignore[call-arg]
    room = Classroom(folder)
    await room.engine.start()
    async with simcord.run(create_bot(settings, room.engine)) as env:
        crowd = Crowd(env, ("Next page", "Back"))
        guild = env.create_guild()
        for number in range(learners):
            user = env.create_user(f"user{number}")
            guild.add_member(user)
            shown = (await user.slash("lesson", lesson="1")).response
            await user.click(shown, label="Start reading")
            crowd.seat(user.id, shown.channel_id, shown.id)
        times = await _measured(crowd, learners)
    with suppress(asyncio.CancelledError):  # the simulator has ended what the engine left for later
        await room.engine.close()
    return times


async def main(learners: int) -> None:
    """Measure both and print their lines and ratios."""
    bare = await echo(learners)
    with tempfile.TemporaryDirectory() as folder:
        whole = await ours(Path(folder), learners)
    for number, name in enumerate((f"{learners} at once", f"{max(1, learners // 10)} at once")):
        base, mine = bare[number], whole[number]
        print(f"{name:12} echo bot {base.told()}")
        print(f"{name:12} seminar  {mine.told()}")
        ack = quantile(mine.acks, 95) / quantile(base.acks, 95)
        card = quantile(mine.changes, 95) / quantile(base.changes, 95)
        pace = (len(base.changes) / base.total) / (len(mine.changes) / mine.total)
        print(f"{name:12} ours to it: ack p95 {ack:.1f}x, card p95 {card:.1f}x, pace 1/{pace:.1f}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else LEARNERS))
