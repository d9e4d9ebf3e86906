"""Starting and stopping: clear words where it cannot begin, a clean end when told to stop."""

from __future__ import annotations

import asyncio
from typing import Any

import click
import pytest

from adapters.discord.bot import create_bot
from adapters.discord.run import run, serve
from bot.settings import Settings


class Connection:
    """A bot as `serve` sees it: connected until it is closed, or until the connection fails."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.closed = asyncio.Event()
        self.problem = problem

    async def connect(self) -> None:
        """Stay connected."""
        if self.problem:
            raise self.problem
        await self.closed.wait()

    async def records_answer(self) -> bool:
        """Say that they do."""
        return True

    async def close(self) -> None:
        """Leave."""
        self.closed.set()


async def served(bot: Connection, stop: asyncio.Event) -> None:
    """Serve a bot that only looks like one."""
    anything: Any = bot
    await serve(anything, stop)


def test_without_a_token_it_says_how_to_get_one() -> None:
    with pytest.raises(click.UsageError, match="SEMINAR_DISCORD_TOKEN"):
        run(Settings(discord_token=None, _env_file=None))  # type: ignore[call-arg]


async def test_it_leaves_when_it_is_told_to_stop() -> None:
    bot, stop = Connection(), asyncio.Event()
    serving = asyncio.create_task(served(bot, stop))
    await asyncio.sleep(0)
    assert not serving.done()
    stop.set()
    await serving
    assert bot.closed.is_set()


async def test_a_connection_lost_for_good_ends_the_program_with_the_reason() -> None:
    with pytest.raises(RuntimeError, match="4004"):
        await served(Connection(RuntimeError("4004")), asyncio.Event())


@pytest.mark.parametrize(("count", "ids"), [(None, [0]), (2, [2]), (2, [-1]), (2, [])])
def test_shards_that_the_bot_does_not_have_are_refused(count: int | None, ids: list[int]) -> None:
    chosen = Settings(
        _env_file=None,  # type: ignore[call-arg]
        discord_token="x.y.z",
        discord_shard_count=count,
        discord_shard_ids=ids,
    )
    with pytest.raises(click.UsageError, match="SEMINAR_DISCORD_SHARD_IDS"):
        run(chosen)


async def test_a_process_runs_the_shards_that_it_is_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SEMINAR_DISCORD_SHARD_IDS", "[2,3]")
    chosen = Settings(_env_file=None, discord_shard_count=4)  # type: ignore[call-arg]
    core: Any = object()
    bot = create_bot(chosen, core, shard_count=chosen.discord_shard_count)
    assert (bot.shard_ids, bot.shard_count) == ([2, 3], 4)
