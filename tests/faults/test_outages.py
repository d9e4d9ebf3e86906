"""What the program stands on fails for a while: the course goes on, and the records are right."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from knowledge.models import Course
from tests.faults.classes import SchoolClass, school_class
from tests.faults.disk import Disk
from tests.faults.learner import Learner
from tests.postgres.cluster import Cluster

AT_ONCE = 5


async def test_postgresql_restarted_at_once_and_politely(
    durable_postgres: Cluster, tmp_path: Path
) -> None:
    async with school_class(durable_postgres.create(), tmp_path) as school:

        async def trouble() -> None:
            for at_once in (True, False, True):
                await asyncio.sleep(0.7)
                await asyncio.to_thread(durable_postgres.stop, at_once=at_once)
                await asyncio.sleep(0.5)
                await asyncio.to_thread(durable_postgres.start)

        await school.learn_while(trouble, AT_ONCE)
        school.check()
        assert await school.counted('because="the database was away"') > 0


async def test_a_full_disk_refuses_for_a_while_and_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'class.db'}"
    async with school_class(url, tmp_path, workers=1) as school:
        await school.learn(1)
        pid = school.fleet.pid(0)

        async def trouble() -> None:
            for _ in range(3):
                await asyncio.sleep(0.5)
                # As good as full: no file may grow beyond what it has now, nor be made.
                _limit(pid, 1)
                await asyncio.sleep(1.0)
                _limit(pid, resource.RLIM_INFINITY)

        await school.learn_while(trouble, AT_ONCE)
        school.check()
        assert await school.counted("seminar_errors_total{") > 0


async def test_a_full_disk_under_postgresql_refuses_for_a_while_and_loses_nothing(
    disk: Disk, cramped_postgres: Cluster, tmp_path: Path
) -> None:
    async with school_class(cramped_postgres.create(), tmp_path) as school:
        await school.learn(1)

        async def trouble() -> None:
            for _ in range(3):
                await asyncio.sleep(0.5)
                disk.fill()
                await asyncio.sleep(3.0)
                disk.free()

        await school.learn_while(trouble, AT_ONCE)
        school.check()
        assert "No space left on device" in (cramped_postgres.home / "log").read_text()


async def test_clocks_that_jump_back_and_forth(database: str, tmp_path: Path) -> None:
    async with school_class(database, tmp_path) as school:

        async def trouble() -> None:
            for ahead in (3600.0, -3600.0, 30 * 86400.0, -400 * 86400.0, 0.0):
                school.steer(ahead=ahead)
                await asyncio.sleep(0.7)

        await school.learn_while(trouble, AT_ONCE)
        school.check()


async def test_a_model_that_dies_and_comes_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'class.db'}"
    async with school_class(url, tmp_path) as school:
        school.steer(dead=True)
        learning = asyncio.create_task(school.learn(AT_ONCE))
        await _until(lambda: school.said("could not answer"))
        school.steer(dead=False)
        await learning
        school.check()
        assert await school.counted("seminar_errors_total{") > 0


async def test_a_slow_model_holds_up_nobody_who_does_not_ask(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'class.db'}"
    async with school_class(url, tmp_path, workers=1) as school:
        school.steer(delay=3600.0)
        asker = school.newcomer()
        asking = asyncio.create_task(asker.talk(1, exchanges=1))
        await _until(lambda: school.said("The moon"))
        quiet = small_course_without_labs(school.course)
        others = [school.newcomer(quiet) for _ in range(AT_ONCE)]
        await asyncio.gather(*(other.take_course() for other in others))
        assert not asking.done()
        assert school.screens.of[asker.user].held == 0
        school.steer(delay=0.0)
        await asking
        await asyncio.gather(asker.take_course(), *(take_labs(other, school) for other in others))
        school.check()


def small_course_without_labs(course: Course) -> Course:
    return replace(course, lessons=tuple(replace(part, lab=None) for part in course.lessons))


async def take_labs(learner: Learner, school: SchoolClass) -> None:
    for part in school.course.lessons:
        if part.lab is not None:
            await learner.talk(part.number, part.lab.exchanges)


async def _until(so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    while not so():  # noqa: ASYNC110
        await asyncio.sleep(0.05)


def _limit(pid: int, most_bytes: int) -> None:
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
