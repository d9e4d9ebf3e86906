"""What runs by itself goes on after a fault, which is in the log under an id and is counted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from prometheus_client import REGISTRY

from bot.observe.faults import report
from bot.upkeep import again_and_again, follow, running
from tests.classroom import FakeTutor, small_course
from tests.logged import logged


def counted(kind: str) -> float:
    return REGISTRY.get_sample_value("seminar_errors_total", {"kind": kind}) or 0.0


def test_each_fault_has_an_id_of_its_own_and_is_counted_by_kind() -> None:
    before = counted("ZeroDivisionError")
    with logged() as log:
        ids = [report(ZeroDivisionError("none"), work="dividing") for _ in range(2)]
        assert log.ids == ids
    assert len(set(ids)) == 2
    assert {fault["work"] for fault in log.faults} == {"dividing"}
    assert counted("ZeroDivisionError") == before + 2


async def test_work_that_breaks_is_done_again_the_next_time() -> None:
    rounds_made = 0
    third = asyncio.Event()

    async def work() -> None:
        nonlocal rounds_made
        rounds_made += 1
        if rounds_made < 3:
            raise ZeroDivisionError("none")
        third.set()

    with logged() as log:
        going = asyncio.create_task(again_and_again(timedelta(0), work, failed="work not done"))
        await third.wait()
        going.cancel()
        assert [fault["work"] for fault in log.faults] == ["work not done"] * 2


class BrokenWorkshop:
    """A course's makers that break."""

    def read(self) -> object:
        """Break."""
        raise ZeroDivisionError("none")


async def test_a_course_that_breaks_its_reader_leaves_the_old_one_and_is_not_read_again() -> None:
    now = running(small_course(), FakeTutor())
    with logged() as log:
        after = await follow(BrokenWorkshop(), now, version=4)  # type: ignore[arg-type]
        assert len(log.ids) == 1
    assert after.course is now.course
    assert after.version == 4
