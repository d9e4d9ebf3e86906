"""What a platform delivers twice, late, or through two workers at once counts once."""

from __future__ import annotations

from pathlib import Path

from tests.faults.classes import SchoolClass, school_class
from tests.faults.screens import Screens
from tests.faults.weather import CrowdedScreens, StormyFleet
from tests.faults.worker import course_of


async def test_every_act_delivered_to_two_workers_at_once_counts_once(
    database: str, tmp_path: Path
) -> None:
    async with school_class(database, tmp_path) as school:
        await school.learn(4, twice=True)
        school.check()
        assert await school.counted("seminar_duplicates_stopped_total ") > 0


async def test_acts_that_arrive_again_after_the_course_went_on_change_nothing(
    database: str, tmp_path: Path
) -> None:
    async with school_class(database, tmp_path) as school:
        await school.learn(3)
        school.check()
        await school.fleet.deliver_all_again(shuffled_by=7)
        school.check()


async def test_lost_acknowledgements_and_copies_out_of_order_count_nothing_twice(
    database: str, tmp_path: Path
) -> None:
    async with (
        Screens() as screens,
        StormyFleet(database, screens.base, tmp_path, 2, seed=11) as fleet,
    ):
        school = SchoolClass(database, tmp_path, fleet, screens, course_of(built_in=False))
        await school.learn(4)
        school.check()
        await fleet.clear_up()
        school.check()
        assert fleet.lost > 0
        assert fleet.late > 0


async def test_a_slack_that_asks_to_wait_is_waited_for_and_nothing_is_lost(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'class.db'}"
    async with (
        CrowdedScreens(seed=5) as screens,
        StormyFleet(database, screens.base, tmp_path, 2, seed=12) as fleet,
    ):
        school = SchoolClass(database, tmp_path, fleet, screens, course_of(built_in=False))
        await school.learn(3)
        school.check()
        assert screens.limited > 0
