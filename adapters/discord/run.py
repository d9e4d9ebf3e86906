"""Run the Discord bot until it is told to stop, then let it finish what it began."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

import click
import discord

from adapters.discord.bot import SeminarBot, create_bot
from adapters.observe.records import answering
from bot.observe.health import HEALTH
from bot.settings import Settings

NOT_SET_UP = (
    "Discord is not set up: put the bot's token into SEMINAR_DISCORD_TOKEN. "
    "`seminar doctor` explains where to find it."
)
NOT_KNOWN = (
    "Discord does not know the token in SEMINAR_DISCORD_TOKEN: make a new one with “Reset Token” "
    "on the Bot page of https://discord.com/developers/applications."
)
NO_SUCH_SHARDS = (
    "SEMINAR_DISCORD_SHARD_IDS names shards from 0 up to, but not with, "
    "SEMINAR_DISCORD_SHARD_COUNT: set both, such as [0,1] of 4."
)
UNREACHABLE = "Discord cannot be reached ({problem}): check the network, then start again."


def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM; UsageError where the settings do not let it begin."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if not token:
        raise click.UsageError(NOT_SET_UP)
    _check_shards(settings)
    # The library warns that it cannot speak; this bot only writes.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    try:
        asyncio.run(_run(settings, token))
    except discord.LoginFailure as problem:
        raise click.UsageError(NOT_KNOWN) from problem
    except OSError as problem:
        raise click.UsageError(UNREACHABLE.format(problem=problem)) from problem


def _check_shards(settings: Settings) -> None:
    """Raise UsageError where the shards of this process are none of the bot's."""
    ids, count = settings.discord_shard_ids, settings.discord_shard_count
    if ids is not None and (not ids or not all(0 <= number < (count or 0) for number in ids)):
        raise click.UsageError(NO_SUCH_SHARDS)


async def _run(settings: Settings, token: str) -> None:
    async with create_bot(settings, shard_count=settings.discord_shard_count) as bot:
        await bot.login(token)
        await serve(bot, _told_to_stop())


async def serve(bot: SeminarBot, stop: asyncio.Event) -> None:
    """Keep the bot connected until `stop`; a lost connection that cannot be mended is raised."""
    answer = answering(bot.records_answer)
    HEALTH.told_by(lambda: not stop.is_set() and _is_connected(bot) and answer())
    connected = asyncio.create_task(bot.connect())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait((connected, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    await bot.close()
    await connected


def _is_connected(bot: SeminarBot) -> bool:
    """Whether every shard of this process has its connection."""
    return bot.is_ready() and not any(shard.is_closed() for shard in bot.shards.values())


def _told_to_stop() -> asyncio.Event:
    """An event that the first signal sets; the second signal ends the program at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def heard(number: int) -> None:
        loop.remove_signal_handler(number)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no such handlers: Ctrl-C interrupts there
            loop.add_signal_handler(number, heard, number)
    return stop
