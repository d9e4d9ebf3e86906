"""Blocks that Slack refuses: sent again with pictures that it has, and at last in plainer form."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from adapters.slack.features import code
from adapters.slack.pictures import Album
from adapters.slack.render.card import Message
from adapters.slack.render.pages import MAX_BLOCKS
from adapters.slack.render.simpler import has_picture, simpler

PICTURE_WAITS = (0.5, 1.0, 2.0)
"""Seconds to wait for Slack to have looked at a file that was just uploaded."""

BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_attachments", "invalid_blocks_format"})

Pause = Callable[[float], Awaitable[None]]
Send = Callable[[Message], Awaitable[str]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Sends what may hold the pictures of an album.

    Slack says the same of a file that it has not looked at yet and of one that was deleted, so
    what was uploaded for an earlier message is uploaded once more, and what is new is waited for.
    """

    album: Album
    pause: Pause
    refusals: frozenset[str] = BAD_BLOCKS
    most: int = MAX_BLOCKS

    async def willing(self, send: Send, message: Message) -> str:
        """Send a message; return what `send` returned of the form that Slack took."""
        for wait in (*(PICTURE_WAITS if has_picture(message) else ()), None):
            try:
                return await send(message)
            except SlackApiError as error:
                if code(error) not in self.refusals:
                    raise
                log.info("Slack refused blocks: %s", error.response.get("response_metadata"))
            if wait is not None:
                message = await self.album.anew(message)
                await self.pause(wait)
        return await send(simpler(message, self.most))
