"""What the program stands on fails for a while: the course goes on, and the records are right."""

from __future__ import annotations

import asyncio
import resource
from dataclasses import replace
from pathlib import Path

from knowledge.models import Course
from tests.faults.classes import SchoolClass, school_class
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
        assert await _counted(school, 'because="the database was away"') > 0


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
        assert await _counted(school, "seminar_errors_total{") > 0


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
        await _said(school, "could not answer")
        school.steer(dead=False)
        await learning
        school.check()
        assert await _counted(school, "seminar_errors_total{") > 0


async def test_a_slow_model_holds_up_nobody_who_does_not_ask(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'class.db'}"
    async with school_class(url, tmp_path, workers=1) as school:
        school.steer(delay=3600.0)
        asker = Learner("UASKER", school.course, school.fleet, school.screens)
        asking = asyncio.create_task(asker.talk(1, exchanges=1))
        await _said(school, "The moon")
        quiet = small_course_without_labs(school.course)
        others = [
            Learner(f"U{number}", quiet, school.fleet, school.screens) for number in range(AT_ONCE)
        ]
        await asyncio.gather(*(other.take_course() for other in others))
        assert not asking.done()
        assert school.screens.of["UASKER"].held == 0
        asking.cancel()


def small_course_without_labs(course: Course) -> Course:
    return replace(course, lessons=tuple(replace(part, lab=None) for part in course.lessons))


async def _said(school: SchoolClass, words: str) -> None:
    """Wait until some learner was told something."""
    while not any(words in screen.text for screen in school.screens.of.values()):  # noqa: ASYNC110
        await asyncio.sleep(0.05)


async def _counted(school: SchoolClass, name: str) -> float:
    """What a number came to at all workers together, by what its line holds."""
    shown = [await school.fleet.metrics(number) for number in range(len(school.fleet.orders))]
    lines = [line for text in shown for line in text.splitlines() if name in line]
    return sum(float(line.split()[-1]) for line in lines if "_created" not in line)


def _limit(pid: int, most_bytes: int) -> None:
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
