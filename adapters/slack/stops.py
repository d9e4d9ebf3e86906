"""Streams and conversations that their learner stopped, known to every worker that is at them."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Protocol

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from adapters.slack.memory import Key, keep
from bot.store.database import READS_ONLY
from bot.store.slack_tables import STOP

MOST = 1_000
"""Stops that a process remembers: what they stop is written at this moment."""

log = logging.getLogger(__name__)


class Stops(Protocol):
    """Remembers stopped streams by channel and ts.

    A conversation that was stopped is remembered under its own name, by the ts of its stop.
    """

    @property
    def shared(self) -> bool:
        """Whether other workers may add to them."""
        ...

    async def add(self, channel: str, ts: str) -> None:
        """Note that a stream was stopped."""
        ...

    async def has(self, channel: str, ts: str) -> bool:
        """Whether a stream was stopped."""
        ...

    async def latest(self, names: Collection[str]) -> Mapping[str, float]:
        """Return when each of these conversations was stopped last, if ever, in Unix seconds."""
        ...


class LocalStops:
    """The stops of a single process."""

    shared = False

    def __init__(self) -> None:
        self._known: OrderedDict[Key, None] = OrderedDict()

    async def add(self, channel: str, ts: str) -> None:
        """Note that a stream was stopped."""
        keep(self._known, (channel, ts), None, MOST)

    async def has(self, channel: str, ts: str) -> bool:
        """Whether a stream was stopped."""
        return (channel, ts) in self._known

    async def latest(self, names: Collection[str]) -> Mapping[str, float]:
        """Return when each of these conversations was stopped last, if ever."""
        stops = sorted((name, float(ts)) for name, ts in self._known if name in names)
        return dict(stops)


class SharedStops:
    """Stops in the database: the press may reach another worker than the one that writes.

    Where the database cannot be asked, the stops of this process still hold.
    """

    shared = True

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

    async def latest(self, names: Collection[str]) -> Mapping[str, float]:
        """Return when each of these conversations was stopped last, at whichever worker."""
        try:
            return await asyncio.to_thread(self._latest, names)
        except SQLAlchemyError:
            log.exception("other workers' stops could not be read")
            return await self._own.latest(names)

    def _add(self, channel: str, ts: str) -> None:
        try:
            with self._database.begin() as connection:
                connection.execute(insert(STOP).values(channel=channel, ts=ts))
        except IntegrityError:
            return

    def _has(self, channel: str, ts: str) -> bool:
        wanted = select(STOP.c.ts).where(STOP.c.channel == channel, STOP.c.ts == ts)
        with self._reading() as connection:
            return connection.execute(wanted).first() is not None

    def _latest(self, names: Collection[str]) -> Mapping[str, float]:
        stops = select(STOP.c.channel, func.max(STOP.c.ts)).where(STOP.c.channel.in_(names))
        with self._reading() as connection:
            found = connection.execute(stops.group_by(STOP.c.channel)).all()
        return {name: float(ts) for name, ts in found}

    def _reading(self) -> Connection:
        return self._database.connect().execution_options(**{READS_ONLY: True})
