"""What a platform delivers twice, late, or through two workers at once counts once."""

from __future__ import annotations

import re
from pathlib import Path

from tests.faults.classes import school_class


async def test_every_act_delivered_to_two_workers_at_once_counts_once(
    database: str, tmp_path: Path
) -> None:
    async with school_class(database, tmp_path) as school:
        await school.learn(4, twice=True)
        school.check()
        shown = [await school.fleet.metrics(number) for number in range(2)]
        counts = re.findall(r"^seminar_duplicates_stopped_total (\S+)$", "\n".join(shown), re.M)
        assert sum(map(float, counts)) > 0


async def test_acts_that_arrive_again_after_the_course_went_on_change_nothing(
    database: str, tmp_path: Path
) -> None:
    async with school_class(database, tmp_path) as school:
        await school.learn(3)
        school.check()
        await school.fleet.deliver_all_again(shuffled_by=7)
        school.check()
