"""Streams that their learner stopped, known to every worker that might be writing one."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.store.slack_tables import STOP

log = logging.getLogger(__name__)


class Stops(Protocol):
    """Remembers stopped streams by channel and ts."""

    async def add(self, channel: str, ts: str) -> None:
        """Note that a stream was stopped."""
        ...

    async def has(self, channel: str, ts: str) -> bool:
        """Whether a stream was stopped."""
        ...


class LocalStops:
    """The stops of a single process."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()

    async def add(self, channel: str, ts: str) -> None:
        """Note that a stream was stopped."""
        self._known.add((channel, ts))

    async def has(self, channel: str, ts: str) -> bool:
        """Whether a stream was stopped."""
        return (channel, ts) in self._known


class SharedStops:
    """Stops in the database: the press may reach another worker than the one that writes.

    Where the database cannot be asked, the stops of this process still hold.
    """

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._own = LocalStops()

    async def add(self, channel: str, ts: str) -> None:
        """Note that a stream was stopped; twice is as good as once."""
        await self._own.add(channel, ts)
        try:
            await asyncio.to_thread(self._add, channel, ts)
        except SQLAlchemyError:
            log.exception("a stop could not be told to other workers")

    async def has(self, channel: str, ts: str) -> bool:
        """Whether a stream was stopped, at whichever worker."""
        if await self._own.has(channel, ts):
            return True
        try:
            return await asyncio.to_thread(self._has, channel, ts)
        except SQLAlchemyError:
            log.exception("other workers' stops could not be read")
            return False

    def _add(self, channel: str, ts: str) -> None:
        try:
            with self._database.begin() as connection:
                connection.execute(insert(STOP).values(channel=channel, ts=ts))
        except IntegrityError:
            return

    def _has(self, channel: str, ts: str) -> bool:
        wanted = select(STOP.c.ts).where(STOP.c.channel == channel, STOP.c.ts == ts)
        with self._database.connect() as connection:
            return connection.execute(wanted).first() is not None
