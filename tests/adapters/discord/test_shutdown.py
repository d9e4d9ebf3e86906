"""Going down is graceful: what was begun is finished, and nothing new is begun."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import simcord

from adapters.discord.bot import GRACE, create_bot, intents
from bot.courier import Courier
from bot.replies import Card
from tests.adapters.discord.harness import World, settings
from tests.adapters.discord.scripted import ScriptedCore, wait

pytestmark = pytest.mark.simcord(settle_timeout=1.0)
"""The simulator waits less than any pause of ours, so that it skips them all."""


async def test_an_answer_under_way_is_finished_first(world: World, core: ScriptedCore) -> None:
    core.on("ask", wait(GRACE - 5), Card("Answer"))
    ada = world.member("Ada")
    await ada.command("ask", question="why?")
    closing = asyncio.create_task(world.desk.close(GRACE))
    await world.env.advance_time(GRACE - 5)
    await closing
    assert [s.title for s in ada.screens] == ["Answer"]


async def test_who_comes_while_it_goes_down_is_asked_to_come_again(
    world: World, core: ScriptedCore
) -> None:
    ada, bob = world.member("Ada"), world.direct("Bob")
    await world.desk.close(GRACE)
    (told,) = await ada.command("learn")
    assert "restarting" in told.text
    assert told.private
    (told,) = await bob.say("hello")
    assert "restarting" in told.text
    assert core.events == []


async def test_it_waits_for_no_work_longer_than_its_grace(world: World, core: ScriptedCore) -> None:
    core.on("ask", wait(10 * GRACE), Card("Answer"))
    await world.member("Ada").command("ask", question="why?")
    await world.desk.close(0)
    assert core.done == set()


class OwnCore(ScriptedCore):
    """A core that a bot builds for itself, and that keeps whether it runs."""

    running: bool | None = None

    async def start(self) -> None:
        """Begin."""
        self.running = True

    def reach_out(self, courier: Courier) -> None:
        """Remind through the bot."""
        assert courier.platform == "discord"

    async def close(self) -> None:
        """End."""
        self.running = False


async def test_an_engine_of_its_own_starts_and_ends_with_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = OwnCore()
    monkeypatch.setattr("adapters.compose.build", lambda _: own)
    async with simcord.run(create_bot(settings(tmp_path))) as env:
        assert own.running
        await env.bot.close()
    assert own.running is False


async def test_an_engine_that_was_handed_over_is_left_alone(tmp_path: Path) -> None:
    lent = OwnCore()
    async with simcord.run(create_bot(settings(tmp_path), lent)) as env:
        await env.bot.close()
    assert lent.running is None


def test_no_privileged_intent_is_asked_for() -> None:
    wanted = intents()
    assert (wanted.message_content, wanted.members, wanted.presences) == (False, False, False)


async def test_the_number_of_shards_can_be_left_to_discord(
    world: World, core: ScriptedCore
) -> None:
    assert create_bot(world.settings, core, shard_count=None).shard_count is None
