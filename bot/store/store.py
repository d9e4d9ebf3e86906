"""Run a function in one transaction, off the event loop, again where another worker was first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.errors import LearnerError, StoreError
from bot.ports import Clock
from bot.store.database import POOL_SIZE
from bot.store.migrate import migrate
from bot.store.unit import TurnMovedError, Unit
from bot.words import say

T = TypeVar("T")

TRIES = 5
"""How often a transaction is run again after another worker moved the same session first."""


class Store:
    """The records of one course. `run` is its only door."""

    def __init__(self, engine: Engine, course: str, clock: Clock) -> None:
        self._engine = engine
        self._course = course
        self._clock = clock
        # SQLite has one writer at a time: more threads would only wait for each other.
        workers = 1 if engine.dialect.name == "sqlite" else POOL_SIZE
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="store")

    async def prepare(self) -> None:
        """Bring the database to the newest schema; StoreError where it cannot be used."""
        await self._in_thread(lambda: migrate(self._engine))

    async def run(self, work: Callable[[Unit], T]) -> T:
        """Run `work` in a transaction and commit; what it raises rolls all of it back.

        LearnerError where the database is too busy; StoreError where it fails.
        """
        return await self._in_thread(lambda: self._run(work))

    async def close(self) -> None:
        """Finish what runs, then let go of the database."""
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _run(self, work: Callable[[Unit], T]) -> T:
        for attempt in range(TRIES):
            try:
                with self._engine.begin() as connection:
                    unit = Unit(connection, self._course, self._clock(), again=attempt > 0)
                    return work(unit)
            except TurnMovedError:
                continue
            except OperationalError as problem:
                if "locked" in str(problem.orig):
                    raise LearnerError(say("menu.busy")) from problem
                raise StoreError(str(problem.orig)) from problem
            except DatabaseError as problem:
                raise StoreError(str(problem.orig)) from problem
        raise LearnerError(say("menu.busy"))
