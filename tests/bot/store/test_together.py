"""What waits for SQLite at the same moment shares a commit, and nothing else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from bot.errors import LearnerError, StoreError
from bot.store.together import DroppedError
from bot.store.unit import TurnMovedError, Unit
from tests.classroom import ADA, Classroom


@asynccontextmanager
async def busy(room: Classroom) -> AsyncIterator[None]:
    """Keep the writer busy with something else."""
    begun, free = threading.Event(), threading.Event()

    def work(_: Unit) -> None:
        begun.set()
        free.wait()

    writing = asyncio.create_task(room.engine._store.run(work))
    await asyncio.to_thread(begun.wait)
    try:
        yield
    finally:
        free.set()
        await writing


async def at_once(room: Classroom, *works: Callable[[Unit], Any]) -> list[Any]:
    """Have works wait while the writer is busy; return what each returned or raised."""
    async with busy(room):
        waiting = [asyncio.create_task(room.engine._store.run(work)) for work in works]
        await asyncio.sleep(0)
    return await asyncio.gather(*waiting, return_exceptions=True)


def named(number: int) -> Callable[[Unit], int]:
    """A work that makes a learner."""
    return lambda unit: unit.learner(type(ADA)("test", "school", f"u{number}"))


async def learners(room: Classroom) -> int:
    count = text("SELECT count(*) FROM learner")
    return await room.engine._store.run(lambda unit: unit.db.execute(count).scalar_one())


async def test_all_that_waits_is_one_commit(room: Classroom) -> None:
    await learners(room)
    commits = room.commits()
    made = await at_once(room, *(named(number) for number in range(20)))
    assert commits() == 2
    assert len(set(made)) == await learners(room) == 20


async def test_one_that_is_refused_takes_nothing_with_it(room: Classroom) -> None:
    def refused(unit: Unit) -> None:
        named(99)(unit)
        raise LearnerError("no")

    made = await at_once(room, named(1), refused, named(2))
    assert [type(one) for one in made] == [int, LearnerError, int]
    assert await learners(room) == 2


async def test_one_that_fails_takes_nothing_with_it(room: Classroom) -> None:
    def broken(unit: Unit) -> None:
        named(99)(unit)
        unit.db.execute(text("SELECT nothing FROM nowhere"))

    made = await at_once(room, named(1), broken, named(2))
    assert [type(one) for one in made] == [int, StoreError, int]
    assert await learners(room) == 2


async def test_one_that_came_second_runs_again(room: Classroom) -> None:
    def second(unit: Unit) -> str:
        if not unit.again:
            raise TurnMovedError
        return "again"

    assert (await at_once(room, named(1), second, named(2)))[1] == "again"


async def test_what_is_cancelled_while_it_is_done_is_rolled_back(room: Classroom) -> None:
    begun, free = threading.Event(), threading.Event()

    def slow(unit: Unit) -> None:
        named(1)(unit)
        begun.set()
        free.wait()

    dropped = asyncio.create_task(room.engine._store.run(slow))
    await asyncio.to_thread(begun.wait)
    dropped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dropped
    free.set()
    assert await learners(room) == 0


async def test_what_is_not_wanted_any_more_is_rolled_back_and_that_is_said(
    room: Classroom,
) -> None:
    asked: list[bool] = []

    def wanted() -> bool:
        asked.append(not asked)
        return asked[-1]

    async with busy(room):
        waiting = asyncio.create_task(room.engine._store.run(named(1), wanted))
        beside = asyncio.create_task(room.engine._store.run(named(2)))
        await asyncio.sleep(0)
    with pytest.raises(DroppedError):
        await waiting
    await beside
    assert asked == [True, False]
    assert await learners(room) == 1


async def test_nobody_waits_for_what_was_cancelled(room: Classroom) -> None:
    async with busy(room):
        dropped = asyncio.create_task(room.engine._store.run(named(1)))
        await asyncio.sleep(0)
        dropped.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await dropped
    assert await learners(room) == 0
