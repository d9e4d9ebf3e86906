"""Cards that nobody asked for just now: to a learner's direct messages, or into a channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import discord

from adapters.discord.events import PLATFORM
from adapters.discord.put import send
from adapters.discord.render.pages import pages
from bot.courier import UnreachableError
from bot.events import Learner
from bot.replies import Card

OURS = frozenset({20026, 40001, 40002, 40003})
"""Discord's codes for what is wrong with the bot: it may write to nobody, or wrote too fast."""

IN_VAIN = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
"""Closed direct messages, no server in common, no right to write; or whom or where is gone."""


class DiscordCourier:
    """Reaches whoever the bot's token reaches; any shard does for that."""

    platform = PLATFORM

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def to_learner(self, who: Learner, workspace: str, card: Card) -> None:
        """Write to a learner's direct messages."""
        await _brought(lambda: self._write_to(int(who.user), card))

    async def to_channel(self, workspace: str, channel: str, card: Card) -> None:
        """Write into a channel of a server."""
        await _brought(lambda: self._post(int(workspace or 0), int(channel), card))

    async def _write_to(self, user: int, card: Card) -> None:
        opened = await self._client.create_dm(discord.Object(user))
        await _send(opened, card)

    async def _post(self, server: int, channel: int, card: Card) -> None:
        # Asked for rather than taken as it is: a channel may have gone to another server's hands.
        found = await self._client.fetch_channel(channel)
        if not isinstance(found, discord.abc.Messageable) or _server(found) != server:
            raise UnreachableError
        await _send(found, card)


async def _send(where: discord.abc.Messageable, card: Card) -> None:
    for page in pages(card):
        await send(where.send, page)


async def _brought(work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except discord.HTTPException as error:
        if error.code not in OURS and error.status in IN_VAIN:
            raise UnreachableError(error.text) from error
        raise
    except discord.InvalidData as error:
        raise UnreachableError(str(error)) from error


def _server(channel: Any) -> int:
    server = getattr(channel, "guild", None)
    return server.id if server is not None else 0
