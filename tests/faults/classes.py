"""A class over the wire: a fleet of workers, learners who come one after another, and the check."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from knowledge.models import Course
from tests.faults.fleet import Fleet
from tests.faults.gradebook import answers, expected, recorded
from tests.faults.learner import Learner
from tests.faults.screens import Screens
from tests.faults.worker import Steering, course_of


@dataclass
class SchoolClass:
    """Workers on one database, and the learners who have taken the course through them."""

    database: str
    home: Path
    fleet: Fleet
    screens: Screens
    course: Course
    learners: list[Learner] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    async def learn(self, learners: int, **habits: Any) -> None:
        """Have so many learners take the course at once."""
        await asyncio.gather(*(self._one(**habits) for _ in range(learners)))

    async def learn_while(
        self, trouble: Callable[[], Awaitable[None]], at_once: int, **habits: Any
    ) -> None:
        """Keep so many learners busy until the trouble is over, and let each finish."""
        over = asyncio.Event()

        async def seat() -> None:
            while not over.is_set():
                await self._one(**habits)

        seats = [asyncio.create_task(seat()) for _ in range(at_once)]
        try:
            await trouble()
        finally:
            over.set()
        await asyncio.gather(*seats)

    def check(self) -> None:
        """Compare the records with what was acknowledged, and with all that learners pressed."""
        wanted = expected(self.course, [learner.user for learner in self.learners])
        found = recorded(self.database)
        kept = answers(found)
        for learner in self.learners:
            for question, option in learner.answered:
                times = kept[learner.user, question, option]
                assert times == 1, f"{learner.user}'s answer to {question} is kept {times} times"
        for table, rows in wanted.items():
            lost, more = rows - found[table], found[table] - rows
            assert not lost, f"{table}: lost {sum(lost.values())}, such as {next(iter(lost))}"
            assert not more, f"{table}: {sum(more.values())} too many, such as {next(iter(more))}"

    def said(self, words: str) -> bool:
        """Whether some learner's latest card or message holds these words."""
        return any(words in screen.text for screen in self.screens.of.values())

    async def counted(self, name: str) -> float:
        """What a number came to at all workers together, by what its line holds."""
        shown = [await self.fleet.metrics(number) for number in range(len(self.fleet.orders))]
        lines = [line for text in shown for line in text.splitlines() if name in line]
        values = [line for line in lines if "_created" not in line and not line.startswith("#")]
        return sum(float(line.split()[-1]) for line in values)

    def steer(self, **behaviour: Any) -> None:
        """Set how the clock and the model behave from now on."""
        Steering(**behaviour).write(self.home)

    def newcomer(self, course: Course | None = None, **habits: Any) -> Learner:
        """Return one more learner, who has to have taken the whole course before the check."""
        user = f"U{next(self._numbers):05d}"
        learner = Learner(user, course or self.course, self.fleet, self.screens, **habits)
        self.learners.append(learner)
        return learner

    async def _one(self, **habits: Any) -> None:
        await self.newcomer(**habits).take_course()


@asynccontextmanager
async def school_class(
    database: str, home: Path, workers: int = 2, **orders: Any
) -> AsyncIterator[SchoolClass]:
    """Start workers, and kill them in the end."""
    course = course_of(orders.get("built_in", False))
    async with (
        Screens() as screens,
        Fleet(database, screens.base, home, workers, **orders) as fleet,
    ):
        yield SchoolClass(database, home, fleet, screens, course)
