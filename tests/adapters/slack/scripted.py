"""A core that says what a test wants said, for what no real lesson would say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from bot.actions import Action
from bot.events import Event, Learner, Place
from bot.ports import Kept, Wanted
from bot.replies import Form, Reply, TextField
from knowledge.models import Course
from tests.classroom import small_course

FORM = Action("talk", "reply")


@dataclass
class ScriptedCore:
    """Answers each event with the next script; an Event in one waits until it is set.

    Nothing is kept while the records are `away`.
    """

    scripts: list[list[Reply | asyncio.Event | Exception]] = field(default_factory=list)
    course: Course = field(default_factory=small_course)
    events: list[Event] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    listening: bool = False
    closed: int = 0
    given: int = 0
    away: asyncio.Event | None = None

    async def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Reply]:
        if not await self._recorded(wanted):
            return
        if kept is not None:
            kept()
        if once and event.id in self.done:
            return
        self.events.append(event)
        script = self.scripts.pop(0) if self.scripts else []
        try:
            for part in script:
                if isinstance(part, asyncio.Event):
                    await part.wait()
                elif isinstance(part, Exception):
                    raise part
                else:
                    yield part
                    self.given += 1
        except (asyncio.CancelledError, GeneratorExit):
            self.closed += 1
            raise

    async def _recorded(self, wanted: Wanted | None) -> bool:
        if self.away is not None:
            await self.away.wait()
        return wanted is None or wanted()

    def form(self, action: Action) -> Form | None:
        fields = (TextField("text", "Your question", long=True),)
        return Form("Ask", action, fields) if action == FORM else None

    async def mark_delivered(self, event_id: str) -> None:
        self.done.add(event_id)

    async def listens(self, who: Learner, where: Place) -> bool:
        return self.listening
