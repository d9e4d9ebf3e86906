"""Where something happened, and whether others can read what is said there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord

from bot.events import Place

SOLO = 2
"""Members of a private thread that holds one learner and the bot."""


def of_interaction(interaction: discord.Interaction) -> Place:
    """Return where an interaction happened; all but a direct message to the bot is shared."""
    context = interaction.context
    direct = context.dm_channel or (
        isinstance(interaction.channel, discord.DMChannel) and not context.private_channel
    )
    channel = interaction.channel
    place = _id(channel) if channel is not None else str(interaction.channel_id)
    return Place(place, shared=not direct, workspace=str(interaction.guild_id or ""))


def of_message(message: discord.Message) -> Place:
    """Return where a message was written."""
    direct = isinstance(message.channel, discord.DMChannel)
    server = str(message.guild.id) if message.guild else ""
    return Place(_id(message.channel), shared=not direct, workspace=server)


def is_private_thread(channel: object) -> bool:
    """Whether a channel is a private thread, of however many members."""
    return isinstance(channel, discord.Thread) and channel.is_private()


async def unshared(client: discord.Client, channel: object, where: Place) -> Place:
    """Return `where` with a private thread of one learner and the bot counted as unshared.

    The thread is fetched: without a privileged intent nobody tells the bot who joined it.
    """
    if not isinstance(channel, discord.Thread) or not channel.is_private():
        return where
    try:
        fetched = await client.fetch_channel(channel.id)
    except discord.HTTPException:
        return where
    alone = isinstance(fetched, discord.Thread) and fetched.member_count <= SOLO
    return replace(where, shared=not alone)


def _id(channel: Any) -> str:
    """A thread's place is part of its channel's."""
    if isinstance(channel, discord.Thread):
        return f"{channel.parent_id}:{channel.id}"
    return str(channel.id)
