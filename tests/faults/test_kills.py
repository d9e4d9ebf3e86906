"""Workers that die at any moment: what they acknowledged is kept, once, and nobody is stuck.

SEMINAR_KILLS=200 makes it the long run.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.faults.classes import school_class

KILLS = int(os.environ.get("SEMINAR_KILLS", "20"))
AT_ONCE = 6
LONGEST_LIFE = 0.8
"""Seconds a worker lives at most before it is killed: about as long as a dozen presses."""


async def test_workers_killed_at_random_moments_lose_and_double_nothing(
    database: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    moments = random.Random(KILLS)  # noqa: S311 (moments, not secrets)
    async with school_class(database, tmp_path) as school:

        async def trouble() -> None:
            for _ in range(KILLS):
                await asyncio.sleep(moments.uniform(0, LONGEST_LIFE))
                number = moments.randrange(len(school.fleet.orders))
                school.fleet.kill(number)
                school.fleet.start(number)
                await school.fleet.ready(number)

        await school.learn_while(trouble, AT_ONCE)
        school.check()
        record_property("learners", len(school.learners))
        record_property("answers", sum(len(learner.answered) for learner in school.learners))
