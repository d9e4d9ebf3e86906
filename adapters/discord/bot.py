"""The Discord bot: what it listens to, and what it hands to the desk."""

from __future__ import annotations

import sys
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from adapters.discord import mentions, strays, words
from adapters.discord.buttons import ITEMS
from adapters.discord.commands import add_commands
from adapters.discord.desk import Desk
from adapters.discord.reminders import DiscordCourier
from adapters.discord.sync import sync
from bot.engine import Engine
from bot.observe.faults import report
from bot.ports import Core
from bot.settings import Settings

GRACE = 25.0
"""Seconds that a shutdown waits for answers under way: longer than a slow model takes."""

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BY_ANYONE = app_commands.AppInstallationType(guild=True, user=True)

_log = structlog.get_logger(__name__)


def create_bot(
    settings: Settings, engine: Core | None = None, *, shard_count: int | None = 1
) -> SeminarBot:
    """Return the bot with its commands, not yet connected.

    `engine` is built from the settings where none is given. `shard_count` None asks Discord
    how many shards it wants, as `seminar discord` does.
    """
    if engine is not None:
        return SeminarBot(settings, engine, shard_count)
    from adapters.compose import build  # noqa: PLC0415 (only who needs an engine builds one)

    own = build(settings)
    return SeminarBot(settings, own, shard_count, own)


def intents() -> discord.Intents:
    """Return what the bot listens to: nothing that Discord calls privileged.

    Direct messages and messages that mention the bot carry their text all the same.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


def _own_shards(settings: Settings) -> dict[str, Any]:
    """Which shards this process runs; all of them where nothing is set."""
    ids = settings.discord_shard_ids
    return {} if ids is None else {"shard_ids": ids}


class SeminarBot(commands.AutoShardedBot):
    """The connection to Discord; every decision is the desk's or the core's."""

    def __init__(
        self,
        settings: Settings,
        core: Core,
        shard_count: int | None,
        own: Engine | None = None,
    ) -> None:
        """`own` is an engine that starts and ends with the bot."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=EVERYWHERE,
            allowed_installs=BY_ANYONE,
            activity=discord.CustomActivity(words.ACTIVITY),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shard_count,
            **_own_shards(settings),
        )
        self.settings = settings
        self.desk = Desk(core)
        self._own = own
        add_commands(self.tree)

    async def setup_hook(self) -> None:
        """Make old buttons work, and tell Discord about commands that have changed."""
        if self._own is not None:
            await self._own.start()
            self._own.reach_out(DiscordCourier(self))
        self.add_dynamic_items(*ITEMS)
        await sync(self.tree, self.settings.discord_dev_guild)

    async def records_answer(self) -> bool:
        """Whether the engine's records answer; those of an engine that is lent are its owner's."""
        return self._own is None or await self._own.answers()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take what the library passes over: forms after a restart, presses on changed cards."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.desk.submitted(interaction)
        elif (pressed := strays.pressed(interaction)) is not None:
            await self.desk.pressed(interaction, pressed)

    async def on_message(self, message: discord.Message) -> None:
        """Take what is said to the bot."""
        await mentions.received(self, message)

    async def answer_wanted(self, interaction: discord.Interaction[Any], asker: int) -> None:
        """Show the answer to a mention to the one who asked."""
        await mentions.wanted(self, interaction, asker)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what went wrong where there is nobody to tell."""
        problem = sys.exc_info()[1]
        if problem is not None:
            report(problem, happening=event_method)

    async def on_ready(self) -> None:
        """Note that the bot can be used."""
        _log.info("ready", bot=str(self.user), servers=len(self.guilds))

    async def close(self) -> None:
        """Finish what is under way, then leave."""
        await self.desk.close(GRACE)
        await super().close()
        own, self._own = self._own, None
        if own is not None:
            await own.close()
