"""A worker takes as many acts as it records in time, and refuses the rest at once."""

from __future__ import annotations

import asyncio
from itertools import count

import pytest
from prometheus_client import REGISTRY
from slack_bolt import BoltResponse

from adapters.slack.pace import AT_FIRST, MANY, MEMORY, STUCK_SECONDS, Pace
from adapters.slack.work import KEPT_SECONDS, NOWHERE, OK, UNAVAILABLE, Act, Work


class Hours:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Records:
    """Records acts in turn, `rate` a second; `waits` are the seconds that each one waited."""

    def __init__(self, rate: float) -> None:
        self.rate, self.clock = rate, Hours()
        self.pace = Pace(self.clock)
        self.waits: list[float] = []
        self._queue: list[tuple[int, float]] = []
        self._names = count()

    def come(self) -> None:
        act = next(self._names)
        self.pace.begun(act)
        self._queue.append((act, self.clock.now))

    def record(self) -> None:
        """Let the time of one record pass."""
        self.clock.now += 1 / self.rate
        if self._queue:
            act, since = self._queue.pop(0)
            self.pace.ended(act, recorded=True)
            self.waits.append(self.clock.now - since)

    def pressed(self, times: float, seconds: float) -> int:
        """Have so many times more acts come than can be recorded; return how many were taken."""
        taken, owed = 0, 0.0
        for _ in range(int(self.rate * seconds)):
            owed += times
            while owed >= 1:
                owed -= 1
                if self.pace.has_room():
                    taken += 1
                    self.come()
            self.record()
        return taken


def test_a_fresh_worker_takes_a_burst() -> None:
    records = Records(rate=AT_FIRST)
    for _ in range(400):
        assert records.pace.has_room()
        records.come()


def test_a_worker_that_was_overloaded_and_rests_takes_a_burst_of_what_it_can_record() -> None:
    records = Records(rate=200.0)
    records.pressed(times=3.0, seconds=10.0)
    records.pressed(times=0.0, seconds=60.0)
    for _ in range(200):
        assert records.pace.has_room()
        records.come()


@pytest.mark.parametrize("rate", [40.0, 150.0, 700.0])
@pytest.mark.parametrize("times", [1.5, 2.0, 10.0])
def test_an_overloaded_worker_never_rests_and_records_in_time_what_it_takes(
    rate: float, times: float
) -> None:
    records = Records(rate)
    records.pressed(times, 10.0)
    records.waits.clear()
    taken = records.pressed(times, 30.0)
    assert taken == pytest.approx(30.0 * rate, rel=0.05)
    assert max(records.waits) < KEPT_SECONDS


def test_few_that_wait_long_say_nothing_about_the_pace() -> None:
    records = Records(rate=200.0)
    records.come()
    records.clock.now += STUCK_SECONDS / 2
    for _ in range(200):
        assert records.pace.has_room()
        records.come()


def test_acts_that_are_stuck_shut_nobody_out_for_long() -> None:
    pace = Pace(clock := Hours())
    for act in range(2 * MANY):
        pace.begun(act)
    clock.now += STUCK_SECONDS
    assert not pace.has_room()
    clock.now += 0.1
    assert pace.has_room()


def test_records_that_stand_still_are_noticed_and_so_is_their_coming_back() -> None:
    records = Records(rate=200.0)
    records.pressed(times=2.0, seconds=10.0)
    records.clock.now += 2 * MEMORY
    assert not records.pace.has_room()
    assert records.pressed(times=2.0, seconds=10.0) == pytest.approx(2000, rel=0.3)


def test_what_will_never_be_recorded_is_no_progress() -> None:
    records = Records(rate=200.0)
    records.pressed(times=2.0, seconds=10.0)
    before = records.pace.expected()
    records.pace.begun("broken")
    records.pace.ended("broken", recorded=False)
    assert records.pace.expected() == before


def still() -> Pace:
    """The pace of a worker whose records stand still."""
    pace = Pace(clock := Hours())
    for act in range(2 * MANY):
        pace.begun(act)
    clock.now += STUCK_SECONDS / 2
    return pace


async def waits(act: Act) -> None:
    """An act whose record never comes."""
    await asyncio.Event().wait()


async def test_what_would_wait_too_long_is_refused_at_once_and_not_begun(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refused() -> float:
        labels = {"because": "too many wait"}
        return REGISTRY.get_sample_value("seminar_unacknowledged_total", labels) or 0.0

    work, before = Work(pace=still()), refused()
    for number in range(10):
        assert (await work.take(f"new {number}", NOWHERE, waits)).status == UNAVAILABLE
    assert not work.acts
    assert refused() == before + 10
    assert len(caplog.messages) == 1


async def test_what_comes_again_joins_its_act_however_many_wait() -> None:
    work = Work()
    begun: list[Act] = []

    async def keeps(act: Act) -> None:
        begun.append(act)
        await asyncio.Event().wait()

    def deliver() -> asyncio.Task[BoltResponse]:
        return asyncio.create_task(work.take("one", NOWHERE, keeps))

    first = deliver()
    while not begun:  # noqa: ASYNC110 (it tells it in no other way)
        await asyncio.sleep(0)
    work.pace = still()
    again = deliver()
    await asyncio.sleep(0)
    [act] = begun
    act.keep()
    assert [(await first).status, (await again).status] == [OK, OK]
    await work.drain(0)


async def test_an_act_that_is_recorded_waits_no_more() -> None:
    work = Work()

    async def keeps(act: Act) -> None:
        act.keep()

    assert (await work.take("one", NOWHERE, keeps)).status == OK
    assert work.pace.waiting == 0
