"""Streams that their learner stopped, known to every worker that might be writing one."""

from __future__ import annotations

import asyncio
from typing import Protocol

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from bot.store.slack_tables import STOP


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
    """Stops in the database: the press may reach another worker than the one that writes."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    async def add(self, channel: str, ts: str) -> None:
        """Note that a stream was stopped; twice is as good as once."""
        await asyncio.to_thread(self._add, channel, ts)

    async def has(self, channel: str, ts: str) -> bool:
        """Whether a stream was stopped, at whichever worker."""
        return await asyncio.to_thread(self._has, channel, ts)

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
