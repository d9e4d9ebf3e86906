"""What a worker does by itself: follow a course that another one reloaded, and tidy every day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.errors import LearnerError, StoreError
from bot.observe.faults import report
from bot.pictures import Pictures
from bot.rules import Keep
from bot.store import retention
from bot.store.store import Store
from bot.tutor.types import Tutor
from bot.workshop import Workshop
from knowledge.errors import KnowledgeError
from knowledge.models import Course

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Running:
    """What is taught now; replaced as a whole. `version` counts the reloads it has seen."""

    course: Course
    tutor: Tutor
    pictures: Pictures
    version: int = 0


def running(course: Course, tutor: Tutor, version: int = 0) -> Running:
    """Return a course and its tutor as what is taught now."""
    return Running(course, tutor, Pictures(course), version)


async def follow(workshop: Workshop, now: Running, version: int) -> Running:
    """Return what another worker has reloaded, read and indexed here; `now` where that fails."""

    def read() -> Running:
        course = workshop.read()
        if course.id != now.course.id:
            raise KnowledgeError("another course is in the folder")
        return running(course, workshop.prepare(course, _silent), version)

    try:
        return await asyncio.to_thread(read)
    except KnowledgeError as problem:
        log.error("course not reloaded", version=version, reason=str(problem))  # noqa: TRY400 (no fault)
    except Exception as problem:  # noqa: BLE001 (what is taught goes on, whatever the new course does)
        report(problem, work="following a reloaded course")
    return running(now.course, now.tutor, version)


async def tidy(store: Store, keep: Keep) -> int:
    """Delete everything that is past its time, a batch a transaction; return how many rows."""
    total = 0
    while gone := await store.run(lambda unit: retention.retire(unit, unit.now, keep)):
        total += gone
    return total


async def tidy_daily(store: Store, keep: Keep) -> None:
    """Tidy at once and then every day."""

    async def once() -> None:
        log.info("tidied", rows=await tidy(store, keep))

    await again_and_again(EVERY, once, failed="not tidied")


async def again_and_again(
    every: timedelta, work: Callable[[], Awaitable[None]], *, failed: str
) -> None:
    """Work at once and then as often; whatever fails is logged, and is tried the next time."""
    while True:
        try:
            await work()
        except (LearnerError, StoreError) as problem:
            log.warning(failed, reason=str(problem))
        except Exception as problem:  # noqa: BLE001 (what runs by itself must not end by itself)
            report(problem, work=failed)
        await asyncio.sleep(every.total_seconds())


def _silent(done: int, total: int) -> None:
    pass
