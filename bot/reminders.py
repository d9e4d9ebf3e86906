"""Remind learners who have been away: every hour, by any number of workers, each learner once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.commands.reminder import reminder
from bot.courier import Courier, UnreachableError
from bot.flows.base import World
from bot.gradebook import all_parts
from bot.observe.faults import report
from bot.replies import Card
from bot.standing import under_way
from bot.store import reminders
from bot.store.reminders import Due, Reminding, Spot
from bot.store.store import Store
from bot.store.unit import Unit
from bot.upkeep import again_and_again
from knowledge.models import Course

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=1)
PAUSE = 1.0
"""Seconds between two messages of one worker: platforms slow down who writes to many at once."""

Pause = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Round:
    """One pass through all classes of a platform that have reminders on."""

    store: Store
    courier: Courier
    course: Course
    pause: Pause = asyncio.sleep

    async def run(self) -> int:
        """Remind everybody whose reminder is due; return how many were reached."""
        reached, last = 0, 0
        while page := await self.store.read(self._classes(last)):
            for group in page:
                reached += await self._of_class(group)
            last = page[-1].id
        return reached

    def _classes(self, after: int) -> Callable[[Unit], tuple[Reminding, ...]]:
        return lambda unit: reminders.classes(unit, self.courier.platform, after)

    async def _of_class(self, group: Reminding) -> int:
        """Remind the learners of one class, one after another; return how many were reached.

        It ends early where the platform fails: the rest is tried in the next round.
        """
        reached = 0
        found = await self.store.run(self._claim(group, None))
        spot: Spot | None = None
        while found is not None:
            if isinstance(found, Spot):
                spot = found
            else:
                brought = await self._bring(group, found)
                if brought is None:
                    break
                reached += brought
                await self.pause(PAUSE)
            found = await self.store.run(self._claim(group, spot))
        return reached

    def _claim(self, group: Reminding, after: Spot | None) -> Callable[[Unit], Due | Spot | None]:
        return lambda unit: reminders.claim(unit, group, all_parts(self.course), after)

    async def _bring(self, group: Reminding, due: Due) -> bool | None:
        """Bring a claimed reminder; False where nobody can write to them, None where it failed."""
        card = await self.store.read(lambda unit: self._card(unit, group, due.learner))
        try:
            await self.courier.to_learner(due.who, group.workspace, card)
        except UnreachableError:
            log.info("cannot be reminded", learner=due.learner)
            await self.store.run(lambda unit: reminders.close(unit, due))
            return False
        except Exception as problem:  # noqa: BLE001 (whatever a platform's client raises, it is tried again)
            report(problem, work="reminding", learner=due.learner)
            await self.store.run(lambda unit: reminders.fail(unit, due))
            return None
        await self.store.run(lambda unit: reminders.succeed(unit, due))
        return True

    def _card(self, unit: Unit, group: Reminding, learner: int) -> Card:
        world = World(self.course, unit.progress(learner))
        return reminder(world, group.days, under_way(unit, learner, world))


async def remind_hourly(store: Store, courier: Courier, course: Callable[[], Course]) -> None:
    """Make a round at once and then every hour."""

    async def once() -> None:
        log.info("reminded", learners=await Round(store, courier, course()).run())

    await again_and_again(EVERY, once, failed="round of reminders broken off")
