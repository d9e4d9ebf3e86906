"""The acknowledgement of an interaction: once its act is recorded, or before it is too late."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import discord
import structlog

from adapters.discord.events import PLATFORM
from bot.observe import metrics

DEFER_AFTER = 1.5
"""Seconds after which an act is acknowledged though it is not recorded yet.

Discord forgets an interaction after 3 s, and then nothing can be said to it at all.
"""

_log = structlog.get_logger(__name__)


class LateError(Exception):
    """Discord takes no answer to this interaction any more."""


class Arrival:
    """An interaction on its way to being acknowledged; `kept` is called once it is recorded."""

    def __init__(
        self,
        interaction: discord.Interaction[Any],
        *,
        thinking: bool = False,
        private: bool = False,
    ) -> None:
        self.interaction = interaction
        self._how = {"thinking": thinking, "ephemeral": thinking and private}
        self._begun = time.perf_counter()
        self._waiting = asyncio.create_task(asyncio.sleep(DEFER_AFTER))
        self._deferred = asyncio.create_task(self._defer())

    def kept(self) -> None:
        """Acknowledge now."""
        self._waiting.cancel()

    def forget(self) -> None:
        """Leave the acknowledgement to whoever handles the same interaction already."""
        self._deferred.cancel()
        self._waiting.cancel()

    async def acknowledged(self) -> bool:
        """Wait for the acknowledgement; False where Discord did not take it."""
        return await asyncio.shield(self._deferred)

    async def confirmed(self) -> None:
        """Wait for the acknowledgement; LateError where Discord did not take it."""
        if not await self.acknowledged():
            raise LateError

    async def _defer(self) -> bool:
        await asyncio.wait((self._waiting,))
        try:
            await self.interaction.response.defer(**self._how)
        except (discord.HTTPException, discord.InteractionResponded) as error:
            _log.warning("not acknowledged", interaction=self.interaction.id, reason=str(error))
            return False
        metrics.ACK.labels(PLATFORM).observe(time.perf_counter() - self._begun)
        return True
