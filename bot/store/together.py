"""Commit what waits at the same time at once, where each commit is a flush of the disk.

On SQLite one writer works at a time, and most of its time goes into making a commit last. So
whatever has come in meanwhile is done in one transaction, each work behind a savepoint of its own:
one that fails takes nothing with it, and no work is said to be done before it is on the disk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from bot.ports import Wanted
from bot.store.unit import TurnMovedError, Unit

Work = Callable[[Unit], object]

MOST = 32
"""Works in one transaction, so that the first of them does not wait long for the last."""


class DroppedError(Exception):
    """Nobody waits for a work any more, or wants it: it was rolled back."""


def always() -> bool:
    """What is always wanted."""
    return True


@dataclass(slots=True)
class Job:
    """A work that waits, and what came of it: `done`, or the `problem` that it raised.

    `wanted` tells whether it is still to be done. `over`: there is nothing left to do, because
    it was done or because nobody waits for it.
    """

    work: Work
    wanted: Wanted = always
    over: bool = False
    done: object = None
    problem: Exception | None = None

    def result(self) -> object:
        """Return what the work returned, or raise what it raised."""
        if self.problem is not None:
            raise self.problem
        return self.done

    def run(self, unit: Unit) -> object:
        """Do the work in a transaction; DroppedError where nobody waits for it, or wants it."""
        self.check()
        done = self.work(unit)
        self.check()
        return done

    def check(self) -> None:
        """Raise DroppedError where nobody waits for the work, or wants it, any more."""
        if self.over or not self.wanted():
            raise DroppedError

    def settle(self, alone: Callable[[Job], object]) -> None:
        """Do the work in a transaction of its own."""
        self.problem = None
        try:
            self.done = alone(self)
        except Exception as problem:  # noqa: BLE001 (raised again by `result` to whoever waits)
            self.problem = problem
        self.over = True


class Together:
    """The works that wait for one database. One thread calls `do`, in the order of `add`."""

    def __init__(self, engine: Engine, unit: Callable[[Connection], Unit]) -> None:
        self._engine, self._unit = engine, unit
        self._waiting: deque[Job] = deque()

    def add(self, job: Job) -> None:
        """Have a work done by the next `do`, or at the latest by the one for itself."""
        self._waiting.append(job)

    def do(self, job: Job, alone: Callable[[Job], object]) -> object:
        """Do what waits, up to this job, and return its result; `alone` does one by itself."""
        while self._waiting and not job.over:
            jobs = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            jobs = [one for one in jobs if not one.over]
            if len(jobs) > 1:
                self._commit(jobs)
            for one in jobs:
                if not one.over:
                    one.settle(alone)
        if not job.over:
            job.settle(alone)
        return job.result()

    def _commit(self, jobs: list[Job]) -> None:
        """Do jobs in one transaction; those that need one of their own are left as they are."""
        try:
            with self._engine.begin() as connection:
                unit = self._unit(connection)
                settled = [job for job in jobs if _part(connection, unit, job)]
        except DatabaseError:
            return
        for job in settled:
            job.over = True


def _part(connection: Connection, unit: Unit, job: Job) -> bool:
    """Do one work behind a savepoint; False where it needs a transaction of its own."""
    point = connection.begin_nested()
    try:
        job.done = job.run(unit)
    except DatabaseError:
        raise
    except TurnMovedError:
        point.rollback()
        return False
    except Exception as problem:  # noqa: BLE001 (raised again by `result` to whoever waits)
        job.problem = problem
        point.rollback()
    else:
        point.commit()
    return True
