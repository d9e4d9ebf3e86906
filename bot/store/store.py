"""Run a function in one transaction, off the event loop, again where another worker was first."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.errors import BusyError, StoreError
from bot.observe import metrics
from bot.ports import Clock, Wanted
from bot.store.database import POOL_SIZE, READS_ONLY
from bot.store.migrate import migrate
from bot.store.together import Job, Together, always
from bot.store.unit import TurnMovedError, Unit
from bot.words import say

T = TypeVar("T")

TRIES = 5
"""How often a transaction is run again after another worker moved the same session first."""

PATIENCE = 8.0
"""Seconds that a server which went away is waited for, counted from its first failure."""

PAUSE = 0.2
"""Seconds between two tries while the server is away."""


class Store:
    """The records of one course. `run` is its only door."""

    def __init__(self, engine: Engine, course: str, clock: Clock) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READS_ONLY: True})
        self._course = course
        self._clock = clock
        # SQLite has one writer at a time: more threads would only wait for each other.
        one_writer = engine.dialect.name == "sqlite"
        workers = 1 if one_writer else POOL_SIZE
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="store")
        self._together = Together(engine, self._unit) if one_writer else None
        self._away_since: float | None = None
        self._closed = False

    async def prepare(self) -> None:
        """Bring the database to the newest schema; StoreError where it cannot be used."""
        await self._in_thread(lambda: migrate(self._engine))

    async def run(self, work: Callable[[Unit], T], wanted: Wanted = always) -> T:
        """Run `work` in a transaction and commit; what it raises rolls all of it back.

        BusyError where the database is too busy; StoreError where it fails; DroppedError where
        it is not `wanted` any more before its commit begins. Where the caller is cancelled before
        that, it is rolled back as well.
        """
        job, alone = Job(work, wanted), partial(self._run, engine=self._engine)
        if self._together is None:
            return cast(T, await self._for(job, alone))
        self._together.add(job)
        return cast(T, await self._for(job, partial(self._together.do, alone=alone)))

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run `work`, which only reads, without holding up who writes; fails as `run` does."""
        return cast(T, await self._for(Job(work), partial(self._run, engine=self._reader)))

    async def close(self) -> None:
        """Finish what runs, then let go of the database; StoreError for all that comes later."""
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._closed:
            raise StoreError("The records are closed: this worker is ending.")
        with metrics.QUEUE.track_inprogress(), metrics.TRANSACTION.time():
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def _for(self, job: Job, do: Callable[[Job], object]) -> object:
        try:
            return await self._in_thread(lambda: do(job))
        except asyncio.CancelledError:
            job.over = True
            raise

    def _unit(self, connection: Connection, **tried: Any) -> Unit:
        return Unit(connection, self._course, self._clock(), **tried)

    def _run(self, job: Job, engine: Engine) -> object:
        tries, again, doubtful = 0, False, dict[datetime, object]()
        while tries < TRIES:
            job.check()
            try:
                with engine.begin() as connection:
                    unit = self._unit(connection, again=again, doubtful=doubtful)
                    done = doubtful[unit.now] = job.run(unit)
            except TurnMovedError:
                metrics.RETRIES.labels("another worker was first").inc()
                tries += 1
            except OperationalError as problem:
                self._wait_or_raise(problem)
            except DatabaseError as problem:
                raise StoreError(str(problem.orig)) from problem
            else:
                self._away_since = None
                return done
            again = True
        raise BusyError(say("menu.busy"))

    def _wait_or_raise(self, problem: OperationalError) -> None:
        """Wait for a server that restarts or chose us to break a deadlock; the rest is told."""
        if self._engine.dialect.name == "sqlite":
            if "locked" in str(problem.orig):
                raise BusyError(say("menu.busy")) from problem
            raise StoreError(str(problem.orig)) from problem
        now = time.monotonic()
        # The patience is the whole store's: once it is spent, every act fails at once.
        if self._away_since is None:
            self._away_since = now
        if now - self._away_since > PATIENCE:
            raise StoreError(str(problem.orig)) from problem
        metrics.RETRIES.labels("the database was away").inc()
        time.sleep(PAUSE)
